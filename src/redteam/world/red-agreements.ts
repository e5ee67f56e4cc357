import {
  type Agreement,
  compileAgreement,
  defaultCaps,
  type DataElement,
  type PersonAgreement,
} from '../../agreement/index.ts'
import { encodeBase64 } from '../../bytes/index.ts'

/** The case source of the consumer, as agreements and tokens name it. */
export const redCaseIssuer = 'cases.housing'
/** The issuer of consents, independent of the consumer. */
export const redConsentIssuer = 'clinic'
/** An issuer that only looks independent: its key is the consumer's officer's. */
export const redFriends = 'friends'
/** What `care-emergency` allows an official in 30 days. */
export const redEmergencies = 3

/** Public keys that the agreements name, 32 bytes each. */
export interface RedKeys {
  readonly cases: Uint8Array
  readonly consents: Uint8Array
  readonly authority: Uint8Array
  /** Of the consumer's own officer, whom one agreement passes off as an issuer of consent. */
  readonly dpo: Uint8Array
}

/** The agreements under attack. Their names say what is wrong with them, if anything is. */
export type RedAgreementId =
  | 'rent-income'
  | 'rent-income-low'
  | 'rent-income-high'
  | 'rent-capped'
  | 'rent-address'
  | 'rent-hidden'
  | 'care-disability'
  | 'care-friends'
  | 'care-emergency'
  | 'rent-suspended'
  | 'rent-expired'
  | 'rent-withheld'
  | 'rent-locked'

const dayMs = 86_400_000

function below(name: string, threshold: number): DataElement {
  return {
    name,
    register: 'income',
    source: 'annual_income',
    answerType: 'predicate',
    predicate: { op: 'lt', threshold },
    category: 'ordinary',
  }
}

const addressElements: readonly DataElement[] = [
  {
    name: 'address_matches',
    register: 'residence',
    source: 'address',
    answerType: 'predicate',
    predicate: { op: 'equals-supplied', threshold: null },
    category: 'locating',
  },
  {
    name: 'address',
    register: 'residence',
    source: 'address',
    answerType: 'attribute',
    predicate: null,
    category: 'locating',
  },
]

const disability: DataElement = {
  name: 'disability',
  register: 'care',
  source: 'disability',
  answerType: 'attribute',
  predicate: null,
  category: 'special',
}

const carePurpose = 'https://cloison.eu/purpose/care'

const care = {
  purpose: carePurpose,
  legalBasis: ['eu-gdpr:A6-1-e', 'eu-gdpr:A9-2-a'],
  dataElements: [disability],
} as const

/** The purpose of nearly all of them. */
export const redPurpose = 'https://cloison.eu/purpose/service'

/** What one of them says that the others do not. */
type Change = Partial<Omit<PersonAgreement, 'id'>>

function changes(keys: RedKeys, nowMs: number): Readonly<Record<RedAgreementId, Change>> {
  const consentIssuers = [
    {
      organisation: redConsentIssuer,
      keyId: 'clinic/consent/1',
      publicKey: encodeBase64(keys.consents),
    },
  ] as unknown as PersonAgreement['consentIssuers']
  const begin = nowMs - (nowMs % dayMs)
  return {
    'rent-income': {},
    'rent-income-low': { dataElements: [below('income_below_low', 12_000)] },
    'rent-income-high': { dataElements: [below('income_below_high', 36_000)] },
    'rent-capped': {
      caps: {
        perOfficialPerDay: 200,
        subjectsPerCase: 3,
        distinctSubjectsPer30Days: 40,
        perSubjectPer30Days: 4,
      },
    },
    'rent-hidden': { presence: { mode: 'hidden', releaseDelayMs: 80 } },
    'rent-address': { dataElements: addressElements, consentIssuers },
    'care-disability': { ...care, consentIssuers },
    'care-friends': {
      ...care,
      consentIssuers: [
        {
          organisation: redFriends,
          keyId: 'friends/consent/1',
          publicKey: encodeBase64(keys.dpo),
        },
      ] as unknown as PersonAgreement['consentIssuers'],
    },
    'care-emergency': {},
    'rent-suspended': {},
    'rent-expired': { notBeforeMs: begin - 300 * dayMs, notAfterMs: begin - dayMs },
    'rent-withheld': {
      notice: {
        kind: 'withheld',
        law: 'celex:32016R0679',
        authority: { name: 'Court of the red team', publicKey: encodeBase64(keys.authority) },
        untilMs: begin + 100 * dayMs,
      },
    },
    'rent-locked': { caps: { ...defaultCaps, distinctSubjectsPer30Days: 40 } },
  }
}

const emergency = {
  kind: 'emergency',
  purpose: carePurpose,
  caps: { perOfficialPer30Days: redEmergencies, perAgreementPer30Days: 50 },
} as const

/**
 * The terms of one agreement between `provider` and housing, about `people` people, not yet signed. All of them
 * are such as a data protection officer signs, so that what stops an attack is never a flaw of the terms.
 */
export function redAgreement(
  id: RedAgreementId,
  at: {
    readonly provider: string
    readonly people: number
    readonly keys: RedKeys
    readonly nowMs: number
    readonly caps?: PersonAgreement['caps']
  },
): Agreement {
  const { provider, people, keys, nowMs } = at
  const begin = nowMs - (nowMs % dayMs)
  const { caseRule, ...terms } = {
    v: 1,
    id,
    version: 1,
    supersedes: null,
    kind: 'person',
    provider,
    consumer: 'housing',
    purpose: redPurpose,
    legalBasis: ['eu-gdpr:A6-1-e'],
    legalReference: ['celex:32016R0679'],
    justification: 'Somebody inside the consumer wants more than this agreement allows.',
    expectedResults: 'They get what it allows, and an entry for what they tried.',
    dataElements: [below('income_below_limit', 24_000)],
    preconditions: [{ kind: 'identifier-scheme', scheme: 'demo-nin' }, { kind: 'no-placeholder' }],
    caps: at.caps ?? {
      perOfficialPerDay: 200,
      subjectsPerCase: 6,
      distinctSubjectsPer30Days: people,
      perSubjectPer30Days: 200,
    },
    approximateNumber: people,
    presence: { mode: 'revealed' },
    caseRule: {
      issuer: { name: redCaseIssuer, publicKey: encodeBase64(keys.cases) },
      officialAssigned: true,
      subjectIsParty: true,
      open: true,
    },
    consentIssuers: [],
    notice: { kind: 'immediate' },
    contest: { days: 30 },
    retention: { days: 90, disposal: 'delete' },
    noRedisclosure: true,
    verificationProcedure: 'The attacker compares nothing; the answer alone is what they want.',
    dpiaReference: 'Nobody in these registers exists.',
    notBeforeMs: begin,
    notAfterMs: begin + 365 * dayMs,
    signatures: [],
    ...changes(keys, nowMs)[id],
  }
  return compileAgreement(
    id === 'care-emergency' ? { ...terms, ...emergency } : { ...terms, caseRule },
  )
}
