import { decodeUtf8 } from '../../bytes/index.ts'
import type { Ed25519 } from '../../crypto/index.ts'
import type { RecordKeys } from '../../log/index.ts'
import { parseTlogProof, type VerifierKey } from '../../log/verify/index.ts'
import { askOutcomeSchema, personQuestionPath } from '../../person/index.ts'
import type { Aead, HttpRequest, HttpResponse } from '../../ports/index.ts'
import {
  parsePersonAnswer,
  parsePersonDenial,
  parsePersonQuestion,
  type PersonAnswer,
  type PersonDenial,
  type PersonQuestion,
} from '../../protocol/index.ts'
import type { MemoryDisk } from '../memory-store/index.ts'
import type { NetworkWatcher } from '../simulator/index.ts'
import { AnswerOracle } from './answer-oracle.ts'
import { CheckpointOracle } from './checkpoint-oracle.ts'
import { ConsumerOracle } from './consumer-oracle.ts'
import type { ExchangeFacts } from './exchange-facts.ts'
import { ExchangeOracle } from './exchange-oracle.ts'
import { HistoryOracle } from './history-oracle.ts'
import type { Judge } from './judge.ts'
import { LogView } from './log-view.ts'
import { PublishedOracle } from './published-oracle.ts'

/** One gateway as it can be watched from outside, with the key that opens its entries. */
export interface WatchedGateway {
  readonly host: string
  readonly logKey: VerifierKey
  readonly recordKeys: RecordKeys
  readonly disk: MemoryDisk & {
    readonly files: ReadonlyMap<string, Uint8Array>
    readonly confirmed: ReadonlySet<string>
  }
}

/** What watching a simulation needs. */
export interface WatchDeps {
  readonly consumer: WatchedGateway
  readonly provider: WatchedGateway
  /** Where the provider forks: its other trees. */
  readonly forks?: readonly WatchedGateway[]
  /** Host of the witness. */
  readonly witness: string
  readonly facts: Omit<ExchangeFacts, 'questions'>
  readonly aead: Aead
  readonly ed25519: Ed25519
  readonly judge: Judge
}

/**
 * All oracles of a simulation. They see what leaves processes and what is on disks, never what the
 * code says about itself, and recompute everything from there.
 */
export class Watch implements NetworkWatcher {
  readonly #deps: WatchDeps
  readonly #questions = new Map<string, PersonQuestion>()
  readonly #views: { readonly consumer: LogView; readonly provider: LogView }
  readonly #checkpoints: CheckpointOracle
  readonly #answers: AnswerOracle
  readonly #exchanges: ExchangeOracle
  readonly #clients: ConsumerOracle
  readonly #published: readonly PublishedOracle[]
  readonly #histories: HistoryOracle

  constructor(deps: WatchDeps) {
    this.#deps = deps
    const { consumer, provider, judge, ed25519 } = deps
    this.#views = { consumer: this.#viewOf(consumer), provider: this.#viewOf(provider) }
    const logs = [
      { key: consumer.logKey, view: this.#views.consumer },
      { key: provider.logKey, view: this.#views.provider },
    ]
    this.#checkpoints = new CheckpointOracle(logs, ed25519, judge)
    this.#answers = new AnswerOracle({ view: this.#views.provider, disk: provider.disk }, judge)
    this.#exchanges = new ExchangeOracle({ ...deps.facts, questions: this.#questions }, judge)
    this.#clients = new ConsumerOracle(this.#views.consumer, judge)
    const forks = (deps.forks ?? []).map((fork) => this.#viewOf(fork))
    this.#histories = new HistoryOracle([this.#views.provider, ...forks], judge)
    this.#published = [
      new PublishedOracle(consumer.disk.files, this.#views.consumer, judge),
      new PublishedOracle(provider.disk.files, this.#views.provider, judge),
    ]
  }

  requestLeft(_from: string, host: string, request: HttpRequest): void {
    const { pathname } = new URL(request.url)
    if (pathname === '/add-checkpoint') this.#seeSubmission(request)
    const isQuestion = pathname === personQuestionPath && host === this.#deps.provider.host
    if (isQuestion) this.#seeQuestion(request)
  }

  responseLeft(host: string, request: HttpRequest, response: HttpResponse): void {
    const { pathname } = new URL(request.url)
    if (pathname.endsWith('/checkpoint') && response.status === 200) {
      this.#checkpoints.see(response.body)
    }
    if (pathname === personQuestionPath && host === this.#deps.provider.host) {
      this.#seeOutcome(response)
    }
    if (pathname === '/v1/ask' && response.status === 200) this.#seeAskOutcome(response)
    const isCosigned = pathname === '/add-checkpoint' && response.status === 200
    if (isCosigned && host === this.#deps.witness) this.#seeCosignature(request)
  }

  /** A client holds an outcome from now on. */
  clientHolds(key: string, outcome: ReturnType<typeof askOutcomeSchema.parse>): void {
    this.#clients.held(key, outcome)
    if (outcome.receipt !== null) this.#answers.held(outcome.receipt)
  }

  /** Everything that can be looked at between two events. */
  afterEvent(): void {
    this.#views.consumer.refresh()
    this.#takeEntries()
    for (const { disk } of [this.#deps.consumer, this.#deps.provider]) {
      this.#checkpoints.see(disk.tables.head?.checkpoint)
      this.#checkpoints.see(disk.head?.checkpoint)
    }
    this.#checkpoints.afterEvent()
    this.#answers.afterEvent()
    this.#histories.afterEvent(this.#deps.consumer.disk.tables.asks)
    for (const published of this.#published) published.afterEvent()
  }

  #viewOf({ host, disk, recordKeys }: WatchedGateway): LogView {
    const { aead, judge } = this.#deps
    return new LogView({ name: host, disk, recordKeys, aead, judge })
  }

  #taken = 0

  #takeEntries(): void {
    const { provider } = this.#views
    provider.refresh()
    const fresh = provider.entries.slice(this.#taken)
    if (fresh.length === 0) return
    this.#taken = provider.size
    this.#exchanges.entries(fresh)
    this.#exchanges.counters(this.#deps.provider.disk.tables)
  }

  #seeAskOutcome({ body }: HttpResponse): void {
    const outcome = askOutcomeSchema.parse(JSON.parse(decodeUtf8(body)))
    this.#clients.outcomeLeft(outcome)
    if (outcome.receipt === null) return
    this.#histories.accepted(parseTlogProof(outcome.receipt.inclusion).checkpoint)
  }

  #seeCosignature({ body }: HttpRequest): void {
    const text = decodeUtf8(body ?? new Uint8Array())
    const note = text.slice(text.indexOf('\n\n') + 2)
    if (note.startsWith(`${this.#deps.provider.logKey.name}\n`)) this.#histories.cosigned(note)
  }

  #seeSubmission({ body }: HttpRequest): void {
    const text = decodeUtf8(body ?? new Uint8Array())
    this.#checkpoints.see(text.slice(text.indexOf('\n\n') + 2))
  }

  #seeQuestion({ headers, body }: HttpRequest): void {
    // What a stranger sends is not signed, and asks nothing.
    if (headers['signature'] === undefined) return
    const question = parsePersonQuestion(body ?? new Uint8Array())
    this.#questions.set(question.exchangeId, question)
    this.#checkpoints.see(question.lastSeenCheckpoint)
    const { askedReceipt } = question
    if (askedReceipt !== undefined) {
      this.#checkpoints.see(parseTlogProof(askedReceipt.proof).checkpoint)
    }
  }

  #seeOutcome({ status, body }: HttpResponse): void {
    const outcome = outcomeIn(status, body)
    if (outcome === undefined) return
    this.#answers.outcomeLeft(outcome)
    this.#takeEntries()
    this.#exchanges.outcomeLeft(outcome, body)
    this.#checkpoints.see(parseTlogProof(outcome.inclusion).checkpoint)
  }
}

/** The outcome that a response carries; a problem without an entry carries none. */
function outcomeIn(status: number, body: Uint8Array): PersonAnswer | PersonDenial | undefined {
  if (status === 200) return parsePersonAnswer(body)
  const isProven = decodeUtf8(body).includes('"inclusion":')
  return isProven ? parsePersonDenial(body) : undefined
}
