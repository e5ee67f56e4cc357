import { type HttpPlace, openHttpConnection } from './http-connection.ts'
import type { PreparedRequest, ReceivedResponse } from './prepared-request.ts'

/** Where and for how long the load runs. */
export interface LoopPlan {
  readonly to: HttpPlace
  readonly connections: number
  readonly seconds: number
}

/** An answer that is checked after the timed section. */
export interface SampledAnswer {
  readonly request: PreparedRequest
  readonly response: ReceivedResponse
}

/** What a round of load saw. */
export interface LoopReport {
  readonly answered: number
  /** Answers with another status than 200. */
  readonly refused: number
  /** From the first request to the last answer. */
  readonly seconds: number
  /** Milliseconds from a request's first byte to its answer's last, one for every answer. */
  readonly latenciesMs: Float64Array
  readonly sampled: readonly SampledAnswer[]
}

interface Tally {
  refused: number
  readonly latenciesMs: number[]
  readonly sampled: SampledAnswer[]
}

async function loop(
  next: () => PreparedRequest | undefined,
  plan: LoopPlan,
  tally: Tally,
): Promise<void> {
  using connection = await openHttpConnection(plan.to)
  for (let request = next(); request !== undefined; request = next()) {
    const begun = performance.now()
    const response = await connection.send(request.bytes)
    tally.latenciesMs.push(performance.now() - begun)
    if (response.status !== 200) tally.refused += 1
    if (request.check !== undefined) tally.sampled.push({ request, response })
  }
}

/**
 * Sends the requests over kept connections, on each the next one when the last was answered, until
 * the time is over or there are no more. Each request is sent once.
 */
export async function runClosedLoop(
  requests: readonly PreparedRequest[],
  plan: LoopPlan,
): Promise<LoopReport> {
  const tally: Tally = { refused: 0, latenciesMs: [], sampled: [] }
  const begun = performance.now()
  const until = begun + plan.seconds * 1000
  let at = 0
  const next = (): PreparedRequest | undefined => {
    if (performance.now() >= until) return undefined
    at += 1
    return requests[at - 1]
  }
  await Promise.all(Array.from({ length: plan.connections }, () => loop(next, plan, tally)))
  return {
    answered: tally.latenciesMs.length,
    refused: tally.refused,
    seconds: (performance.now() - begun) / 1000,
    latenciesMs: Float64Array.from(tally.latenciesMs),
    sampled: tally.sampled,
  }
}
