import {
  agreementDigest,
  type AgreementSigner,
  compileAgreement,
  type PersonAgreement,
  signAgreement,
  type TimeLock,
} from '../../agreement/index.ts'
import { encodeBase64, type JsonObject } from '../../bytes/index.ts'
import type { Ed25519 } from '../../crypto/index.ts'
import type { KnownAgreement } from '../../person/index.ts'
import { parseOrganisationId } from '../../protocol/index.ts'
import { simCases, type SimOrganisation, simStartMs } from './sim-organisation.ts'

/** What a seed draws of the agreement. */
export interface SimTerms {
  readonly hidden: boolean
  readonly caps: PersonAgreement['caps']
  readonly lock: TimeLock
  /** What the register says of how many people it is about. */
  readonly populationSize: number
  readonly notAfterMs: number
}

/** The name of the simulation's agreement. */
export const simAgreementId: string = 'housing-tax-rent-support'

const words: JsonObject = {
  justification: 'Rent support depends on the income of the last full year.',
  expectedResults: 'Applications are decided without a paper certificate.',
  verificationProcedure: 'The official hears the person before deciding.',
  dpiaReference: 'Impact assessment of the simulation',
  legalReference: ['celex:32016R0679'],
}

const dataElements: readonly JsonObject[] = [
  {
    name: 'income_below_limit',
    register: 'income',
    source: 'annual_income',
    answerType: 'predicate',
    predicate: { op: 'lt', threshold: 24_000 },
    category: 'ordinary',
  },
  {
    name: 'dependants',
    register: 'income',
    source: 'dependants',
    answerType: 'attribute',
    predicate: null,
    category: 'ordinary',
  },
]

function source(terms: SimTerms, parties: SimParties, caseIssuerKey: Uint8Array): JsonObject {
  return {
    ...words,
    dataElements,
    v: 1,
    id: simAgreementId,
    version: 1,
    supersedes: null,
    kind: 'person',
    provider: parties.tax.id,
    consumer: parties.housing.id,
    purpose: 'https://cloison.eu/purpose/service',
    legalBasis: ['eu-gdpr:A6-1-e'],
    preconditions: [{ kind: 'identifier-scheme', scheme: 'demo-nin' }, { kind: 'no-placeholder' }],
    caps: { ...terms.caps },
    approximateNumber: 900,
    presence: terms.hidden ? { mode: 'hidden', releaseDelayMs: 80 } : { mode: 'revealed' },
    caseRule: {
      issuer: { name: simCases.issuer, publicKey: encodeBase64(caseIssuerKey) },
      officialAssigned: true,
      subjectIsParty: true,
      open: true,
    },
    consentIssuers: [],
    notice: { kind: 'immediate' },
    contest: { days: 30 },
    retention: { days: 90, disposal: 'delete' },
    noRedisclosure: true,
    notBeforeMs: simStartMs,
    notAfterMs: terms.notAfterMs,
    signatures: [],
  }
}

/** The two sides of the simulation's agreement. */
export interface SimParties {
  readonly housing: SimOrganisation
  readonly tax: SimOrganisation
}

/** The simulation's one agreement, signed by both data protection officers. */
export function simAgreement(
  terms: SimTerms,
  parties: SimParties,
  ed25519: Ed25519,
): KnownAgreement {
  const drafted = compileAgreement(source(terms, parties, ed25519.publicKey(simCases.seed)))
  const byTax = signAgreement(drafted, officer(parties.tax), ed25519)
  const agreement = signAgreement(byTax, officer(parties.housing), ed25519)
  return { agreement, digest: encodeBase64(agreementDigest(agreement)), countersigned: false }
}

function officer({ id, dpoSeed }: SimOrganisation): AgreementSigner {
  return { organisation: parseOrganisationId(id), role: 'dpo', seed: dpoSeed }
}
