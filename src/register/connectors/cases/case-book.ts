import { RegisterError } from '../../register-error.ts'

/** What the case system is asked: one case, one official, one person. Personal data. */
export interface CaseKey {
  readonly reference: string
  /** The official's id in the case system. */
  readonly official: string
  readonly scheme: string
  readonly value: string
}

/** Why the case system does not vouch, in the order in which it looks. */
export const caseRefusals = [
  'CASE_UNKNOWN',
  'OFFICIAL_NOT_ASSIGNED',
  'CASE_CLOSED',
  'SUBJECT_NOT_PARTY',
] as const

/** One of {@link caseRefusals}. */
export type CaseRefusal = (typeof caseRefusals)[number]

/** What the case system has about a {@link CaseKey}. */
export type CaseFacts =
  | {
      readonly verdict: 'GRANTED'
      readonly purpose: string
      readonly kin: boolean
      readonly bystander: boolean
    }
  | { readonly verdict: CaseRefusal }

/** A case system's records. There is one way to use them: a case, an official and a person, all named. */
export interface CaseBook {
  /** @throws {@link RegisterError} `UNAVAILABLE`, `RECORDS_INVALID` */
  find(key: CaseKey): Promise<CaseFacts>
}

/**
 * The engine's row, held against its form: verdict, how many purposes the case has, its purpose, kin, bystander.
 *
 * @throws {@link RegisterError} `RECORDS_INVALID`
 */
export function readCaseRow(row: readonly unknown[] | undefined): CaseFacts {
  const [verdict, purposes, purpose, kin, bystander] = row ?? []
  const refusal = caseRefusals.find((one) => one === verdict)
  if (refusal !== undefined) return { verdict: refusal }
  if (verdict !== 'GRANTED') throw invalid('the case system gave no verdict')
  if (Number(purposes) !== 1 || typeof purpose !== 'string') {
    throw invalid('a case must have one purpose, the same in all its rows')
  }
  return { verdict, purpose, kin: isTrue(kin), bystander: isTrue(bystander) }
}

/** SQLite has no truth values but numbers. */
function isTrue(value: unknown): boolean {
  return value === true || value === 1
}

function invalid(message: string): RegisterError {
  return new RegisterError('RECORDS_INVALID', message)
}
