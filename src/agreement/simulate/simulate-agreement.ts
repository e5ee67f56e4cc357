import type { PersonAgreement } from '../agreement.ts'
import { dayMs } from '../calendar.ts'
import { needsConsent } from '../data-element.ts'

/** A question of the past, as its entry has it. Names nobody: official and subject are keyed handles. */
export interface PastQuestion {
  readonly atMs: number
  readonly purpose: string | null
  readonly legalBasis: string | null
  readonly elements: readonly string[]
  readonly official: string | null
  readonly subject: string
  readonly consented: boolean
  readonly permitted: boolean
  /** Why it was denied then. */
  readonly code: string | null
}

/** What a draft would have made of past questions: counts, and nothing about anybody. */
export interface Simulation {
  readonly questions: number
  readonly permitted: number
  /** By code; those of a cap by its name, as in `CAP_EXCEEDED perOfficialPerDay`. */
  readonly denied: Readonly<Record<string, number>>
  /** Permitted then, denied under the draft. */
  readonly lost: number
  /** Denied then, permitted under the draft. */
  readonly gained: number
}

/** Denials that depend on the agreement: the draft decides them anew. Others stay as they were. */
const decidedAnew: ReadonlySet<string> = new Set([
  'AGREEMENT_NOT_ACTIVE',
  'TIME_LOCKED',
  'AGREEMENT_EXPIRED',
  'AGREEMENT_SUSPENDED',
  'PURPOSE_MISMATCH',
  'LEGAL_BASIS_MISSING',
  'ELEMENT_NOT_AGREED',
  'CONSENT_MISSING',
  'CAP_EXCEEDED',
])

/** Questions that were permitted before, in the order of time. */
class Windows {
  readonly #official = new Map<string, number[]>()
  readonly #subject = new Map<string, number[]>()

  capPassed(
    { official, subject, atMs }: PastQuestion,
    { caps }: PersonAgreement,
  ): string | undefined {
    const ofOfficial = within(this.#official.get(official ?? ''), atMs - dayMs)
    if (ofOfficial >= caps.perOfficialPerDay) return 'perOfficialPerDay'
    const from = atMs - 30 * dayMs
    const ofSubject = within(this.#subject.get(subject), from)
    const others = [...this.#subject.values()].filter((times) => within(times, from) > 0).length
    if (ofSubject === 0 && others >= caps.distinctSubjectsPer30Days)
      return 'distinctSubjectsPer30Days'
    return ofSubject >= caps.perSubjectPer30Days ? 'perSubjectPer30Days' : undefined
  }

  count({ official, subject, atMs }: PastQuestion): void {
    append(this.#official, official ?? '', atMs)
    append(this.#subject, subject, atMs)
  }
}

function append(map: Map<string, number[]>, key: string, atMs: number): void {
  const times = map.get(key)
  if (times === undefined) map.set(key, [atMs])
  else times.push(atMs)
}

/** Times ascend. */
function within(times: readonly number[] = [], fromMs: number): number {
  const first = times.findIndex((atMs) => atMs > fromMs)
  return first === -1 ? 0 : times.length - first
}

function termsDeny(question: PastQuestion, agreement: PersonAgreement): string | undefined {
  const { purpose, legalBasis, elements, consented } = question
  if (purpose !== agreement.purpose) return 'PURPOSE_MISMATCH'
  if (!agreement.legalBasis.some((basis) => basis === legalBasis)) return 'LEGAL_BASIS_MISSING'
  const agreed = elements.map((name) => agreement.dataElements.find((one) => one.name === name))
  if (agreed.length === 0 || agreed.includes(undefined)) return 'ELEMENT_NOT_AGREED'
  const isConsentNeeded = agreed.some((element) => element !== undefined && needsConsent(element))
  return isConsentNeeded && !consented ? 'CONSENT_MISSING' : undefined
}

function denialOf(
  question: PastQuestion,
  agreement: PersonAgreement,
  windows: Windows,
): string | undefined {
  const byTerms = termsDeny(question, agreement)
  if (byTerms !== undefined) return byTerms
  if (question.code !== null && !decidedAnew.has(question.code)) return question.code
  const cap = windows.capPassed(question, agreement)
  return cap === undefined ? undefined : `CAP_EXCEEDED ${cap}`
}

/**
 * Replays past questions, oldest first, under an agreement as if it had been in force. Purpose, basis,
 * elements, consent and the caps on officials and subjects are decided anew; what a case, an official's
 * enrolment or a register denied stays denied.
 */
export function simulateAgreement(
  agreement: PersonAgreement,
  past: readonly PastQuestion[],
): Simulation {
  const windows = new Windows()
  const denied = new Map<string, number>()
  let permitted = 0
  let lost = 0
  let gained = 0
  for (const question of past.toSorted((a, b) => a.atMs - b.atMs)) {
    const code = denialOf(question, agreement, windows)
    if (code === undefined) {
      windows.count(question)
      permitted += 1
      if (!question.permitted) gained += 1
    } else {
      denied.set(code, (denied.get(code) ?? 0) + 1)
      if (question.permitted) lost += 1
    }
  }
  const sorted = [...denied].toSorted(([a], [b]) => a.localeCompare(b))
  return { questions: past.length, permitted, denied: Object.fromEntries(sorted), lost, gained }
}
