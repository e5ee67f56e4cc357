import { type Agreement, agreementDigest, compileAgreement } from '../../../agreement/index.ts'
import { encodeBase64, type JsonObject } from '../../../bytes/index.ts'
import type { ShownAgreement, ShownEvent } from '../../../web/index.ts'
import {
  sampleEmergencySource,
  sampleJoinSource,
  samplePersonSource,
  samplePopulationSource,
  signSample,
} from '../../sample-agreement.ts'

type Standing = ShownAgreement['standing']

const dayMs = 86_400_000

function event(kind: string, by: string, atMs: number, entry: number): ShownEvent {
  return { kind, by, atMs, cosignedAtMs: atMs + 2_000, log: 'tax.localhost/log/2026h2', entry }
}

function shown(
  agreement: Agreement,
  standing: Partial<Standing> & Pick<Standing, 'state'>,
  rest: Partial<ShownAgreement> = {},
): ShownAgreement {
  return {
    digest: encodeBase64(agreementDigest(agreement)),
    agreement,
    standing: { effectiveFromMs: null, suspendedBy: [], ...standing },
    lifts: [],
    events: [],
    use: null,
    ...rest,
  }
}

function named(source: JsonObject): Agreement {
  return compileAgreement(source)
}

/** Signed by the one who asks alone: the other's signature waits. */
function offered(source: JsonObject): Agreement {
  const whole = signSample(named(source))
  return {
    ...whole,
    signatures: whole.signatures.filter(({ organisation }) => organisation === whole.consumer),
  }
}

const protectedElements = [
  {
    name: 'care_degree',
    register: 'income',
    source: 'careDegree',
    answerType: 'attribute',
    predicate: null,
    category: 'special',
  },
  ...(
    [
      ['le', 3],
      ['ge', '2001-12-31'],
      ['gt', 18],
      ['eq', 'A2'],
      ['in', ['A', 'B']],
    ] as const
  ).map(([op, threshold]) => ({
    name: `answer_${op}`,
    register: 'income',
    source: `source_${op}`,
    answerType: 'predicate',
    predicate: { op, threshold: typeof threshold === 'object' ? [...threshold] : threshold },
    category: 'ordinary',
  })),
  {
    name: 'postcode',
    register: 'income',
    source: 'postcode',
    answerType: 'predicate',
    predicate: { op: 'equals-supplied', threshold: null },
    category: 'locating',
  },
] as const

/** About protected facts: consent, an issuer of it, and every way of asking. */
function careAgreement(): Agreement {
  return signSample(
    named(
      samplePersonSource({
        id: 'housing-tax-care',
        legalBasis: ['eu-gdpr:A6-1-e', 'eu-gdpr:A9-2-a'],
        dataElements: protectedElements.map((element) => ({ ...element })),
        presence: { mode: 'revealed' },
        consentIssuers: [
          {
            organisation: 'inspector',
            keyId: 'inspector/consent/00000000',
            publicKey: 'AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI=',
          },
        ],
        preconditions: [{ kind: 'recent-authentication', seconds: 600 }],
      }),
    ),
  )
}

/** The agreements of the fixture: one of each kind, and one in each state that an officer acts upon. */
export function fixtureAgreements(nowMs: number): readonly ShownAgreement[] {
  const rent = signSample(named(samplePersonSource()))
  const digest = encodeBase64(agreementDigest(rent))
  const supersedes = { id: 'housing-tax-rent', version: 1, digest }
  const caps = {
    perOfficialPerDay: 120,
    subjectsPerCase: 6,
    distinctSubjectsPer30Days: 300,
    perSubjectPer30Days: 6,
  }
  const next = offered(samplePersonSource({ version: 2, supersedes, caps }))
  const emergency = signSample(named(sampleEmergencySource({ id: 'housing-tax-emergency' })))
  const tables = signSample(named(samplePopulationSource({ id: 'housing-tax-tables' })))
  const join = signSample(named(sampleJoinSource({ id: 'housing-tax-join' })))
  const longAgo = nowMs - 200 * dayMs
  return [
    shown(
      rent,
      { state: 'active', effectiveFromMs: longAgo },
      {
        use: { distinctSubjectsPer30Days: 84, perAgreementPer30Days: 0 },
        events: [event('agreement.published', 'tax', longAgo, 3)],
      },
    ),
    shown(
      next,
      { state: 'offered' },
      { events: [event('agreement.offered', 'housing', nowMs, 40)] },
    ),
    shown(careAgreement(), { state: 'published', effectiveFromMs: nowMs + 9 * dayMs }),
    shown(
      emergency,
      { state: 'suspended', effectiveFromMs: longAgo, suspendedBy: ['housing'] },
      {
        lifts: ['AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI='],
        use: { distinctSubjectsPer30Days: 0, perAgreementPer30Days: 2 },
        events: [
          event('agreement.published', 'tax', longAgo, 5),
          { ...event('agreement.suspended', 'housing', nowMs, 41), cosignedAtMs: null },
        ],
      },
    ),
    shown(
      tables,
      { state: 'active', effectiveFromMs: longAgo },
      { use: { perYearMicroEpsilon: 300_000 } },
    ),
    shown(join, { state: 'terminated', effectiveFromMs: longAgo }),
  ]
}
