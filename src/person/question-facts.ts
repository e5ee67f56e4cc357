import type { Agreement, CountedUse, DecisionFacts } from '../agreement/index.ts'
import type { PersonQuestion } from '../protocol/index.ts'
import type { CapAxes } from './exchange-store.ts'
import type { SafeguardAxes, Safeguards } from './safeguards/index.ts'

/**
 * What was established about a question before the commit; the rest is read live inside it. `countersigned`
 * is judged as the question arrives, under the inspector's keys of that moment.
 */
export type QuestionFacts = Omit<
  DecisionFacts,
  | 'message'
  | 'peer'
  | 'exchange'
  | 'log'
  | 'agreement'
  | 'standing'
  | 'capUse'
  | 'ceilingUse'
  | 'lookUp'
  | 'consentSpent'
  | 'officialSuspended'
  | 'restricted'
  | 'secrecyUntilMs'
> & {
  /** Publicly expected number of people in the smallest register of the agreement; 0 where one is not known. */
  readonly populationSize: number
}

/** An agreement whose signatures were checked when it was taken up. */
export interface KnownAgreement {
  readonly agreement: Agreement
  /** Base64 of 32 bytes. */
  readonly digest: string
  /** Whether it was countersigned when it was taken up; keys may have been revoked since. */
  readonly countersigned: boolean
}

/** What is read live: before the look-up as a forecast, in the commit as the truth. */
export type LiveFacts = Pick<DecisionFacts, 'exchange' | 'standing' | 'lookUp' | 'consentSpent'> & {
  readonly use: CountedUse
  readonly safeguards: Safeguards
}

/** All facts of a decision on a question whose message and sender are good. */
export function completeFacts(
  { populationSize, ...facts }: QuestionFacts,
  known: KnownAgreement | undefined,
  { use, safeguards, ...live }: LiveFacts,
): DecisionFacts {
  const { officialSuspended, confirmingSuspended, restricted, secrecyUntilMs } = safeguards
  const isConfirmed = facts.confirmation === 'enrolled'
  return {
    ...facts,
    ...live,
    officialSuspended,
    restricted,
    secrecyUntilMs,
    confirmation: isConfirmed && confirmingSuspended ? 'suspended' : facts.confirmation,
    capUse: use.capUse,
    ceilingUse: { ...use.ceilings, populationSize },
    message: 'valid',
    peer: 'known',
    log: 'available',
    agreement: known?.agreement,
  }
}

/** By what the safeguards of a question are read. */
export function safeguardAxes(
  {
    axes: { consumer, official, subjectHandle },
    question,
  }: { readonly axes: CapAxes; readonly question: Pick<PersonQuestion, 'confirmation'> },
  { digest: agreement }: KnownAgreement,
): SafeguardAxes {
  const confirming = question.confirmation?.pseudonym
  return { consumer, official, confirming, subjectHandle, agreement }
}

/** The agreement of that id and version, if this organisation is party to it. */
export function findAgreement(
  agreements: readonly KnownAgreement[],
  named: { readonly agreement: string; readonly version: number },
): KnownAgreement | undefined {
  return agreements.find(
    ({ agreement }) => agreement.id === named.agreement && agreement.version === named.version,
  )
}
