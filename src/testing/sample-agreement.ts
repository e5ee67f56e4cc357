import { compileAgreement, defaultCaps, signAgreement } from '../agreement/index.ts'
import type { Agreement, EmergencyAgreement, PersonAgreement } from '../agreement/index.ts'
import { encodeBase64 } from '../bytes/index.ts'
import type { JsonObject } from '../bytes/index.ts'
import { nobleEd25519 } from '../crypto/index.ts'

const day = 86_400_000

/** Secret seeds of the sample organisations' keys: 32 equal bytes each. */
export const sampleSeeds: Readonly<
  Record<'tax' | 'housing' | 'inspector' | 'cases' | 'clinic', Uint8Array>
> = {
  tax: new Uint8Array(32).fill(1),
  housing: new Uint8Array(32).fill(2),
  inspector: new Uint8Array(32).fill(3),
  cases: new Uint8Array(32).fill(4),
  clinic: new Uint8Array(32).fill(5),
}

/** The base64 of a sample organisation's public key. */
export function samplePublicKey(name: keyof typeof sampleSeeds): string {
  return encodeBase64(nobleEd25519.publicKey(sampleSeeds[name]))
}

/** When the sample agreements begin: 2026-01-01, UTC. */
export const sampleBeginMs: number = 20_454 * day

const head: JsonObject = {
  v: 1,
  id: 'housing-tax-rent',
  version: 1,
  supersedes: null,
  provider: 'tax',
  consumer: 'housing',
  purpose: 'https://cloison.eu/purpose/service',
  legalBasis: ['eu-gdpr:A6-1-e'],
  legalReference: ['https://data.europa.eu/eli/reg/2016/679/oj', 'usc:42/405'],
  justification: 'Rent support depends on the income of the last full year.',
  expectedResults: 'Nine hundred applications a year without a paper certificate.',
  dataElements: [
    {
      name: 'income_below_limit',
      register: 'income',
      source: 'annualIncome',
      answerType: 'predicate',
      predicate: { op: 'lt', threshold: 24_000 },
      category: 'ordinary',
    },
    {
      name: 'insured',
      register: 'income',
      source: 'insured',
      answerType: 'attribute',
      predicate: null,
      category: 'ordinary',
    },
  ],
  approximateNumber: 900,
  retention: { days: 90, disposal: 'delete' },
  noRedisclosure: true,
  verificationProcedure: 'The official hears the person before deciding.',
  dpiaReference: 'DPIA 2025/12',
  notBeforeMs: sampleBeginMs,
  notAfterMs: sampleBeginMs + 365 * day,
  signatures: [],
}

const personTerms: JsonObject = {
  preconditions: [{ kind: 'identifier-scheme', scheme: 'demo-nin' }, { kind: 'no-placeholder' }],
  presence: { mode: 'hidden', releaseDelayMs: 80 },
  consentIssuers: [],
  contest: { days: 30 },
}

/** A person agreement as its author writes it, with `changes` in place of its members. */
export function samplePersonSource(changes: JsonObject = {}): JsonObject {
  return {
    ...head,
    ...personTerms,
    kind: 'person',
    caps: { ...defaultCaps },
    caseRule: {
      issuer: { name: 'housing/cases', publicKey: samplePublicKey('cases') },
      officialAssigned: true,
      subjectIsParty: true,
      open: true,
    },
    notice: { kind: 'immediate' },
    ...changes,
  }
}

/** An emergency agreement as its author writes it. */
export function sampleEmergencySource(changes: JsonObject = {}): JsonObject {
  return {
    ...head,
    ...personTerms,
    kind: 'emergency',
    purpose: 'https://cloison.eu/purpose/care',
    caps: { perOfficialPer30Days: 10, perAgreementPer30Days: 50 },
    notice: { kind: 'immediate' },
    ...changes,
  }
}

/** An agreement on tables as its author writes it. */
export function samplePopulationSource(changes: JsonObject = {}): JsonObject {
  return {
    ...head,
    kind: 'population',
    purpose: 'https://cloison.eu/purpose/official-statistics',
    dataElements: [
      {
        name: 'district',
        register: 'income',
        source: 'district',
        answerType: 'attribute',
        predicate: null,
        category: 'ordinary',
      },
    ],
    privacyBudget: {
      perQuestionMicroEpsilon: 100_000,
      perYearMicroEpsilon: 1_000_000,
      deltaExponent: null,
    },
    ...changes,
  }
}

/** An agreement on tables over two registers as its author writes it. */
export function sampleJoinSource(changes: JsonObject = {}): JsonObject {
  return samplePopulationSource({
    kind: 'join',
    privacyBudget: {
      perQuestionMicroEpsilon: 500_000,
      perYearMicroEpsilon: 1_000_000,
      deltaExponent: 7,
    },
    join: { with: 'labour', keyspace: 'demo-nin', inspector: 'ombudsman' },
    ...changes,
  })
}

/** The agreement signed by the DPOs of both sample organisations. */
export function signSample<Kind extends Agreement>(agreement: Kind): Kind {
  const byTax = signAgreement(
    agreement,
    { organisation: agreement.provider, role: 'dpo', seed: sampleSeeds.tax },
    nobleEd25519,
  )
  const { signatures } = signAgreement(
    byTax,
    { organisation: agreement.consumer, role: 'dpo', seed: sampleSeeds.housing },
    nobleEd25519,
  )
  return { ...agreement, signatures }
}

/** The compiled and signed sample of {@link samplePersonSource}. */
export function samplePersonAgreement(changes: JsonObject = {}): PersonAgreement {
  const agreement = compileAgreement(samplePersonSource(changes))
  if (agreement.kind !== 'person') throw new TypeError('changes may not change the kind')
  return signSample(agreement)
}

/** The compiled and signed sample of {@link sampleEmergencySource}. */
export function sampleEmergencyAgreement(changes: JsonObject = {}): EmergencyAgreement {
  const agreement = compileAgreement(sampleEmergencySource(changes))
  if (agreement.kind !== 'emergency') throw new TypeError('changes may not change the kind')
  return signSample(agreement)
}
