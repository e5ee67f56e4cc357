import type { HttpClient, HttpRequest, HttpResponse } from '../../ports/index.ts'
import type { Faults } from './faults.ts'
import type { ProcessLife } from './process-life.ts'
import { type SeededRandom, shortDigest } from './seeded-random.ts'
import type { VirtualScheduler } from './virtual-scheduler.ts'

/** A process that takes requests. */
export interface SimServer {
  readonly life: ProcessLife
  receive(request: HttpRequest): Promise<HttpResponse>
}

/** Sees every message at the moment it leaves a process, whatever becomes of it then. */
export interface NetworkWatcher {
  requestLeft(from: string, host: string, request: HttpRequest): void
  responseLeft(host: string, request: HttpRequest, response: HttpResponse): void
}

/** What a simulated network needs. */
export interface NetworkDeps {
  readonly scheduler: VirtualScheduler
  readonly faults: Faults
  readonly random: SeededRandom
}

interface Exchange {
  readonly from: ProcessLife
  readonly host: string
  readonly request: HttpRequest
  settle(outcome: HttpResponse | Error): void
}

const partitionMs = { from: 2_000, to: 12_000 } as const

/** A network in memory: every message on its way is an event that a fault may strike. */
export class SimNetwork {
  readonly #deps: NetworkDeps
  readonly #servers = new Map<string, SimServer>()
  readonly #watchers: NetworkWatcher[] = []
  /** Until when a pair of hosts cannot reach each other. */
  readonly #partitions = new Map<string, number>()

  constructor(deps: NetworkDeps) {
    this.#deps = deps
  }

  /** Adds someone who sees every message. */
  watch(watcher: NetworkWatcher): void {
    this.#watchers.push(watcher)
  }

  /** Delivers what is sent to `host` to this server, until its life ends. */
  listen(host: string, server: SimServer): void {
    this.#servers.set(host, server)
    server.life.onEnd(() => {
      if (this.#servers.get(host) === server) this.#servers.delete(host)
    })
  }

  /** Cuts everything between two hosts for some seconds. */
  cut(one: string, other: string): void {
    const { random, scheduler } = this.#deps
    const untilMs = scheduler.nowMs + random.between(partitionMs.from, partitionMs.to)
    this.#partitions.set(pairOf(one, other), untilMs)
  }

  /** Lets everything through again. */
  heal(): void {
    this.#partitions.clear()
  }

  /** The client that a life sends with. */
  client(from: ProcessLife): HttpClient {
    return {
      send: async (request) => {
        const { promise, resolve, reject } = Promise.withResolvers<HttpResponse>()
        let isSettled = false
        const settle = (outcome: HttpResponse | Error): void => {
          if (isSettled || !from.isAlive) return
          isSettled = true
          if (outcome instanceof Error) reject(outcome)
          else resolve(outcome)
        }
        // The rejection is awaited below; until then nobody else looks at it.
        promise.catch(() => undefined)
        const exchange = { from, host: new URL(request.url).host, request, settle }
        await from.call('http.send', () => this.#launch(exchange))
        return promise
      },
    }
  }

  #launch(exchange: Exchange): void {
    const { faults, scheduler } = this.#deps
    const { from, host, request } = exchange
    for (const watcher of this.#watchers) watcher.requestLeft(from.name, host, request)
    const { timeoutMs } = request
    scheduler.after(timeoutMs, `${from.name} gives up`, () => exchange.settle(new Error('timeout')))
    this.#sendRequest(exchange)
    if (faults.strikes('message duplicated')) this.#sendRequest(exchange)
  }

  #sendRequest(exchange: Exchange): void {
    const { faults, scheduler } = this.#deps
    const { from, host, request } = exchange
    if (faults.strikes('request dropped') || this.#isCut(from.name, host)) return
    const name = `${from.name} > ${host} ${request.method} ${pathOf(request)}`
    const digest = shortDigest(request.body ?? new Uint8Array())
    scheduler.after(this.#transit(), `${name} ${digest}`, () => this.#deliver(exchange))
  }

  #deliver(exchange: Exchange): void {
    const { host, request } = exchange
    const server = this.#servers.get(host)
    if (server === undefined) return this.#reset(exchange, 'refused')
    server.life.onEnd(() => this.#reset(exchange, 'reset'))
    void server.receive(request).then(
      (response) => this.#respond(exchange, response),
      () => this.#respond(exchange, { status: 500, headers: {}, body: new Uint8Array() }),
    )
  }

  #respond(exchange: Exchange, response: HttpResponse): void {
    const { faults, scheduler } = this.#deps
    const { from, host, request } = exchange
    for (const watcher of this.#watchers) watcher.responseLeft(host, request, response)
    if (faults.strikes('response dropped') || this.#isCut(from.name, host)) return
    const name = `${host} > ${from.name} ${response.status} ${shortDigest(response.body)}`
    scheduler.after(this.#transit(), name, () => exchange.settle(response))
  }

  #reset(exchange: Exchange, reason: string): void {
    const name = `${exchange.host} > ${exchange.from.name} ${reason}`
    this.#deps.scheduler.after(this.#transit(), name, () => exchange.settle(new Error(reason)))
  }

  #transit(): number {
    const { faults, random } = this.#deps
    if (faults.strikes('message delayed')) return random.between(200, 8_000)
    return faults.strikes('message reordered') ? random.between(0, 60) : random.between(1, 3)
  }

  #isCut(one: string, other: string): boolean {
    return (this.#partitions.get(pairOf(one, other)) ?? 0) > this.#deps.scheduler.nowMs
  }
}

function pathOf(request: HttpRequest): string {
  const { pathname, search } = new URL(request.url)
  return `${pathname}${search}`
}

function pairOf(one: string, other: string): string {
  return [one, other].toSorted().join(' ')
}
