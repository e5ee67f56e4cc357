import type { SubjectReference } from '../protocol/index.ts'
import type {
  CaseCard,
  DemoPerson,
  LocalText,
  OfficialCard,
  PersonIdentifier,
} from '../web/index.ts'
import type { CaseRecord } from './case-system-cases.ts'
import type { PreparedDemo } from './prepare-demo.ts'

const caseKinds: Readonly<Record<CaseRecord['kind'], LocalText>> = {
  'rent-support': { en: 'Rent support', fr: 'Aide au logement', es: 'Ayuda al alquiler' },
  'rent-support-review': {
    en: 'Rent support, yearly review',
    fr: 'Aide au logement, révision annuelle',
    es: 'Ayuda al alquiler, revisión anual',
  },
  'rent-support-parent': {
    en: 'Rent support of a child: the other parent',
    fr: "Aide au logement d'un enfant : l'autre parent",
    es: 'Ayuda al alquiler de un menor: el otro progenitor',
  },
}

const teams: Readonly<Record<string, LocalText>> = {
  'Rent support, north': {
    en: 'Rent support, north',
    fr: 'Aide au logement, nord',
    es: 'Ayuda al alquiler, norte',
  },
  'Rent support, south': {
    en: 'Rent support, south',
    fr: 'Aide au logement, sud',
    es: 'Ayuda al alquiler, sur',
  },
  Appeals: { en: 'Appeals', fr: 'Recours', es: 'Recursos' },
}

const peopleShown = 6

/** The officials whom a visitor can be. */
export function demoOfficials({ cases }: Pick<PreparedDemo, 'cases'>): readonly OfficialCard[] {
  return cases.officials.map(({ id, name, team }) => ({
    id,
    name,
    team: teams[team] ?? { en: team },
  }))
}

/** The cases of one official as pages show them. */
export function demoCases(
  { cases }: Pick<PreparedDemo, 'cases'>,
  officialId: string,
): readonly CaseCard[] {
  return cases.cases
    .filter(({ officials }) => officials.includes(officialId))
    .map(({ reference, subjectName, kind, purpose, openedAtMs, state }) => ({
      reference,
      subjectName,
      kind: caseKinds[kind],
      purpose,
      openedAtMs,
      state,
    }))
}

/** The case that a reference names, or `undefined`. */
export function caseOf(
  { cases }: Pick<PreparedDemo, 'cases'>,
  reference: string,
): CaseRecord | undefined {
  return cases.cases.find((one) => one.reference === reference)
}

/**
 * The subjects of all cases, each person once: those asked about lately first, then those of open cases that
 * may still look at them. What was asked stays theirs to see when a case is closed or they have withdrawn.
 */
function visitors(
  { cases }: Pick<PreparedDemo, 'cases'>,
  lately: readonly string[],
): readonly CaseRecord[] {
  const rank = ({ reference, state, parties }: CaseRecord): number => {
    const place = lately.indexOf(reference)
    if (place !== -1) return place
    return lately.length + (state === 'open' && parties.length > 0 ? 0 : 1)
  }
  const ranked = cases.cases.toSorted(
    (one, other) => rank(one) - rank(other) || other.openedAtMs - one.openedAtMs,
  )
  const first = new Map(ranked.toReversed().map((one) => [one.subject.value, one]))
  return ranked.filter((one) => first.get(one.subject.value) === one)
}

/**
 * People whom a visitor can be: first the ones asked about lately (`lately`, case references), and always somebody
 * whose case is closed. Their ids are case references, not identifiers.
 */
export function demoPeople(
  demo: Pick<PreparedDemo, 'cases'>,
  lately: readonly string[],
): readonly DemoPerson[] {
  const all = visitors(demo, lately)
  const shown = all.slice(0, peopleShown)
  const closed = all.find(({ state }) => state === 'closed')
  const isThere = closed === undefined || shown.includes(closed)
  const offered = isThere ? shown : [...shown.slice(0, -1), closed]
  return offered.map(personCard)
}

const applicant: LocalText = {
  en: 'applied to the housing agency for rent support',
  fr: "a demandé une aide au logement à l'agence du logement",
  es: 'solicitó una ayuda al alquiler a la agencia de vivienda',
}
const otherParent: LocalText = {
  en: "is the other parent in a child's case at the housing agency",
  fr: "est l'autre parent dans le dossier d'un enfant à l'agence du logement",
  es: 'es el otro progenitor en el expediente de un menor en la agencia de vivienda',
}

const formerApplicant: LocalText = {
  en: 'applied to the housing agency for rent support; the case is closed',
  fr: "a demandé une aide au logement à l'agence du logement ; le dossier est clos",
  es: 'solicitó una ayuda al alquiler a la agencia de vivienda; el expediente está cerrado',
}

function personCard({ reference, subjectName, bystanders, state }: CaseRecord): DemoPerson {
  const asked = state === 'open' ? applicant : formerApplicant
  return { id: reference, name: subjectName, about: bystanders.length === 0 ? asked : otherParent }
}

/** The person of the demo with this identifier, `undefined` when no case is about them. */
export function personOfSubject(
  demo: Pick<PreparedDemo, 'cases'>,
  { scheme, value }: PersonIdentifier,
): DemoPerson | undefined {
  const found = visitors(demo, []).find(
    ({ subject }) => subject.scheme === scheme && subject.value === value,
  )
  return found === undefined ? undefined : personCard(found)
}

/** Who a visitor is, by the id that {@link demoPeople} gave: the reference of any case about them. */
export function subjectOfPerson(
  demo: Pick<PreparedDemo, 'cases'>,
  personId: string,
): SubjectReference | undefined {
  return caseOf(demo, personId)?.subject
}
