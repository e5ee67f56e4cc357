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
export function demoOfficials({ cases }: PreparedDemo): readonly OfficialCard[] {
  return cases.officials.map(({ id, name, team }) => ({
    id,
    name,
    team: teams[team] ?? { en: team },
  }))
}

/** The cases of one official as pages show them. */
export function demoCases({ cases }: PreparedDemo, officialId: string): readonly CaseCard[] {
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
export function caseOf({ cases }: PreparedDemo, reference: string): CaseRecord | undefined {
  return cases.cases.find((one) => one.reference === reference)
}

/** Subjects of open cases: those asked about lately first, then in the order of the case list. */
function visitors({ cases }: PreparedDemo, lately: readonly string[]): readonly CaseRecord[] {
  const open = cases.cases.filter(({ state, parties }) => state === 'open' && parties.length > 0)
  const rank = ({ reference }: CaseRecord): number => {
    const place = lately.indexOf(reference)
    return place === -1 ? lately.length : place
  }
  return open.toSorted((one, other) => rank(one) - rank(other) || other.openedAtMs - one.openedAtMs)
}

/**
 * People whom a visitor can be: subjects of open cases, first the ones asked about lately (`lately`,
 * case references). Their ids are case references, not identifiers.
 */
export function demoPeople(demo: PreparedDemo, lately: readonly string[]): readonly DemoPerson[] {
  return visitors(demo, lately).slice(0, peopleShown).map(personCard)
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

function personCard({ reference, subjectName, bystanders }: CaseRecord): DemoPerson {
  return {
    id: reference,
    name: subjectName,
    about: bystanders.length === 0 ? applicant : otherParent,
  }
}

/** The person of the demo with this identifier, `undefined` when no open case is about them. */
export function personOfSubject(
  demo: PreparedDemo,
  { scheme, value }: PersonIdentifier,
): DemoPerson | undefined {
  const found = visitors(demo, []).find(
    ({ subject }) => subject.scheme === scheme && subject.value === value,
  )
  return found === undefined ? undefined : personCard(found)
}

/** Who a visitor is, by the id that {@link demoPeople} gave. */
export function subjectOfPerson(
  demo: PreparedDemo,
  personId: string,
): SubjectReference | undefined {
  return visitors(demo, []).find(({ reference }) => reference === personId)?.subject
}
