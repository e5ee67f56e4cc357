import { encodeBase64, utf8 } from '../../bytes/index.ts'
import { hmacSha256 } from '../../crypto/index.ts'
import { capScope, type PersonAgreement, thresholdBound } from '../../agreement/index.ts'
import {
  type CapAxes,
  caseHandle,
  neighbourDigests,
  officialPseudonym,
  type QuestionIntent,
} from '../../person/index.ts'
import {
  makeDemoNin,
  parseExchangeId,
  type PersonQuestion,
  questionDigest,
  type SubjectReference,
} from '../../protocol/index.ts'
import {
  type RehearsalAgreement,
  rehearsalIssuer,
  rehearsalPopulation,
} from './rehearsal-agreement.ts'
import { numbered, numberedDigest, type RehearsalHouse } from './rehearsal-house.ts'

/** One question of the rehearsal. */
export interface RehearsedQuestion {
  /** From 0. */
  readonly official: number
  /** The number in the subject's identifier, 1 to 99,999,999. */
  readonly person: number
  readonly agreement: RehearsalAgreement
  readonly elements: readonly string[]
  readonly case: string
  readonly kin: boolean
  /** Whether anything follows in the case; the case source counts where nothing does. */
  readonly isFollowed: boolean
  readonly isAbuse: boolean
}

type QuestionFacts = QuestionIntent['facts']

/** What makes questions into what a gateway hands to its writer. */
export type MakeIntent = (
  question: RehearsedQuestion,
  facts: { readonly idle: number; readonly number: number },
) => QuestionIntent

const identityOf = (person: number): SubjectReference => ({
  scheme: 'demo-nin',
  value: makeDemoNin(person),
})

/** What one intent is made of. */
interface Parts {
  readonly question: RehearsedQuestion
  readonly agreement: PersonAgreement
  readonly official: string
  readonly subject: SubjectReference
  readonly nowMs: number
  readonly number: number
}

function messageOf({
  question,
  agreement,
  official,
  subject,
  nowMs,
  number,
}: Parts): PersonQuestion {
  return {
    v: 1,
    exchangeId: parseExchangeId(numbered('exchange', number)),
    agreement: agreement.id,
    version: agreement.version,
    purpose: agreement.purpose,
    legalBasis: 'eu-gdpr:A6-1-e',
    elements: question.elements,
    subject,
    case: { reference: question.case, token: 'read before' },
    official: { pseudonym: official, authTimeMs: nowMs - 60_000 },
    lastSeenCheckpoint: null,
    createdAtMs: nowMs,
  }
}

/** Message, token and receipt are good; the case is one that the case source vouches for. */
function factsOf({ question, agreement, official, subject, nowMs }: Parts): QuestionFacts {
  const seconds = Math.floor(nowMs / 1000)
  return {
    clock: 'in-window',
    describedCategories: Object.fromEntries(
      agreement.dataElements.map(({ name, category }) => [name, category]),
    ),
    populationSize: rehearsalPopulation,
    consent: { state: 'missing' },
    caseToken: {
      state: 'valid',
      claims: {
        iss: rehearsalIssuer,
        iat: seconds,
        exp: seconds + 900,
        case: question.case,
        subject,
        official,
        purpose: agreement.purpose,
        open: true,
      },
    },
    official: 'enrolled',
    askedReceipt: 'valid',
    subjectIdentifier: 'valid',
    registerScheme: 'demo-nin',
    countersigned: false,
    confirmation: 'none',
  }
}

function axesOf({ question, agreement, official }: Parts, handleKey: Uint8Array): CapAxes {
  const asked = agreement.dataElements.filter(({ name }) => question.elements.includes(name))
  // A plain keyed digest: the gateway's random function would cost more than all the rest.
  const handle = hmacSha256(handleKey, utf8(`subject ${question.person}`))
  return {
    consumer: 'housing',
    agreement: capScope(agreement, [agreement]),
    official,
    caseHandle: caseHandle(handleKey, 'housing', question.case),
    subjectHandle: encodeBase64(handle),
    bounds: asked.flatMap((element) => thresholdBound(element) ?? []),
    locating: false,
    emergency: false,
  }
}

/** Axes on which nothing has been counted before, nor will be again. */
function uncounted(axes: CapAxes, number: number): CapAxes {
  const apart = `twin-${number}`
  return {
    ...axes,
    consumer: apart,
    agreement: apart,
    official: apart,
    caseHandle: numberedDigest('case', number),
    subjectHandle: numberedDigest('subject', number),
  }
}

/**
 * Makes intents as `serveQuestion` does once message, token and receipt are good, which they are here. With
 * `isUncounted`, the twin without caps: what is counted on is another one at each question.
 */
export function intentMaker(house: RehearsalHouse, isUncounted: boolean): MakeIntent {
  return (question, { idle, number }) => {
    const agreement = house.agreements.get(question.agreement)?.agreement
    if (agreement?.kind !== 'person') throw new TypeError('the agreement is about persons')
    const official = officialPseudonym(house.handleKey, 'tax', `official ${question.official}`)
    const nowMs = house.clock.now()
    const subject = identityOf(question.person)
    const parts = { question, agreement, official, subject, nowMs, number }
    const message = messageOf(parts)
    const axes = axesOf(parts, house.handleKey)
    const { consumer, agreement: scope, subjectHandle, caseHandle: ofCase, bounds } = axes
    return {
      type: 'question',
      question: message,
      consumer,
      questionDigest: encodeBase64(questionDigest(message)),
      nonce: { keyId: 'housing', value: numbered('nonce', number), expiresAtMs: nowMs + 120_000 },
      axes: isUncounted ? uncounted(axes, number) : axes,
      consent: undefined,
      askedCommitment: undefined,
      consumerHead: undefined,
      withheldHandle: undefined,
      facts: factsOf(parts),
      trace: {
        side: 'provider',
        consumer,
        provider: 'tax',
        agreement: scope,
        official,
        subject: subjectHandle,
        caseHandle: ofCase,
        elements: question.elements,
        bounds,
        near: neighbourDigests(house.handleKey, subject),
        kin: question.kin,
        idle,
      },
      lookUp: {
        state: 'done',
        results: question.elements.map((element) => ({
          element,
          value: element === 'tax_year' ? 2025 : true,
        })),
      },
    }
  }
}
