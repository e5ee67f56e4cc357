import * as z from 'zod'
import type { Agreement } from '../../agreement/index.ts'
import { decodeBase64, encodeHex } from '../../bytes/index.ts'
import { sha256 } from '../../crypto/index.ts'
import type { ExchangeRecord } from '../../log/index.ts'
import { exposedKeyForm } from './breach-declaration.ts'

/** Which exchanges a key could open, sign or let through: what its exposure exposed. */
export type ExposureScope =
  /** A party's key: all exchanges with it. */
  | { readonly by: 'party'; readonly organisation: string }
  | { readonly by: 'official'; readonly consumer: string; readonly official: string }
  /** A key that agreements name, or were signed with: exchanges under them. */
  | {
      readonly by: 'agreements'
      /** Base64, sorted. */
      readonly digests: readonly string[]
      /** Only those that a consent opened. */
      readonly consented: boolean
    }

/** A span of log time with what was exposed in it. */
export interface Exposure {
  readonly fromMs: number
  /** Exclusive. */
  readonly untilMs: number
  readonly scope: ExposureScope
}

/** Accepts an {@link ExposureScope}. */
export const exposureScopeSchema: z.ZodType<ExposureScope> = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('party'), organisation: z.string() }),
  z.strictObject({ by: z.literal('official'), consumer: z.string(), official: z.string() }),
  z.strictObject({
    by: z.literal('agreements'),
    digests: z.array(z.string()),
    consented: z.boolean(),
  }),
])

/** An agreement and its digest, base64. */
interface Known {
  readonly agreement: Agreement
  readonly digest: string
}

function hexOf(publicKey: string): string {
  return encodeHex(sha256(decodeBase64(publicKey))).slice(0, 8)
}

function namesCaseKey({ agreement }: Known, organisation: string, hex: string): boolean {
  if (agreement.kind !== 'person' || agreement.consumer !== organisation) return false
  return hexOf(agreement.caseRule.issuer.publicKey) === hex
}

function namesConsentKey({ agreement }: Known, organisation: string, hex: string): boolean {
  if (agreement.kind === 'population' || agreement.kind === 'join') return false
  return agreement.consentIssuers.some(
    (issuer) => issuer.organisation === organisation && hexOf(issuer.publicKey) === hex,
  )
}

/**
 * What the exposure of a key exposed, by what this organisation's agreements say of it; `undefined` for
 * an id that none of them names, or of another form. A key of a party exposes every exchange with it: which
 * of its keys signed a message is not kept, so the scope is rather too wide than too narrow.
 */
export function scopeOfKey(key: string, agreements: readonly Known[]): ExposureScope | undefined {
  const [, organisation, use, own] = exposedKeyForm.exec(key) ?? []
  if (organisation === undefined || use === undefined || own === undefined) return undefined
  const under = (
    isUnder: (known: Known) => boolean,
    consented = false,
  ): ExposureScope | undefined => {
    const digests = agreements.filter(isUnder).map(({ digest }) => digest)
    return digests.length === 0
      ? undefined
      : { by: 'agreements', digests: digests.toSorted(), consented }
  }
  switch (use) {
    case 'official':
      return { by: 'official', consumer: organisation, official: own }
    case 'dpo':
      return under(({ agreement }) => agreement.signatures.some(({ keyId }) => keyId === key))
    case 'case':
      return under((known) => namesCaseKey(known, organisation, own))
    case 'consent':
      return under((known) => namesConsentKey(known, organisation, own), true)
    default:
      return agreements.some(({ agreement: { consumer, provider } }) =>
        [consumer, provider].some((party) => party.valueOf() === organisation),
      )
        ? { by: 'party', organisation }
        : undefined
  }
}

const exposing: ReadonlySet<string> = new Set([
  'person.answered',
  'person.redelivered',
  'person.received',
])

function isInScope(record: ExposableFacts, scope: ExposureScope): boolean {
  switch (scope.by) {
    case 'party':
      return record.consumer === scope.organisation || record.provider === scope.organisation
    case 'official':
      return record.consumer === scope.consumer && record.official === scope.official
    case 'agreements': {
      const isUnder = scope.digests.includes(record.agreement?.digest ?? '')
      return isUnder && (!scope.consented || record.consent !== null)
    }
  }
}

/** What of a record says whether a key's exposure exposed it. */
export type ExposableFacts = Pick<
  ExchangeRecord,
  'kind' | 'outcome' | 'timeMs' | 'consumer' | 'provider' | 'official' | 'agreement' | 'consent'
>

/** Whether an exchange let facts about a person out, or in, within what was exposed. */
export function isExposed(record: ExposableFacts, { fromMs, untilMs, scope }: Exposure): boolean {
  const { kind, outcome, timeMs } = record
  const isAnswer = exposing.has(kind) && outcome === 'permit'
  return isAnswer && fromMs <= timeMs && timeMs < untilMs && isInScope(record, scope)
}
