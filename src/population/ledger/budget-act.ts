import * as z from 'zod'
import {
  BytesError,
  canonicalBytes,
  concatBytes,
  decodeBase64,
  encodeBase64,
  encodeHex,
  readCanonicalJson,
  utf8,
} from '../../bytes/index.ts'
import { type Ed25519, sha256 } from '../../crypto/index.ts'
import { organisationIdSchema } from '../../protocol/index.ts'
import { type Budget, deltaUnitExponent } from './budget.ts'

/** What precedes the canonical act in what is signed; no other format has it. */
const context = utf8('cloison/budget/v1\n')

/** A signature under a budget, by the organisation's data protection officer or by the inspector who countersigns. */
export interface BudgetSignature {
  readonly organisation: string
  readonly role: 'dpo' | 'inspector'
  readonly keyId: string
  /** Ed25519 over `cloison/budget/v1\n` and the canonical act without signatures; base64. */
  readonly signature: string
}

/** What may be spent of a population's privacy in a year, as officers sign it. Public. */
export interface BudgetAct extends Omit<Budget, 'countersigned'> {
  readonly v: 1
  /** Whose register it is. */
  readonly organisation: string
  readonly population: string
  readonly signatures: readonly BudgetSignature[]
}

/** Why a budget is not taken up. */
export type BudgetRefusal =
  | 'BUDGET_MALFORMED'
  | 'BUDGET_FOREIGN'
  | 'BUDGET_SIGNATURE_INVALID'
  | 'BUDGET_NOT_COUNTERSIGNED'
  | 'BUDGET_TIME_LOCKED'
  | 'BUDGET_ABOVE_CEILING'
  | 'BUDGET_TOO_EARLY'

const actSchema: z.ZodType<BudgetAct> = z.strictObject({
  v: z.literal(1),
  organisation: organisationIdSchema,
  population: z.string().regex(/^[a-z][A-Za-z0-9_-]{0,62}$/),
  composition: z.literal('basic'),
  microEpsilon: z.int().min(1).max(1_000_000_000),
  deltaExponent: z.int().min(6).max(deltaUnitExponent).nullable(),
  perAnalystMicroEpsilon: z.int().min(1).nullable(),
  fromMs: z.int().min(0),
  signatures: z
    .array(
      z.strictObject({
        organisation: organisationIdSchema,
        role: z.enum(['dpo', 'inspector']),
        keyId: z.string().regex(/^[a-z0-9][A-Za-z0-9/_.-]{0,99}$/),
        signature: z.base64().length(88),
      }),
    )
    .max(4),
})

/** The act in `bytes`, canonical JSON of the closed schema, or `undefined`. No signature is verified. */
export function parseBudgetAct(bytes: Uint8Array): BudgetAct | undefined {
  try {
    return actSchema.safeParse(readCanonicalJson(bytes)).data
  } catch (cause) {
    if (cause instanceof BytesError) return undefined
    throw cause
  }
}

function signedBytes({ signatures: _signatures, ...body }: BudgetAct): Uint8Array {
  return concatBytes(context, canonicalBytes(body))
}

/** The canonical bytes of an act: what is handed in. */
export function budgetActBytes({ signatures, ...body }: BudgetAct): Uint8Array {
  return canonicalBytes({ ...body, signatures: signatures.map((one) => ({ ...one })) })
}

/** The act with the signer's signature added, in place of an earlier one by the same organisation. */
export function signBudgetAct(
  act: BudgetAct,
  signer: Pick<BudgetSignature, 'organisation' | 'role'> & { readonly seed: Uint8Array },
  ed25519: Ed25519,
): BudgetAct {
  const { organisation, role, seed } = signer
  const digest = encodeHex(sha256(ed25519.publicKey(seed)))
  const keyId = `${organisation}/${role}/${digest.slice(0, 8)}`
  const signature = encodeBase64(ed25519.sign(signedBytes(act), seed))
  const others = act.signatures.filter((other) => other.organisation !== organisation)
  return { ...act, signatures: [...others, { organisation, role, keyId, signature }] }
}

/** Whose signatures count. */
export interface BudgetVerifiers {
  /** Whose gateway it is handed in at. */
  readonly organisation: string
  /** Its data protection officer's keys, 32 bytes each. */
  readonly dpoKeys: readonly Uint8Array[]
  /** The keys of an organisation's inspector that count now; none where it is no inspector. */
  readonly inspectors: (organisation: string) => readonly Uint8Array[]
  readonly ed25519: Ed25519
}

function isBy(
  keys: readonly Uint8Array[],
  { signature }: BudgetSignature,
  act: BudgetAct,
  { ed25519 }: BudgetVerifiers,
): boolean {
  const message = signedBytes(act)
  return keys.some((key) => ed25519.verify(decodeBase64(signature), message, key))
}

/**
 * The budget that an act opens, or why it opens none: the officer's own signature is needed, and every countersignature that is
 * there must be good. An inspector is never of the organisation itself.
 */
export function openBudgetAct(
  act: BudgetAct,
  verifiers: BudgetVerifiers,
): { readonly population: string; readonly budget: Budget } | BudgetRefusal {
  const { v: _version, organisation, population, signatures, ...budget } = act
  if (organisation !== verifiers.organisation) return 'BUDGET_FOREIGN'
  const own = signatures.find(({ role }) => role === 'dpo')
  const isOwn = own?.organisation === organisation && isBy(verifiers.dpoKeys, own, act, verifiers)
  const others = signatures.filter((one) => one !== own)
  const areGood = others.every(
    (one) =>
      one.role === 'inspector' &&
      one.organisation !== organisation &&
      isBy(verifiers.inspectors(one.organisation), one, act, verifiers),
  )
  if (!isOwn || !areGood) return 'BUDGET_SIGNATURE_INVALID'
  return { population, budget: { ...budget, countersigned: others.length > 0 } }
}
