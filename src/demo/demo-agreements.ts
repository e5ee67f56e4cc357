import { encodeBase64, encodeHex, type JsonObject } from '../bytes/index.ts'
import {
  type Agreement,
  compileAgreement,
  type DataElement,
  defaultCaps,
  signAgreement,
} from '../agreement/index.ts'
import { sha256 } from '../crypto/index.ts'
import type { Ed25519 } from '../crypto/index.ts'
import { emergencyTerms } from './demo-emergency.ts'
import type { FoundedOrganisation } from '../node/index.ts'
import { joinAgreements } from './demo-joins.ts'
import { tablesTerms } from './demo-tables.ts'

/** The agreements of the demo by the name that its story uses. */
export const demoAgreementIds = {
  income: 'housing-tax-rent-support',
  benefits: 'housing-social-rent-support',
  accessible: 'housing-social-accessible-home',
  emergency: 'housing-social-emergency-care',
  tables: 'housing-tax-tables',
  /** Its year pays for one table. */
  lastTable: 'housing-tax-yearly-table',
} as const

/** The name of the case source in agreements and tokens. */
export const caseIssuerName = 'cases.housing'

/** What signing the demo's agreements needs. */
export interface AgreementParties {
  readonly tax: FoundedOrganisation
  readonly social: FoundedOrganisation
  readonly housing: FoundedOrganisation
  /** Public key of the case source, 32 bytes. */
  readonly caseIssuerKey: Uint8Array
  /** Public key of the inspector's issuer of consent, 32 bytes. */
  readonly consentKey: Uint8Array
}

const dayMs = 86_400_000

function predicate(name: string, source: string, threshold: number): DataElement {
  return {
    name,
    register: 'income',
    source,
    answerType: 'predicate',
    predicate: { op: 'lt', threshold },
    category: 'ordinary',
  }
}

const incomeElements: readonly DataElement[] = [
  predicate('income_below_limit', 'annual_income', 24_000),
]

const benefitElements: readonly DataElement[] = [
  {
    name: 'benefit_monthly',
    register: 'benefits',
    source: 'benefit_monthly',
    answerType: 'attribute',
    predicate: null,
    category: 'ordinary',
  },
]

/** Answered only with the person's own consent: the one is about health, the other says where somebody is. */
const accessibleElements: readonly DataElement[] = (
  [
    ['care_degree', 'special'],
    ['postcode', 'locating'],
  ] as const
).map(([name, category]) => ({
  name,
  register: 'benefits',
  source: name,
  answerType: 'attribute',
  predicate: null,
  category,
}))

interface Terms {
  readonly id: string
  readonly provider: FoundedOrganisation
  readonly elements: readonly DataElement[]
  readonly hidden: boolean
  /** Whether its facts are answered with the person's consent alone. */
  readonly withConsent?: true
  readonly justification: string
  readonly expectedResults: string
}

function consentIssuer({ consentKey }: AgreementParties): JsonObject {
  return {
    organisation: 'inspector',
    keyId: `inspector/consent/${encodeHex(sha256(consentKey).subarray(0, 4))}`,
    publicKey: encodeBase64(consentKey),
  }
}

function compileTerms(terms: Terms, parties: AgreementParties, nowMs: number): Agreement {
  return compileAgreement({
    v: 1,
    id: terms.id,
    version: 1,
    supersedes: null,
    kind: 'person',
    provider: terms.provider.id,
    consumer: parties.housing.id,
    purpose: 'https://cloison.eu/purpose/service',
    legalBasis: ['eu-gdpr:A6-1-e', ...(terms.withConsent === true ? ['eu-gdpr:A9-2-a'] : [])],
    legalReference: ['celex:32016R0679'],
    justification: terms.justification,
    expectedResults: terms.expectedResults,
    dataElements: terms.elements.map((element) => ({ ...element })),
    preconditions: [{ kind: 'identifier-scheme', scheme: 'demo-nin' }, { kind: 'no-placeholder' }],
    caps: { ...defaultCaps, distinctSubjectsPer30Days: 200 },
    approximateNumber: 900,
    presence: terms.hidden ? { mode: 'hidden', releaseDelayMs: 500 } : { mode: 'revealed' },
    caseRule: {
      issuer: { name: caseIssuerName, publicKey: encodeBase64(parties.caseIssuerKey) },
      officialAssigned: true,
      subjectIsParty: true,
      open: true,
    },
    consentIssuers: terms.withConsent === true ? [consentIssuer(parties)] : [],
    notice: { kind: 'immediate' },
    contest: { days: 30 },
    retention: { days: 90, disposal: 'delete' },
    noRedisclosure: true,
    verificationProcedure:
      'The official compares the answer with the papers in the file and hears the person before deciding.',
    dpiaReference: 'Impact assessment of the demo, section 2',
    notBeforeMs: nowMs - (nowMs % dayMs),
    notAfterMs: nowMs - (nowMs % dayMs) + 365 * dayMs,
    signatures: [],
  })
}

function signByBoth(
  agreement: Agreement,
  provider: FoundedOrganisation,
  consumer: FoundedOrganisation,
  ed25519: Ed25519,
): Agreement {
  const byProvider = signAgreement(
    agreement,
    { organisation: provider.id, role: 'dpo', seed: provider.dpoSeed },
    ed25519,
  )
  return signAgreement(
    byProvider,
    { organisation: consumer.id, role: 'dpo', seed: consumer.dpoSeed },
    ed25519,
  )
}

function tables(parties: AgreementParties, nowMs: number): readonly Agreement[] {
  const { tables: many, lastTable } = demoAgreementIds
  return [
    tablesTerms({ id: many, perYearMicroEpsilon: 20_000_000 }, parties, nowMs),
    tablesTerms({ id: lastTable, perYearMicroEpsilon: 500_000 }, parties, nowMs),
  ]
}

/** The demo's agreements, each signed by the data protection officers of both sides. */
export function demoAgreements(
  parties: AgreementParties,
  nowMs: number,
  ed25519: Ed25519,
): readonly Agreement[] {
  const income: Terms = {
    id: demoAgreementIds.income,
    provider: parties.tax,
    elements: incomeElements,
    hidden: true,
    justification:
      'Rent support is for households with a low income; the housing agency needs to know whether the income is below the limit, not the income.',
    expectedResults:
      'About 900 applications a year are decided without a paper certificate of income.',
  }
  const benefits: Terms = {
    id: demoAgreementIds.benefits,
    provider: parties.social,
    elements: benefitElements,
    hidden: false,
    justification:
      'Rent support is reduced by the housing benefit that a household receives already.',
    expectedResults:
      'About 900 applications a year are calculated without a paper certificate of benefits.',
  }
  const accessible: Terms = {
    id: demoAgreementIds.accessible,
    provider: parties.social,
    elements: accessibleElements,
    hidden: true,
    withConsent: true,
    justification:
      'An accessible home near the present one is offered to people who need care. Without the answer they would have to bring a medical paper; nobody is asked about who does not consent.',
    expectedResults: 'About 40 accessible homes a year are offered without a medical paper.',
  }
  const { tax, social, housing } = parties
  const between = { provider: social.id, consumer: housing.id }
  const emergency = emergencyTerms({ id: demoAgreementIds.emergency, ...between }, nowMs)
  return [
    ...[income, benefits, accessible].map((terms) =>
      signByBoth(compileTerms(terms, parties, nowMs), terms.provider, housing, ed25519),
    ),
    signByBoth(emergency, social, housing, ed25519),
    ...tables(parties, nowMs).map((terms) => signByBoth(terms, tax, housing, ed25519)),
    ...joinAgreements({ tax, housing, social }, nowMs).map(({ agreement, provider }) =>
      signByBoth(agreement, provider, social, ed25519),
    ),
  ]
}
