import { decodeHex, encodeBase64 } from '../../bytes/index.ts'
import { type Ed25519, sha256 } from '../../crypto/index.ts'
import { planHash, type Side, sides, tableBytes } from '../psi/index.ts'
import { groupTables } from './join-cells.ts'
import type { JoinRelease } from './join-release.ts'
import { isPlanSigned } from './plan-signature.ts'

/** What a certificate's signatures, or the table beside them, do not bear out. `spec/join-exchange.md`. */
export const joinProofCodes = [
  'JOIN_SIGNATURE_INVALID',
  'JOIN_SIGNER_UNKNOWN',
  'JOIN_SIGNER_REVOKED',
  'JOIN_TABLE_CHANGED',
] as const
/** One of {@link joinProofCodes}. */
export type JoinProofCode = (typeof joinProofCodes)[number]

/** How a party's signature stands. */
export const signerStates = ['holds', 'invalid', 'unknown', 'revoked'] as const
/** One of {@link signerStates}. */
export type SignerState = (typeof signerStates)[number]

/** How a table stands beside the one that the log names: `untold` where no log was looked at, or it names none. */
export const tableStates = ['sent', 'changed', 'untold'] as const
/** One of {@link tableStates}. */
export type TableState = (typeof tableStates)[number]

/** A gateway key that an organisation had at a moment. */
export interface SignerKey {
  /** 32 bytes. */
  readonly publicKey: Uint8Array
  /** Since then, or before. */
  readonly isRevoked: boolean
}

/** The gateway keys that counted for an organisation at a moment of log time, by key id; none for a stranger. */
export type SignerKeysAt = (organisation: string, atMs: number) => ReadonlyMap<string, SignerKey>

/** What a party of a plan has signed, by the keys that its reader has of it. */
export interface PlanSigner {
  readonly party: Side | 'tally'
  readonly organisation: string
  readonly keyId: string
  readonly state: SignerState
}

/** What the certificate of a release proves, and what it does not. */
export interface JoinProof {
  /** Of the plan: left, right, tally. */
  readonly signers: readonly PlanSigner[]
  /** Nobody signs the numbers: this is the digest of M6 as they give it (SHA-256, base64), and how a log has it. */
  readonly table: { readonly digest: string; readonly state: TableState }
  /** Each once, in the order of {@link joinProofCodes}; none where all is borne out that is looked at. */
  readonly codes: readonly JoinProofCode[]
}

/** What a certificate is held against. */
export interface ProofGround {
  readonly keysAt: SignerKeysAt
  /** Digests (base64) of the M6 that the tally has sent, as its log names them; `[]` where no log is looked at. */
  readonly sentTables: readonly string[]
  readonly ed25519: Ed25519
}

/** SHA-256 of M6 as a release gives it back, base64: what entries of `join.message` and findings name. */
export function joinTableDigest({ plan, cells, certificate }: JoinRelease): string {
  const bytesOf = (roots: Readonly<Record<Side, string>>): Record<Side, Uint8Array> => ({
    left: decodeHex(roots.left),
    right: decodeHex(roots.right),
  })
  const told = {
    tables: groupTables(plan, cells),
    roots: bytesOf(certificate.roots),
    remasked: bytesOf(certificate.remasked),
  }
  return encodeBase64(sha256(tableBytes(plan, told)))
}

/**
 * Who has agreed to the plan of a release, by which keys of whose directory, and whether its table is the one that was sent. The
 * same release and ground, the same verdict.
 *
 * A signature is of the plan alone, before there is a table: with all three, both holders and the tally have agreed to what is
 * counted, under which noise and price. That nobody has changed the numbers since is told by `table`, as far as its log is.
 */
export function proveJoinRelease(release: JoinRelease, ground: ProofGround): JoinProof {
  const signers = [...sides, 'tally' as const].map((party) => signerOf(release, party, ground))
  const digest = joinTableDigest(release)
  const { sentTables } = ground
  const isSent = sentTables.every((sent) => sent === digest)
  const state = sentTables.length === 0 ? 'untold' : isSent ? 'sent' : 'changed'
  const found = new Set<JoinProofCode>(signers.flatMap((signer) => codeOf[signer.state] ?? []))
  if (state === 'changed') found.add('JOIN_TABLE_CHANGED')
  const codes = joinProofCodes.filter((code) => found.has(code))
  return { signers, table: { digest, state }, codes }
}

const codeOf: Readonly<Record<SignerState, JoinProofCode | undefined>> = {
  holds: undefined,
  invalid: 'JOIN_SIGNATURE_INVALID',
  unknown: 'JOIN_SIGNER_UNKNOWN',
  revoked: 'JOIN_SIGNER_REVOKED',
}

function signerOf(
  { plan, asOfMs, certificate }: JoinRelease,
  party: Side | 'tally',
  { keysAt, ed25519 }: ProofGround,
): PlanSigner {
  const organisation = party === 'tally' ? plan.tally : plan[party].organisation
  const signature = certificate.signatures[party]
  const { keyId } = signature
  const key = keysAt(organisation, asOfMs).get(keyId)
  if (key === undefined) return { party, organisation, keyId, state: 'unknown' }
  const keys = new Map([[keyId, key.publicKey]])
  const isSigned = isPlanSigned(planHash(plan), signature, { keys, ed25519 })
  const state = !isSigned ? 'invalid' : key.isRevoked ? 'revoked' : 'holds'
  return { party, organisation, keyId, state }
}

/** Whether a table must not be relied on: somebody has not agreed to its plan, or it is another than the one that was sent. */
export function isJoinRefuted({ codes }: Pick<JoinProof, 'codes'>): boolean {
  return codes.includes('JOIN_SIGNATURE_INVALID') || codes.includes('JOIN_TABLE_CHANGED')
}
