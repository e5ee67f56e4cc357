import { type Agreement, compileAgreement } from '../agreement/index.ts'

const dayMs = 86_400_000

/** The demo's agreement for emergencies: no case; a second official, or a review within 24 hours. */
export function emergencyTerms(
  { id, provider, consumer }: Readonly<Record<'id' | 'provider' | 'consumer', string>>,
  nowMs: number,
): Agreement {
  const beginMs = nowMs - (nowMs % dayMs)
  return compileAgreement({
    v: 1,
    id,
    version: 1,
    supersedes: null,
    kind: 'emergency',
    provider,
    consumer,
    purpose: 'https://cloison.eu/purpose/care',
    legalBasis: ['eu-gdpr:A6-1-d'],
    legalReference: ['celex:32016R0679'],
    justification:
      'When a tenant is found helpless at home, the night desk needs to know whether the person is an older one known to social security, whose duty desk then sends somebody.',
    expectedResults: 'A handful of nights a year on which help comes at once.',
    dataElements: [
      {
        name: 'gets_pension_supplement',
        register: 'benefits',
        source: 'benefit_kind',
        answerType: 'predicate',
        predicate: { op: 'eq', threshold: 'pension-supplement' },
        category: 'ordinary',
      },
    ],
    preconditions: [{ kind: 'identifier-scheme', scheme: 'demo-nin' }, { kind: 'no-placeholder' }],
    caps: { perOfficialPer30Days: 3, perAgreementPer30Days: 10 },
    approximateNumber: 40,
    presence: { mode: 'hidden', releaseDelayMs: 500 },
    consentIssuers: [],
    notice: { kind: 'immediate' },
    contest: { days: 30 },
    retention: { days: 90, disposal: 'delete' },
    noRedisclosure: true,
    verificationProcedure: 'The duty desk of social security calls back before anybody is sent.',
    dpiaReference: 'Impact assessment of the demo, section 4',
    notBeforeMs: beginMs,
    notAfterMs: beginMs + 365 * dayMs,
    signatures: [],
  })
}
