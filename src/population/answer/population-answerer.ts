import {
  canonicalBytes,
  encodeBase64,
  isJsonObject,
  type JsonObject,
  readCanonicalJson,
} from '../../bytes/index.ts'
import type { LoggedEntry, SignedRequest, SignedResponse } from '../../protocol/index.ts'
import type { PopulationParties, ReserveCommitted } from '../commit/index.ts'
import { deltaUnits } from '../ledger/index.ts'
import {
  mostAnswerBytes,
  parsePopulationQuestion,
  parsePreviewRequest,
  previewAnswerBytes,
  type PopulationQuestion,
  type PreviewRequest,
} from '../messages/index.ts'
import {
  canonicalQuery,
  elementsOf,
  queryDigest,
  type QueryRefusal,
  refuseQuery,
} from '../query/index.ts'
import { signRelease } from '../release/index.ts'
import { type AdmittedPeer, admitPeer, type Admission } from './admit-peer.ts'
import { NonceMemory } from './nonce-memory.ts'
import type { PopulationDeps } from './population-deps.ts'
import { previewAnswer } from './preview-answer.ts'
import { type ReleaseRun, ReleaseRuns, type ReservedQuestion } from './release-runs.ts'
import { RefusalQuota } from './refusal-quota.ts'
import { problemReply, signedReply } from './signed-reply.ts'
import { snapshotOf } from './snapshot.ts'
import type { Connection } from './verified-sender.ts'

/** How long an answer waits for its release before it says when that leaves. */
const patienceMs = 8_000

type Asked = AdmittedPeer<PopulationQuestion>

const questions: Admission<PopulationQuestion> = {
  parse: parsePopulationQuestion,
  placeOf: ({ query }) => ({
    id: query.agreement,
    version: query.version,
    register: query.registers[0],
  }),
  // A register that may be joined is not thereby one to make tables of.
  kinds: ['population'],
}

const previews: Admission<PreviewRequest> = {
  parse: parsePreviewRequest,
  placeOf: ({ agreement: id, version, query }) => ({
    id,
    version,
    register: query?.registers[0] ?? null,
  }),
  kinds: ['population', 'join'],
}

function partiesOf({ consumer, known, message }: Asked): PopulationParties {
  const { agreement, digest } = known
  const { query } = message
  return {
    exchangeId: message.exchangeId,
    consumer: consumer.id,
    agreement: { id: agreement.id, version: agreement.version, digest },
    purpose: agreement.purpose,
    legalBasis: agreement.legalBasis[0] ?? '',
    elements: elementsOf(query),
    analyst: message.analyst,
    query: encodeBase64(queryDigest(query)),
  }
}

function objectOf(bytes: Uint8Array): JsonObject {
  const json = readCanonicalJson(bytes, { maxBytes: mostAnswerBytes, maxDepth: 12 })
  if (isJsonObject(json)) return json
  throw new TypeError('a release is an object')
}

const standingWords: Readonly<Record<string, string>> = {
  TIME_LOCKED: 'the agreement waits for the end of its time lock',
  AGREEMENT_EXPIRED: 'the agreement has ended',
  AGREEMENT_SUSPENDED: 'the agreement is suspended',
  AGREEMENT_NOT_ACTIVE: 'the agreement is not in force',
  BUDGET_SPENT: 'the privacy budget has too little left for this question',
}

/**
 * Answers what peers ask about a population: verify → decide → reserve, durably → draw → read → one durable commit →
 * answer. One for a gateway.
 */
export class PopulationAnswerer {
  readonly #deps: PopulationDeps
  readonly #runs: ReleaseRuns
  readonly #nonces: NonceMemory
  readonly #quota: RefusalQuota

  constructor(deps: PopulationDeps) {
    this.#deps = deps
    this.#runs = new ReleaseRuns(deps)
    this.#nonces = new NonceMemory(deps.clock)
    this.#quota = new RefusalQuota(deps.clock)
  }

  /**
   * Serves `POST /v1/population-questions`. What cannot be attributed to a known organisation and agreement is counted
   * and refused; everything else is an entry before its first byte leaves. Never rejects.
   */
  question(request: SignedRequest, by: Connection): Promise<SignedResponse> {
    return this.#serve({ request, by }, questions, (asked) => this.#answer(asked, request))
  }

  /** Serves `POST /v1/population-previews`: reads public documents and counters alone, and writes nothing. */
  preview(request: SignedRequest, by: Connection): Promise<SignedResponse> {
    return this.#serve({ request, by }, previews, async ({ message, known, terms }) => {
      const canonical = message.query === null ? null : canonicalQuery(message.query)
      const answer = await previewAnswer(
        { ...message, query: canonical },
        { known, terms },
        this.#deps,
      )
      return signedReply(previewAnswerBytes(answer), request, this.#deps)
    })
  }

  async #serve<Message>(
    { request, by }: { readonly request: SignedRequest; readonly by: Connection },
    admission: Admission<Message>,
    answer: (admitted: AdmittedPeer<Message>) => Promise<SignedResponse>,
  ): Promise<SignedResponse> {
    const { countNoise, mayAnswer, isKeyCurrent } = this.#deps
    const refuse = (code: Parameters<typeof problemReply>[0]): SignedResponse => {
      countNoise(code)
      return problemReply(code, request, this.#deps)
    }
    const admitted = admitPeer(request, admission, { ...this.#deps, ...by }, this.#nonces)
    if (typeof admitted === 'string') return refuse(admitted)
    if (!mayAnswer()) return refuse('LOG_UNAVAILABLE')
    try {
      const response = await answer(admitted)
      return isKeyCurrent(admitted.keyId) ? response : refuse('PEER_UNKNOWN')
    } catch {
      return refuse('LOG_UNAVAILABLE')
    }
  }

  async #answer(given: Asked, request: SignedRequest): Promise<SignedResponse> {
    const query = canonicalQuery(given.message.query)
    const asked = { ...given, message: { ...given.message, query } }
    const standing = await this.#deps.refusalNow(asked.known)
    const refusal =
      standing === undefined
        ? refuseQuery(query, asked.terms)
        : { code: standing, path: '', message: standingWords[standing] ?? '' }
    if (refusal !== undefined) return this.#refuse(asked, refusal, request)
    const snapshot = snapshotOf(asked.terms.description, this.#deps.clock.now())
    const reserved = await this.#reserve(asked, snapshot)
    switch (reserved.state) {
      case 'refused':
        return this.#sendRefusal(
          asked,
          { code: reserved.code, path: '', message: standingWords[reserved.code] ?? '' },
          { entry: reserved.entry, spent: reserved.spent ?? null },
          request,
        )
      case 'released':
        return this.#handOn(asked, snapshot, request)
      case 'held':
      case 'reserved':
        return this.#run(this.#reservedQuestion(asked, snapshot, reserved), asked, request)
    }
  }

  async #reserve(asked: Asked, snapshot: string): Promise<ReserveCommitted> {
    const { query } = asked.message
    const { agreement } = asked.known
    const done = await this.#deps.writer.commit({
      type: 'population-reserve',
      parties: partiesOf(asked),
      population: asked.terms.description.population.name,
      snapshot,
      cost: {
        microEpsilon: query.microEpsilon,
        deltaUnits: deltaUnits(query.deltaExponent),
      },
      agreed: agreement.privacyBudget.perYearMicroEpsilon,
    })
    if (done.type !== 'population-reserve')
      throw new TypeError('the writer answered another intent')
    return done
  }

  #reservedQuestion(
    asked: Asked,
    snapshot: string,
    { spentBefore, spentAfter }: Extract<ReserveCommitted, { spentBefore: number }>,
  ): ReservedQuestion {
    const [name] = asked.message.query.registers
    const register = this.#deps.registers.get(name)
    if (register === undefined) throw new TypeError('an admitted question has a register')
    return {
      parties: partiesOf(asked),
      query: asked.message.query,
      terms: asked.terms,
      register,
      snapshot,
      spent: { before: spentBefore, after: spentAfter },
    }
  }

  async #run(
    question: ReservedQuestion,
    asked: Asked,
    request: SignedRequest,
  ): Promise<SignedResponse> {
    const run = this.#runs.start(question)
    const end = await Promise.race([run.ended, this.#patience()])
    if (end === undefined) return this.#pending(run, asked, request)
    if (end.state === 'failed') {
      this.#deps.countNoise('REGISTER_UNAVAILABLE')
      return problemReply('REGISTER_UNAVAILABLE', request, this.#deps)
    }
    return end.exchangeId === asked.message.exchangeId
      ? this.#sendRelease(asked, end, request)
      : this.#handOn(asked, question.snapshot, request)
  }

  async #patience(): Promise<undefined> {
    await this.#deps.timers.sleep(patienceMs)
    return undefined
  }

  #pending(run: ReleaseRun, { message }: Asked, request: SignedRequest): SignedResponse {
    const { exchangeId } = message
    const nowMs = this.#deps.clock.now()
    const body = { v: 1, exchangeId, state: 'pending', nowMs, releaseAtMs: run.slotMs }
    return signedReply(canonicalBytes(body), request, this.#deps)
  }

  /** A release that was made for another exchange: this one leaves its own entry. */
  async #handOn(asked: Asked, snapshot: string, request: SignedRequest): Promise<SignedResponse> {
    const done = await this.#deps.writer.commit({
      type: 'population-release',
      parties: partiesOf(asked),
      snapshot,
      release: undefined,
    })
    if (done.type !== 'population-release')
      throw new TypeError('the writer answered another intent')
    return this.#sendRelease(asked, done, request)
  }

  #sendRelease(
    { message }: Asked,
    { release, entry }: { readonly release: Uint8Array; readonly entry: LoggedEntry },
    request: SignedRequest,
  ): SignedResponse {
    const { key, ed25519 } = this.#deps
    const body = canonicalBytes({
      v: 1,
      exchangeId: message.exchangeId,
      state: 'released',
      release: objectOf(release),
      signature: { ...signRelease(release, { ...key, ed25519 }) },
      ...entryJson(entry),
    })
    return signedReply(body, request, this.#deps)
  }

  async #refuse(
    asked: Asked,
    refusal: QueryRefusal,
    request: SignedRequest,
  ): Promise<SignedResponse> {
    if (!this.#quota.take(asked.consumer.id)) {
      this.#deps.countNoise('QUOTA_EXCEEDED')
      return problemReply('QUOTA_EXCEEDED', request, this.#deps)
    }
    const parties = partiesOf(asked)
    const { code } = refusal
    const done = await this.#deps.writer.commit({ type: 'population-refuse', parties, code })
    if (done.type !== 'population-refuse') throw new TypeError('the writer answered another intent')
    return this.#sendRefusal(asked, refusal, { entry: done.entry, spent: null }, request)
  }

  #sendRefusal(
    { message }: Asked,
    { code, path, message: words }: QueryRefusal,
    by: {
      readonly entry: LoggedEntry
      readonly spent: Extract<ReserveCommitted, { state: 'refused' }>['spent'] | null
    },
    request: SignedRequest,
  ): SignedResponse {
    const { exchangeId } = message
    const spent = by.spent === undefined || by.spent === null ? null : { ...by.spent }
    const head = { v: 1, exchangeId, state: 'refused', code, path, message: words, spent }
    return signedReply(canonicalBytes({ ...head, ...entryJson(by.entry) }), request, this.#deps)
  }
}

function entryJson({ leaf, opening, inclusion, consistency }: LoggedEntry): JsonObject {
  return { leaf, opening: { ...opening }, inclusion, consistency: [...consistency] }
}
