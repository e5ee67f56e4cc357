import { encodeBase64 } from '../../bytes/index.ts'
import type { QuestionIntent } from '../../person/index.ts'
import { systemRandomness } from '../../platform/index.ts'
import {
  type AskedReceipt,
  makeExchangeId,
  type QuestionCore,
  questionDigest,
} from '../../protocol/index.ts'
import { benchCaseIssuer, benchElement } from '../fixture/bench-agreement.ts'
import { benchSubject } from '../fixture/bench-people.ts'
import { type LogWorld, worldPeople } from './log-world.ts'

/** Within the caps of the agreement: 200 questions an official a day, six subjects a case. */
const questionsPerOfficial = 150
const questionsPerCase = 4
/** As the one element of the benchmark's agreement has it. */
const benchBounds = ['income.annual_income below 24000']
/** Distance between the subjects of consecutive questions, prime, so that all of them come up. */
const subjectStep = 7919

/** A verified question as the gateway hands it to its writer, and its part that a check needs. */
export interface DecisionIntent {
  readonly intent: QuestionIntent
  readonly core: QuestionCore
}

/** What the intents of a round share. */
export interface IntentGround {
  readonly world: LogWorld
  /** A receipt of "asked": the commit does not look at it any more. */
  readonly askedReceipt: AskedReceipt
  /** Commitment of the consumer's entry, base64. */
  readonly askedCommitment: string
  readonly nowMs: number
}

function coreOf(place: number, { world, nowMs }: IntentGround): QuestionCore {
  const { agreement } = world.agreement
  return {
    v: 1,
    exchangeId: makeExchangeId(systemRandomness.bytes(16)),
    agreement: agreement.id,
    version: agreement.version,
    purpose: agreement.purpose,
    legalBasis: agreement.legalBasis[0] ?? '',
    elements: [benchElement],
    subject: { scheme: 'demo-nin', value: benchSubject((place * subjectStep) % worldPeople) },
    case: { reference: `RENT-${Math.floor(place / questionsPerCase)}`, token: 'a.b.c' },
    official: {
      pseudonym: `official-${Math.floor(place / questionsPerOfficial)}`,
      authTimeMs: nowMs - 60_000,
    },
    createdAtMs: nowMs,
  }
}

function factsOf(core: QuestionCore, { nowMs }: IntentGround): QuestionIntent['facts'] {
  const seconds = Math.floor(nowMs / 1000)
  return {
    clock: 'in-window',
    describedCategories: { [benchElement]: 'ordinary' },
    populationSize: worldPeople * 100,
    consent: { state: 'missing' },
    caseToken: {
      state: 'valid',
      claims: {
        iss: benchCaseIssuer,
        iat: seconds,
        exp: seconds + 600,
        case: core.case.reference,
        subject: core.subject,
        official: core.official.pseudonym,
        purpose: core.purpose,
        open: true,
      },
    },
    official: 'enrolled',
    askedReceipt: 'valid',
    subjectIdentifier: 'valid',
    registerScheme: 'demo-nin',
    confirmation: 'none',
    countersigned: false,
  }
}

/** A handle as the gateway's keyed digest has it: 32 bytes, base64. */
function handle(kind: number, place: number): string {
  const bytes = new Uint8Array(32)
  new DataView(bytes.buffer).setUint32(0, place)
  bytes[31] = kind
  return encodeBase64(bytes)
}

/** The question at `place` of a round, distinct, verified, looked up: what waits for its commit. */
export function decisionIntent(place: number, ground: IntentGround): DecisionIntent {
  const { trust } = ground.world
  const core = coreOf(place, ground)
  const question = { ...core, askedReceipt: ground.askedReceipt, lastSeenCheckpoint: null }
  const intent: QuestionIntent = {
    type: 'question',
    question,
    consumer: trust.consumer.id,
    questionDigest: encodeBase64(questionDigest(core)),
    nonce: {
      keyId: trust.consumer.gatewayKeyId,
      value: encodeBase64(systemRandomness.bytes(16)),
      expiresAtMs: ground.nowMs + 125_000,
    },
    facts: factsOf(core, ground),
    axes: {
      consumer: trust.consumer.id,
      agreement: core.agreement,
      official: core.official.pseudonym,
      caseHandle: handle(1, Math.floor(place / questionsPerCase)),
      subjectHandle: handle(2, (place * subjectStep) % worldPeople),
      bounds: benchBounds,
      locating: false,
      emergency: false,
    },
    consent: undefined,
    withheldHandle: handle(3, (place * subjectStep) % worldPeople),
    askedCommitment: ground.askedCommitment,
    // As long as a checkpoint is; a newer one each time, so that it is written each time.
    consumerHead: {
      origin: 'consumer.localhost/log',
      size: place + 1,
      checkpoint: 'x'.repeat(200),
    },
    lookUp: { state: 'done', results: [{ element: benchElement, value: place % 2 === 0 }] },
  }
  return { intent, core }
}
