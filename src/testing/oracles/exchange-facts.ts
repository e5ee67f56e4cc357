import type { PersonAgreement } from '../../agreement/index.ts'
import type { ExchangeRecord } from '../../log/index.ts'
import type { PersonQuestion } from '../../protocol/index.ts'

/** What an onlooker knows of the world without asking the code: the terms, and what was sent. */
export interface ExchangeFacts {
  readonly agreement: PersonAgreement
  /** Base64. */
  readonly agreementDigest: string
  readonly lockMs: number
  /** What the register says of how many people it is about. */
  readonly populationSize: number
  /** Every question that the consumer's gateway has sent, by exchange id. */
  readonly questions: ReadonlyMap<string, PersonQuestion>
  /** Whether the identifier is one of a person. */
  readonly isPerson: (subject: string) => boolean
  /** What the register holds. */
  readonly rowOf: (subject: string) => Readonly<Record<string, number | null>> | undefined
}

/** Denials that leave a question open: they say nothing about it, or come after its outcome. */
const passingCodes: ReadonlySet<string> = new Set([
  'REPLAYED',
  'CLOCK_SKEW',
  'EXCHANGE_CONFLICT',
  'ANSWER_EXPIRED',
])

/** Denials that may follow the outcome of a question: its agreement has ended since. */
const endedCodes: ReadonlySet<string> = new Set([
  'AGREEMENT_NOT_ACTIVE',
  'TIME_LOCKED',
  'AGREEMENT_EXPIRED',
  'AGREEMENT_SUSPENDED',
])

/** What an entry of the provider is to its exchange. */
export type EntryRole = 'outcome' | 'passing' | 'ended' | 'other'

/** Tells it from the record; `ended` only where an outcome stands already. */
export function roleOf(record: ExchangeRecord, hasOutcome: boolean): EntryRole {
  if (record.kind !== 'person.answered' && record.kind !== 'person.denied') return 'other'
  const code = record.code ?? ''
  if (passingCodes.has(code)) return 'passing'
  return hasOutcome && endedCodes.has(code) ? 'ended' : 'outcome'
}
