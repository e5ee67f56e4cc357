import {
  type Agreement,
  agreementDigest,
  compileAgreement,
  type PersonAgreement,
  signAgreement,
} from '../../agreement/index.ts'
import { encodeBase64 } from '../../bytes/index.ts'
import type { Ed25519 } from '../../crypto/index.ts'
import type { KnownAgreement } from '../../person/index.ts'
import { parseOrganisationId } from '../../protocol/index.ts'

/** The agreements of the rehearsal: two between the same two, as a housing office and a tax office have them. */
export const rehearsalAgreements = ['rent-support', 'tenancy-check'] as const

/** One of {@link rehearsalAgreements}. */
export type RehearsalAgreement = (typeof rehearsalAgreements)[number]

/** The name of the case source in agreements and tokens. */
export const rehearsalIssuer = 'housing/cases'

/** Thresholds that the agreements fix, for small and large households; an agreement may have two. */
export const rehearsalThresholds: Readonly<Record<RehearsalAgreement, readonly [number, number]>> =
  { 'rent-support': [24_000, 30_000], 'tenancy-check': [30_000, 36_000] }

/** The element that puts one of an agreement's thresholds. */
export function belowElement(id: RehearsalAgreement, place: 0 | 1): string {
  return `income_below_${rehearsalThresholds[id][place] / 1000}`
}

/** Who signs, and with what. */
export interface RehearsalSigners {
  readonly ed25519: Ed25519
  /** 32 bytes. */
  readonly seed: Uint8Array
  readonly beginMs: number
}

/** People in the provider's register. */
export const rehearsalPopulation = 400_000
/** The cap on questions of one official and day: what an honest one never needs. */
const perOfficialPerDay = 40
const dayMs = 86_400_000

function terms(id: RehearsalAgreement, { ed25519, seed, beginMs }: RehearsalSigners) {
  const monthly = id === 'rent-support' ? 1_600 : 900
  return {
    v: 1,
    id,
    version: 1,
    supersedes: null,
    kind: 'person',
    provider: 'tax',
    consumer: 'housing',
    purpose: 'https://cloison.eu/purpose/service',
    legalBasis: ['eu-gdpr:A6-1-e'],
    legalReference: ['celex:32016R0679'],
    justification: 'Rehearses how list building is stopped and noticed.',
    expectedResults: 'A table; nobody decides anything about anybody.',
    dataElements: [
      ...rehearsalThresholds[id].map((threshold) => ({
        name: `income_below_${threshold / 1000}`,
        register: 'income',
        source: 'annual_income',
        answerType: 'predicate',
        predicate: { op: 'lt', threshold },
        category: 'ordinary',
      })),
      {
        name: 'tax_year',
        register: 'income',
        source: 'tax_year',
        answerType: 'attribute',
        predicate: null,
        category: 'ordinary',
      },
    ],
    preconditions: [{ kind: 'identifier-scheme', scheme: 'demo-nin' }],
    caps: {
      perOfficialPerDay,
      subjectsPerCase: 6,
      distinctSubjectsPer30Days: monthly,
      perSubjectPer30Days: 12,
    },
    approximateNumber: monthly,
    presence: { mode: 'revealed' },
    caseRule: {
      issuer: { name: rehearsalIssuer, publicKey: encodeBase64(ed25519.publicKey(seed)) },
      officialAssigned: true,
      subjectIsParty: true,
      open: true,
    },
    consentIssuers: [],
    notice: { kind: 'immediate' },
    contest: { days: 30 },
    retention: { days: 90, disposal: 'delete' },
    noRedisclosure: true,
    verificationProcedure: 'Nobody decides anything on these answers.',
    dpiaReference: 'None: nobody in the register exists',
    notBeforeMs: beginMs,
    notAfterMs: beginMs + 450 * dayMs,
    signatures: [],
  }
}

function isPerson(agreement: Agreement): agreement is PersonAgreement {
  return agreement.kind === 'person'
}

/** An agreement of the rehearsal, signed by both sides. */
export function rehearsalAgreement(
  id: RehearsalAgreement,
  signers: RehearsalSigners,
): KnownAgreement & { readonly agreement: PersonAgreement } {
  const { seed, ed25519 } = signers
  const agreement = ['tax', 'housing']
    .map((id) => parseOrganisationId(id))
    .reduce<Agreement>(
      (signed, organisation) => signAgreement(signed, { organisation, role: 'dpo', seed }, ed25519),
      compileAgreement(terms(id, signers)),
    )
  if (!isPerson(agreement)) throw new TypeError('the agreement is about persons')
  return { agreement, digest: encodeBase64(agreementDigest(agreement)), countersigned: false }
}
