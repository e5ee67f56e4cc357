import { seededDraws } from './population-draws.ts'
import type { Draws } from './population-draws.ts'
import type { SyntheticPerson } from './population-person.ts'

/** An official of the housing agency, as the case system knows them. */
export interface CaseOfficial {
  readonly id: string
  readonly name: string
  readonly team: string
}

/** A person as a case names them. Personal data. */
export interface CaseParty {
  readonly scheme: 'demo-nin'
  readonly value: string
}

/** What a case is about. */
export type CaseKind = 'rent-support' | 'rent-support-review' | 'rent-support-parent'

/** One case of the housing agency. Personal data of its parties. */
export interface CaseRecord {
  /** `RS-2026-` and four digits, unique. */
  readonly reference: string
  readonly kind: CaseKind
  /** Whom the case was opened about. */
  readonly subject: CaseParty
  readonly subjectName: string
  /** Whose circumstances the case may look at; without the subject once they withdrew. */
  readonly parties: readonly CaseParty[]
  /** Parties who appear because of another person, as the parent of a child who lives elsewhere does. */
  readonly bystanders: readonly CaseParty[]
  /** Ids of the officials who work on it. */
  readonly officials: readonly string[]
  /** IRI of the closed vocabulary. */
  readonly purpose: string
  readonly openedAtMs: number
  readonly state: 'open' | 'closed'
  /** Ids of officials who have declared that they are related to the subject. */
  readonly related: readonly string[]
  /** When an official asked a register about a party, oldest first. */
  readonly lookUps: readonly CaseLookUp[]
  /** When something was done in the case, oldest first. */
  readonly stepsAtMs: readonly number[]
}

/** That an official asked a register about a party to the case. */
export interface CaseLookUp {
  /** The official's id. */
  readonly official: string
  readonly atMs: number
}

/** All that a case system holds. */
export interface CaseBook {
  readonly officials: readonly CaseOfficial[]
  readonly cases: readonly CaseRecord[]
}

const officials = [
  { id: 'official-1', name: 'Maren Oakford', team: 'Rent support, north' },
  { id: 'official-2', name: 'Sami Fernwick', team: 'Rent support, south' },
  { id: 'official-3', name: 'Odile Larchmere', team: 'Appeals' },
] as const

/** How many cases each official has, in their order. */
const caseload = [16, 14, 10] as const

const servicePurpose = 'https://cloison.eu/purpose/service'
const dayMs = 86_400_000

/** Tenants who could apply: the first adult of a household that pays rent. */
function applicants(people: readonly SyntheticPerson[]): SyntheticPerson[] {
  const seen = new Set<string>()
  return people.filter(({ age, household }) => {
    const first = !seen.has(household.id)
    seen.add(household.id)
    return first && age >= 22 && age <= 80 && household.monthlyRent > 0
  })
}

function drawApplicant(draws: Draws, from: SyntheticPerson[]): SyntheticPerson {
  const [drawn] = from.splice(draws.below(from.length), 1)
  if (drawn === undefined) throw new RangeError('people holds too few tenants for the cases')
  return drawn
}

function openCase(
  draws: Draws,
  person: SyntheticPerson,
  at: { readonly number: number; readonly official: string; readonly nowMs: number },
): CaseRecord {
  const subject = { scheme: 'demo-nin', value: person.nin } as const
  return {
    reference: `RS-2026-${String(at.number).padStart(4, '0')}`,
    kind: draws.chance(300) ? 'rent-support-review' : 'rent-support',
    subject,
    subjectName: `${person.givenName} ${person.familyName}`,
    parties: [subject],
    bystanders: [],
    officials: [at.official],
    purpose: servicePurpose,
    openedAtMs: at.nowMs - draws.between(1, 90) * dayMs - draws.below(dayMs),
    state: 'open',
    related: [],
    lookUps: [],
    stepsAtMs: [],
  }
}

/** The one case that is a child's, and looks at the parent who lives elsewhere. */
const parentsCase = { official: 'official-2', index: 5 }

/**
 * Every fifth case is closed, and the subject of the third has withdrawn; the official of the fourth knows its subject.
 * One case is about a child's support, and its subject the parent whose income counts for it.
 */
function settle(record: CaseRecord, indexOfOfficial: number): CaseRecord {
  const { official, index } = parentsCase
  if (record.officials.includes(official) && indexOfOfficial === index)
    return { ...record, kind: 'rent-support-parent', bystanders: record.parties }
  if (indexOfOfficial === 2) return { ...record, parties: [] }
  if (indexOfOfficial === 3) return { ...record, related: record.officials }
  return indexOfOfficial % 5 === 4 ? { ...record, state: 'closed' } : record
}

/** A register was asked in two of three cases, soon after they were opened; most often something followed. */
function lived(draws: Draws, record: CaseRecord, nowMs: number): CaseRecord {
  const [official] = record.officials
  const atMs = record.openedAtMs + draws.between(1, 20) * dayMs
  if (official === undefined || !draws.chance(667) || atMs >= nowMs) return record
  const stepAtMs = atMs + draws.between(1, 10) * dayMs
  const isFollowed = draws.chance(900) && stepAtMs < nowMs
  return { ...record, lookUps: [{ official, atMs }], stepsAtMs: isFollowed ? [stepAtMs] : [] }
}

/**
 * The demo's forty cases about tenants among `people`, deterministic from the seed: three officials
 * of the housing agency, most cases open, every fifth of an official closed, one each whose subject has
 * withdrawn, and one each whose subject the official is related to; in one the subject is a bystander.
 *
 * @throws RangeError when `people` holds fewer than forty tenants
 */
export function makeCases(
  people: readonly SyntheticPerson[],
  options: { readonly seed: string; readonly nowMs: number },
): CaseBook {
  const draws = seededDraws(`${options.seed} cases`)
  // Apart, so that what happens in cases does not change which cases there are.
  const life = seededDraws(`${options.seed} life of cases`)
  const from = applicants(people)
  let number = 0
  const cases = officials.flatMap(({ id }, position) =>
    Array.from({ length: caseload[position] ?? 0 }, (_, index) => {
      number += 1
      const at = { number, official: id, nowMs: options.nowMs }
      const opened = openCase(draws, drawApplicant(draws, from), at)
      return lived(life, settle(opened, index), options.nowMs)
    }),
  )
  return { officials, cases }
}
