import { type ClientOptions, sendJson } from './send-json.ts'
import type { JoinClientPreview, JoinOutcome, JoinRefused, JoinRequest } from './join-types.ts'
import type {
  StatisticsOutcome,
  StatisticsPending,
  StatisticsPreview,
  StatisticsRequest,
} from './statistics-types.ts'

/** How waiting is done, and who hears of it. */
export interface RunOptions {
  /** Resolves after that many milliseconds; the caller's timers. */
  readonly sleep: (ms: number) => Promise<void>
  /** Told each time the release is still awaited. */
  readonly onPending?: (pending: StatisticsPending) => void
}

/** How waiting for a table over two registers is done, and who hears of it. */
export interface JoinRunOptions extends Pick<RunOptions, 'sleep'> {
  /** Told each time the run is still on its way. */
  readonly onProgress?: (running: Extract<JoinOutcome, { state: 'running' }>) => void
}

/** A run that is over. */
export type EndedJoin = Exclude<JoinOutcome, { state: 'running' }>

/** Asks for tables through the organisation's own gateway. No method selects or returns a person. */
export interface StatisticsClient {
  /** What a question would cost and give; without a query, what is left. Spends nothing. @throws {@link CloisonProblem} */
  preview(
    request: Omit<StatisticsRequest, 'query'> & Partial<Pick<StatisticsRequest, 'query'>>,
  ): Promise<StatisticsPreview>
  /**
   * Asks, and asks the same again until there is an outcome: that costs nothing.
   *
   * @throws {@link CloisonProblem}
   */
  run(request: StatisticsRequest, options: RunOptions): Promise<StatisticsOutcome>
  /** An outcome of before, by its exchange id. @throws {@link CloisonProblem} */
  result(exchangeId: string, analyst?: string): Promise<StatisticsOutcome>
  /** What a question over two registers would cost and give, and who must agree. @throws {@link CloisonProblem} */
  previewJoin(request: JoinRequest): Promise<JoinClientPreview>
  /**
   * Asks over two registers, and waits until there is an outcome. The same question again is the run of before.
   *
   * @throws {@link CloisonProblem}
   */
  runJoin(request: JoinRequest, options: JoinRunOptions): Promise<EndedJoin | JoinRefused>
  /** How far a question over two registers is, or what came of it. @throws {@link CloisonProblem} */
  joinResult(qid: string, analyst?: string): Promise<JoinOutcome>
}

const longestPauseMs = 1_000
const shortestPauseMs = 100

/** A client of one gateway's interface for analysts (`docs/reference/openapi.json`). */
export function statisticsClient(options: ClientOptions): StatisticsClient {
  const post = <Reply>(path: string, body: object): Promise<Reply> =>
    sendJson<Reply>(options, path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  const joinResult = (qid: string, analyst?: string): Promise<JoinOutcome> =>
    post('/v1/statistics/joins/result', { qid, ...(analyst !== undefined && { analyst }) })
  return {
    joinResult,
    previewJoin: (request) => post('/v1/statistics/joins/previews', request),
    async runJoin(request, { sleep, onProgress }) {
      const asked = await post<
        { readonly state: 'begun' | 'held'; readonly qid: string } | JoinRefused
      >('/v1/statistics/joins', request)
      if (asked.state === 'refused') return asked
      let outcome = await joinResult(asked.qid, request.analyst)
      while (outcome.state === 'running') {
        onProgress?.(outcome)
        await sleep(longestPauseMs)
        outcome = await joinResult(asked.qid, request.analyst)
      }
      return outcome
    },
    preview: (request) => post('/v1/statistics/previews', request),
    async run(request, { sleep, onPending }) {
      let answer = await post<StatisticsOutcome | StatisticsPending>('/v1/statistics', request)
      while (answer.state === 'pending') {
        onPending?.(answer)
        const { exchangeId, nowMs, releaseAtMs } = answer
        await sleep(Math.min(longestPauseMs, Math.max(shortestPauseMs, releaseAtMs - nowMs)))
        answer = await post('/v1/statistics', { ...request, exchangeId })
      }
      return answer
    },
    async result(exchangeId, analyst) {
      const body = { exchangeId, ...(analyst !== undefined && { analyst }) }
      return (await post<{ readonly answer: StatisticsOutcome }>('/v1/statistics/result', body))
        .answer
    },
  }
}
