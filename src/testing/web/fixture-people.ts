import type {
  AnswerCorrection,
  BreachNotice,
  CaseCard,
  DemoPerson,
  DemoProcess,
  Need,
  OfficialCard,
  TraceItem,
  WithheldNotice,
} from '../../web/index.ts'

const dayMs = 86_400_000
const service = 'https://cloison.eu/purpose/service'

/** The officials of the fixture. */
export const fixtureOfficials: readonly OfficialCard[] = [
  {
    id: 'official-1',
    name: 'Maren Oakford',
    team: { en: 'Rent support, north', fr: 'Aide au loyer, nord', es: 'Ayuda al alquiler, norte' },
  },
  { id: 'official-2', name: 'Sami Fernwick', team: { en: 'Rent support, south' } },
]

/** The cases that each official of the fixture has. */
export function fixtureCases(nowMs: number): readonly CaseCard[] {
  const rentSupport = {
    en: 'Rent support, first application',
    fr: 'Aide au loyer, première demande',
    es: 'Ayuda al alquiler, primera solicitud',
  }
  const one = (number: number, subjectName: string): CaseCard => ({
    reference: `RS-2026-${String(number).padStart(4, '0')}`,
    subjectName,
    kind: rentSupport,
    purpose: service,
    openedAtMs: nowMs - number * 6 * dayMs,
    state: number === 5 ? 'closed' : 'open',
  })
  return [
    one(1, 'Léonie Brindleholt'),
    one(2, 'Tariq Sedgewick-Hollymere van der Thistlebourne'),
    one(3, 'Zelda Yarrowmill'),
    one(4, 'Gaël Nettlecombe'),
    one(5, 'Ulla Ivybank'),
  ]
}

/** What the fixture's officials can need to know. */
export const fixtureNeeds: readonly Need[] = [
  {
    id: 'income',
    label: {
      en: 'Check income for rent support',
      fr: 'Vérifier le revenu pour l’aide au loyer',
      es: 'Comprobar los ingresos para la ayuda al alquiler',
    },
    hint: {
      en: 'Yes or no: is last year’s income below the limit? The income itself is not told.',
      fr: 'Oui ou non : le revenu de l’an dernier est-il sous le plafond ? Le revenu lui-même n’est pas dit.',
      es: 'Sí o no: ¿los ingresos del año pasado están por debajo del límite? La cifra no se dice.',
    },
    agreement: { id: 'housing-tax-rent-support', version: 1 },
    provider: 'tax',
    elements: ['income_below_limit'],
    purpose: service,
    legalBasis: ['eu-gdpr:A6-1-e'],
  },
  {
    id: 'benefits',
    label: { en: 'See which benefit is paid already' },
    hint: { en: 'The amount that the household receives each month.' },
    agreement: { id: 'housing-social-rent-support', version: 1 },
    provider: 'social',
    elements: ['benefit_monthly'],
    purpose: service,
    legalBasis: ['eu-gdpr:A6-1-e'],
  },
  {
    id: 'accessible-home',
    label: { en: 'Offer an accessible home' },
    hint: { en: 'Only with the consent of the person, who is asked first.' },
    agreement: { id: 'housing-social-accessible-home', version: 1 },
    provider: 'social',
    elements: ['care_degree', 'postcode'],
    purpose: service,
    legalBasis: ['eu-gdpr:A6-1-e', 'eu-gdpr:A9-2-a'],
    needsConsent: true,
  },
]

/** The people whom a visitor of the fixture can be. */
export const fixturePeople: readonly DemoPerson[] = [
  {
    id: '6629733206',
    name: 'Léonie Brindleholt',
    about: {
      en: 'Lives alone, applied for rent support',
      fr: 'Vit seule, a demandé l’aide au loyer',
      es: 'Vive sola, solicitó la ayuda al alquiler',
    },
  },
  {
    id: '0778997786',
    name: 'Thea Maplehurst',
    about: { en: 'Never applied for anything; nobody asked about her' },
  },
]

/** The processes that the fixture claims to have. */
export const fixtureProcesses: readonly DemoProcess[] = [
  { organisation: 'tax', kind: 'gateway', port: 8411, pid: 4211 },
  { organisation: 'social', kind: 'gateway', port: 8412, pid: 4212 },
  { organisation: 'housing', kind: 'gateway', port: 8413, pid: 4213 },
  { organisation: 'housing', kind: 'case-system', port: 8430, pid: 4230 },
  { organisation: 'inspector', kind: 'inspector', port: 8414, pid: 4214 },
  { organisation: 'witness', kind: 'witness', port: 8420, pid: 4220 },
]

/** The questions that an official of the fixture has asked. */
export function fixtureTrace(nowMs: number): readonly TraceItem[] {
  const origin = 'tax.localhost/log/2026h2'
  return [
    {
      atMs: nowMs - dayMs / 6,
      exchangeId: `trace${'C'.repeat(16)}Q`,
      caseReference: 'RS-2026-0005',
      provider: 'tax',
      elements: ['income_below_limit'],
      outcome: 'deny',
      code: 'CASE_CLOSED',
      entryIndex: 2,
      origin,
    },
    {
      atMs: nowMs - 2 * dayMs,
      exchangeId: `trace${'D'.repeat(16)}Q`,
      caseReference: 'RS-2026-0001',
      provider: 'tax',
      elements: ['income_below_limit'],
      outcome: 'permit',
      entryIndex: 1,
      origin,
    },
  ]
}

/** What was corrected in an answer: in the trace's one always, in others where it is said. */
export function fixtureCorrections(
  exchangeId: string,
  { nowMs, corrected }: { readonly nowMs: number; readonly corrected: boolean },
): readonly AnswerCorrection[] {
  if (!corrected && exchangeId !== `trace${'D'.repeat(16)}Q`) return []
  return [
    {
      elements: ['income_below_limit'],
      correctedAtMs: nowMs - dayMs / 2,
      receivedAtMs: nowMs - dayMs / 2 + 2_000,
      origin: 'housing.localhost/log/2026h2',
      entryIndex: 7,
    },
  ]
}

/** Orders by which notices of the fixture are or were withheld. */
export function fixtureWithheld(nowMs: number): readonly WithheldNotice[] {
  const order = { organisation: 'social', authority: 'prosecutor.court', law: 'eu-gdpr:A23' }
  return [
    { ...order, untilMs: nowMs + 60 * dayMs, count: 3 },
    { ...order, untilMs: nowMs - 9 * dayMs, count: 1 },
  ]
}

/** An exposed key that concerns everybody of the fixture. */
export function fixtureBreaches(nowMs: number): readonly BreachNotice[] {
  return [
    {
      fromMs: nowMs - 4 * dayMs,
      untilMs: nowMs - 2 * dayMs,
      key: 'housing/gateway/0badc0de',
      declaredAtMs: nowMs - dayMs,
      origin: 'tax.localhost/log/2026h2',
      entryIndex: 3,
    },
  ]
}
