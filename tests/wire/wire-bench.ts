import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { QuestionCore } from '../../src/protocol/index.ts'
import {
  type AskedQuestion,
  type AskingConsumer,
  askingConsumer,
  type AskWhere,
} from '../fault/asking-consumer.ts'
import { cliScript, type GatewayProcess, startGateway } from '../fault/gateway-process.ts'
import { makeProvider, type ProviderFixture } from '../fault/provider-fixture.ts'
import { sendOnce, type WireReply, type WireRequest } from './wire-client.ts'

/** Where gateways ask each other about one person. */
export const questionPath = '/v1/person-questions'

/** What a case must come to: its status, its code, and whether it leaves an entry. */
export type Expected = readonly [status: number, code: string, left: 'entry' | 'noise' | 'nothing']

/** Cases by name: what each must come to, and how its request is made. */
export type CaseTable = Readonly<
  Record<string, readonly [expected: Expected, make: () => Promise<WireRequest>]>
>

/** A signed delivery of a question. */
export interface Delivery extends WireRequest {
  readonly headers: Record<string, string>
  readonly body: Uint8Array
}

/** How much the log and the counters of noise hold. */
export interface Health {
  readonly logSize: number
  readonly noise: Readonly<Record<string, number>>
}

/** A real provider process, and a consumer that may send it anything. */
export interface WireBench extends AsyncDisposable {
  readonly provider: ProviderFixture
  readonly consumer: AskingConsumer
  readonly gateway: GatewayProcess
  readonly authority: string
  place(number: number): AskWhere
  /** A question that stands in the consumer's log; `change` alters it before. */
  question(number: number, change?: (core: QuestionCore) => QuestionCore): Promise<AskedQuestion>
  /** A delivery as the consumer would send it, signed over whatever its body is. */
  delivery(of: { readonly body: Uint8Array }): Delivery
  /** Sends, and keeps the reply for the search at the end. */
  send(request: WireRequest): Promise<WireReply>
  /** Keeps what came in another way for the search at the end. */
  keep(text: string): void
  health(): Promise<Health>
  /** Sends each case and holds status, code and what it leaves behind against the table. */
  holdTable(table: CaseTable): Promise<void>
  /** A good question gets its true answer. */
  assertAnswered(number: number): Promise<void>
  /**
   * Stops the gateway: it ends well, its published log verifies, and nothing that it ever said names a
   * person, a case or a token.
   */
  assertGoodEnd(): Promise<void>
}

/** Starts a provider, with these options of Node, and asks it a few good questions first. */
export async function openWire(nodeOptions: readonly string[] = []): Promise<WireBench> {
  const provider = await makeProvider({ cases: 8 })
  const { authority } = provider.consumer
  const consumer = askingConsumer(provider.consumer)
  const gateway = startGateway(provider.configPath, { nodeOptions })
  await gateway.listening
  const said: string[] = []

  function place(number: number): AskWhere {
    const { cases } = provider.consumer
    const found = cases[number % cases.length]
    const subject = found?.subjects[number % 6]
    assert.ok(found !== undefined && subject !== undefined)
    return { case: found, subject }
  }

  async function holdCase(
    name: string,
    [expected, make]: CaseTable[string] & object,
  ): Promise<void> {
    const [status, code, left] = expected
    const request = await make()
    const before = await bench.health()
    const reply = await bench.send(request)
    const after = await bench.health()
    assert.equal(reply.status, status, `${name}: ${reply.body}`)
    assert.equal(JSON.parse(reply.body).code, code, name)
    assert.equal(after.logSize - before.logSize, left === 'entry' ? 1 : 0, name)
    const counted = (after.noise[code] ?? 0) - (before.noise[code] ?? 0)
    assert.equal(counted, left === 'noise' ? 1 : 0, name)
  }

  const bench: WireBench = {
    provider,
    consumer,
    gateway,
    authority,
    place,
    async question(number, change = (core) => core) {
      const [asked] = await consumer.ask([place(number)], change)
      return asked ?? assert.fail()
    },
    delivery: ({ body }) => ({ headers: consumer.sign(body), body }),
    async send(request) {
      const reply = await sendOnce(authority, request)
      said.push(reply.body + reply.rawHeaders.join('\n'))
      return reply
    },
    keep: (text) => void said.push(text),
    async health() {
      const { body } = await sendOnce(provider.adminAddress, { method: 'GET', path: '/readyz' })
      const health: Health = JSON.parse(body)
      return health
    },
    async holdTable(table) {
      for (const [name, one] of Object.entries(table)) await holdCase(name, one)
    },
    async assertAnswered(number) {
      const asked = await bench.question(number)
      const reply = await sendOnce(authority, bench.delivery(asked))
      assert.equal(reply.status, 200, reply.body)
      assert.equal(JSON.parse(reply.body).results[0].value, asked.expected)
    },
    async assertGoodEnd() {
      for (let number = 0; number < 8; number += 1) await bench.assertAnswered(number)
      await sleep(1_500)
      const { exitCode, stderr, stdout } = await gateway.stop()
      assert.deepEqual([exitCode, stderr], [0, ''])
      const log = join(provider.dir, 'log')
      const verified = spawnSync(process.execPath, [cliScript, 'log', 'verify', log])
      assert.equal(verified.status, 0, verified.stdout.toString())
      searchFor(secretsOf(provider), [stderr, stdout, ...said])
    },
    async [Symbol.asyncDispose]() {
      await gateway.kill()
      rmSync(provider.dir, { recursive: true, force: true })
    },
  }
  for (let number = 0; number < 8; number += 1) await bench.assertAnswered(number)
  return bench
}

/** What nothing may quote: who and which case it is about, tokens, and how this machine is laid out. */
function secretsOf({ consumer, callerToken, dir }: ProviderFixture): readonly string[] {
  const { cases } = consumer
  return [
    ...cases.flatMap(({ subjects }) => subjects.map(({ value }) => value)),
    ...cases.map(({ reference }) => reference),
    callerToken,
    dir,
    'node_modules',
    '    at ',
  ]
}

function searchFor(secrets: readonly string[], said: readonly string[]): void {
  for (const text of said) {
    for (const secret of secrets) assert.ok(!text.includes(secret), `"${secret}" in ${text}`)
  }
  console.log(`${said.length} replies to bad input searched for ${secrets.length} secrets`)
}
