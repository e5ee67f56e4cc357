/** How much may be asked under an agreement. Windows slide in log time, UTC. */
export type Caps = {
  /** Questions of one official in 24 hours. */
  readonly perOfficialPerDay: number
  /** Different subjects in one case, ever. */
  readonly subjectsPerCase: number
  /** Different subjects under the agreement in 30 days. */
  readonly distinctSubjectsPer30Days: number
  /** Questions about one subject under the agreement in 30 days. */
  readonly perSubjectPer30Days: number
}

/** How often may be asked in an emergency. */
export type EmergencyCaps = {
  /** Questions of one official in 30 days, under all emergency agreements of the consumer. */
  readonly perOfficialPer30Days: number
  /** Questions under the agreement in 30 days. */
  readonly perAgreementPer30Days: number
}

/** The name of a cap, as a denial carries it. */
export type CapName = keyof Caps | keyof EmergencyCaps | 'locatingTriesPerCase' | CeilingName

/** What an agreement gets that sets no caps of its own; the first two are also their ceilings. */
export const defaultCaps: Caps = {
  perOfficialPerDay: 200,
  subjectsPerCase: 6,
  distinctSubjectsPer30Days: 100,
  perSubjectPer30Days: 12,
}

const hourMs = 3_600_000

/** The hour of log time, UTC, that a moment lies in: what windows slide by. */
export function hourOf(timeMs: number): number {
  return Math.floor(timeMs / hourMs)
}

/**
 * How long windows are, in hours of log time. What happened counts until the end of the hour in which its
 * window has passed: never shorter than the window, at most an hour longer.
 */
export const capWindows: {
  readonly dayHours: number
  readonly monthHours: number
  readonly yearHours: number
} = { dayHours: 24, monthHours: 30 * 24, yearHours: 365 * 24 }

/**
 * What the windows hold before a question, counted over permits and over denials that
 * `chargesCap` names alike, so that a refusal is no free look.
 */
export interface CapUse {
  readonly officialToday: number
  readonly caseSubjects: number
  /** Whether the case has had a question about this subject. */
  readonly caseHasSubject: boolean
  readonly distinctSubjects30d: number
  /** Whether `distinctSubjects30d` counts this subject. */
  readonly subjectCountedAlready: boolean
  readonly subject30d: number
  /** Questions in this case, about this subject, that compared a locating element with a supplied value. */
  readonly caseLocatingTries: number
  /** Emergency questions of this official in 30 days, under any agreement of the consumer. */
  readonly emergencyOfficial30d: number
  /** Emergency questions under the agreement in 30 days. */
  readonly emergencyAgreement30d: number
}

/** The first cap on emergencies that one more question would pass, or `undefined` when there is room. */
export function emergencyCapExceeded(
  caps: EmergencyCaps,
  use: CapUse,
): keyof EmergencyCaps | undefined {
  if (use.emergencyOfficial30d >= caps.perOfficialPer30Days) return 'perOfficialPer30Days'
  return use.emergencyAgreement30d >= caps.perAgreementPer30Days
    ? 'perAgreementPer30Days'
    : undefined
}

/** The first cap that one more question would pass, or `undefined` when there is room. */
export function capExceeded(caps: Caps, use: CapUse): keyof Caps | undefined {
  if (use.officialToday >= caps.perOfficialPerDay) return 'perOfficialPerDay'
  if (!use.caseHasSubject && use.caseSubjects >= caps.subjectsPerCase) return 'subjectsPerCase'
  if (!use.subjectCountedAlready && use.distinctSubjects30d >= caps.distinctSubjectsPer30Days) {
    return 'distinctSubjectsPer30Days'
  }
  if (use.subject30d >= caps.perSubjectPer30Days) return 'perSubjectPer30Days'
  return undefined
}

/** A limit that no agreement can raise. */
export type CeilingName =
  | 'agreementSubjects30Days'
  | 'agreementSubjectsYear'
  | 'consumerSubjects30Days'
  | 'consumerSubjectsYear'
  | 'thresholdsPerSubject'

/** Use of the ceilings as a store counts it; each count includes the question at hand. */
export interface CountedCeilings {
  /** Different subjects under the agreement in 30 days. */
  readonly agreementSubjects30Days: number
  /** Different subjects under the agreement in 365 days. */
  readonly agreementSubjectsYear: number
  /** Different subjects that the consumer asked about in 30 days, under any agreement. */
  readonly consumerSubjects30Days: number
  /** Different subjects that the consumer asked about in 365 days, under any agreement. */
  readonly consumerSubjectsYear: number
  /** Most thresholds that the consumer has put to one element of this subject in 12 months, under any agreement. */
  readonly thresholdsPerSubject: number
}

/** What the ceilings are held against. */
export interface CeilingUse extends CountedCeilings {
  /** Publicly expected number of people in the register; 0 where it is not known. */
  readonly populationSize: number
}

/** All that a store counts for one question. */
export interface CountedUse {
  readonly capUse: CapUse
  readonly ceilings: CountedCeilings
}

/** Most thresholds on one element of one subject; with more, predicates bisect towards the value. */
export const thresholdCeiling = 2

/** Most different subjects in 30 days: the agreed approximate number, or 1 % of the register if less. */
export function subjectCeiling30Days(approximateNumber: number, populationSize: number): number {
  return Math.min(approximateNumber, Math.max(1, Math.floor(populationSize / 100)))
}

/** Most different subjects in a year: 5 % of the register. */
export function subjectCeilingYear(populationSize: number): number {
  return Math.max(1, Math.floor(populationSize / 20))
}

/**
 * The first ceiling that the question passes, or `undefined`. An inspector's countersignature lifts
 * those on subjects, never the one on thresholds.
 */
export function ceilingExceeded(
  use: CeilingUse,
  terms: { readonly approximateNumber: number; readonly countersigned: boolean },
): CeilingName | undefined {
  if (use.thresholdsPerSubject > thresholdCeiling) return 'thresholdsPerSubject'
  if (terms.countersigned) return undefined
  const month = subjectCeiling30Days(terms.approximateNumber, use.populationSize)
  const consumerMonth = subjectCeiling30Days(Number.MAX_SAFE_INTEGER, use.populationSize)
  const year = subjectCeilingYear(use.populationSize)
  if (use.agreementSubjects30Days > month) return 'agreementSubjects30Days'
  if (use.agreementSubjectsYear > year) return 'agreementSubjectsYear'
  if (use.consumerSubjects30Days > consumerMonth) return 'consumerSubjects30Days'
  return use.consumerSubjectsYear > year ? 'consumerSubjectsYear' : undefined
}
