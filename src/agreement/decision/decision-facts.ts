import type { CaseTokenClaims, ConsentTokenClaims, TokenState } from '../../protocol/index.ts'
import type { Agreement } from '../agreement.ts'
import type { AgreementStanding } from '../agreement-standing.ts'
import type { CapUse, CeilingUse } from '../caps.ts'
import type { ElementCategory } from '../data-element.ts'

/** Everything outside the question that a decision rests on. Each fact is established before, none is assumed. */
export interface DecisionFacts {
  readonly message: 'valid' | 'malformed' | 'signature-invalid'
  readonly peer: 'known' | 'unknown'
  /** Whether the signature's times are within 60 s of the log's. */
  readonly clock: 'in-window' | 'skewed'
  /** `redelivery`: the same bytes under the same exchange id again; it was charged before. */
  readonly exchange: 'new' | 'redelivery' | 'replayed' | 'conflict' | 'answer-expired'
  readonly log: 'available' | 'unavailable'
  /** The agreement that the question names, signatures checked. */
  readonly agreement: Agreement | undefined
  readonly standing: AgreementStanding
  /** Whether an inspector has countersigned the agreement. */
  readonly countersigned: boolean
  /**
   * By element name: the category that the register's description gives, membership included
   * (`effectiveCategory`). An element without one is refused.
   */
  readonly describedCategories: Readonly<Record<string, ElementCategory>>
  /** The consent sent with the question, read with the key of an issuer that the agreement names. */
  readonly consent: TokenState<ConsentTokenClaims>
  /** Whether this consent has opened an answer before. */
  readonly consentSpent: boolean
  /** The case token, read with the key of the agreement's case source. */
  readonly caseToken: TokenState<CaseTokenClaims>
  readonly official: 'enrolled' | 'unknown'
  /** Whether an emergency question of the official was not reviewed in time, or found unjustified. */
  readonly officialSuspended: boolean
  /** The second official, if the question names one. */
  readonly confirmation: 'none' | 'enrolled' | 'unknown' | 'suspended'
  readonly askedReceipt: 'valid' | 'missing' | 'invalid'
  readonly subjectIdentifier: 'valid' | 'unknown-scheme' | 'invalid'
  /** The identifier scheme of the register's subject key. */
  readonly registerScheme: string
  /** When the order ends that withholds the notice, signed by the named authority; `null` without one. */
  readonly secrecyUntilMs: number | null
  readonly capUse: CapUse
  readonly ceilingUse: CeilingUse
  /** Whether answers about this subject are on hold (GDPR 18). */
  readonly restricted: boolean
  readonly lookUp: 'not-yet' | 'found' | 'absent' | 'unavailable'
}
