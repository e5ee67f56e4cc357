import { canonicalBytes, encodeBase64 } from '../../bytes/index.ts'
import { sha256 } from '../../crypto/index.ts'
import type { ExchangeKind, ExchangeRecord } from '../../log/index.ts'

/** What a party of an exchange does in it; an inspector of a join is neither of the first two. */
export type StepRole = 'consumer' | 'provider' | 'other'

/** One entry of one log, as far as it is held against other logs. Names nobody. */
export interface ExchangeStep {
  /** Whose log it stands in. */
  readonly organisation: string
  readonly role: StepRole
  readonly log: string
  readonly entry: number
  readonly kind: ExchangeKind
  readonly timeMs: number
  readonly consumer: string
  readonly provider: string
  /** Base64. */
  readonly commitment: string
  readonly peer: string | null
  readonly outcome: 'permit' | 'deny' | null
  readonly code: string | null
  readonly cap: string | null
  /** Base64 of SHA-256 over all that both sides record of the question itself. */
  readonly terms: string
  readonly resultDigest: string | null
}

function termsOf(record: ExchangeRecord): string {
  const { agreement, purpose, legalBasis, elements, official, questionDigest } = record
  const terms = {
    agreement: agreement && { ...agreement },
    purpose,
    legalBasis,
    elements: [...elements],
    official,
    questionDigest,
  }
  return encodeBase64(sha256(canonicalBytes(terms)))
}

function roleOf(organisation: string, { consumer, provider }: ExchangeRecord): StepRole {
  if (organisation === consumer) return 'consumer'
  return organisation === provider ? 'provider' : 'other'
}

/** What of an opened entry is compared. */
export function stepOf(
  record: ExchangeRecord,
  at: Pick<ExchangeStep, 'organisation' | 'log' | 'entry' | 'commitment'>,
): ExchangeStep {
  const { kind, timeMs, consumer, provider, peer, outcome, code, cap, resultDigest } = record
  const role = roleOf(at.organisation, record)
  const terms = termsOf(record)
  const said = { kind, timeMs, consumer, provider, peer, outcome, code, cap, resultDigest }
  return { ...at, role, terms, ...said }
}
