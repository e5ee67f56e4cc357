import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { appendFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import { openRecordKeys } from '../../../src/storage/record-keys/index.ts'
import { folderSource } from '../../../src/cli/index.ts'
import {
  describeProblem,
  openCheckpoint,
  parseVerifierKey,
  verifyLog,
} from '../../../src/log/verify/index.ts'
import { bestEd25519, nodeMlDsa44 } from '../../../src/platform/index.ts'
import { sendOnce } from '../../wire/wire-client.ts'
import { type AskedQuestion, type AskingConsumer, askingConsumer } from '../asking-consumer.ts'
import { checkHistory, type History } from '../check-history.ts'
import { cliScript, type GatewayEnd, type GatewayPlan, startGateway } from '../gateway-process.ts'
import { formatAcknowledged } from '../load-messages.ts'
import { makeProvider, type ProviderFixture } from '../provider-fixture.ts'

/** A provider with one clean life behind it, and a consumer that keeps every answer it gets. */
export interface FaultBench extends AsyncDisposable {
  readonly provider: ProviderFixture
  readonly consumer: AskingConsumer
  readonly history: History
  /** Asked and without an answer so far. */
  readonly open: AskedQuestion[]
  acknowledged: number
}

/** Makes a provider that has lived, answered and stopped once. */
export async function faultBench(publishSeconds: number): Promise<FaultBench> {
  const provider = await makeProvider({ publishSeconds })
  const acknowledgedFile = join(provider.dir, 'acknowledged.txt')
  writeFileSync(acknowledgedFile, '')
  const recordKeys = openRecordKeys({ path: join(provider.dir, 'keys/record') })
  const bench: FaultBench = {
    provider,
    consumer: askingConsumer(provider.consumer),
    history: {
      acknowledgedFile,
      recordKeys,
      statePath: join(provider.dir, 'state.db'),
      vkey: provider.tax.logVerifierKey,
    },
    open: [],
    acknowledged: 0,
    [Symbol.asyncDispose]: async () => rmSync(provider.dir, { recursive: true, force: true }),
  }
  const gateway = startGateway(provider.configPath)
  await gateway.listening
  await askMany(bench, 2)
  assert.equal((await gateway.stop()).exitCode, 0)
  return bench
}

/** Sends what is open, each once; keeps what is answered. Returns the codes of what was not. */
export async function sendOpen(bench: FaultBench): Promise<readonly string[]> {
  const { consumer, provider, history } = bench
  const refused: string[] = []
  for (const question of bench.open.splice(0)) {
    const { body, exchangeId, expected } = question
    const request = { headers: consumer.sign(body), body }
    const reply = await sendOnce(provider.consumer.authority, request).catch(() => undefined)
    if (reply?.status === 200) {
      const line = formatAcknowledged({ exchangeId, expected, body: reply.body })
      appendFileSync(history.acknowledgedFile, line)
      bench.acknowledged += 1
      continue
    }
    bench.open.push(question)
    refused.push(reply === undefined ? 'no response' : `${reply.status}`)
  }
  return refused
}

/** Asks `count` questions, one after the other: each is a batch of its own. */
export async function askMany(bench: FaultBench, count: number): Promise<readonly string[]> {
  const { cases } = bench.provider.consumer
  const refused: string[] = []
  for (let number = 0; number < count; number += 1) {
    const place = bench.acknowledged + bench.open.length
    const found = cases[place % cases.length]
    const subject = found?.subjects[place % 6]
    assert.ok(found !== undefined && subject !== undefined)
    const [question] = await bench.consumer.ask([{ case: found, subject }])
    assert.ok(question !== undefined)
    bench.open.push(question)
    refused.push(...(await sendOpen(bench)))
    if (refused.length > 2) return refused
  }
  return refused
}

/** One life under a fault: how it ended by itself, or `undefined` when it lived on and was stopped. */
export interface FaultedLife {
  readonly listened: boolean
  readonly end: GatewayEnd | undefined
  readonly acknowledged: number
  readonly refused: readonly string[]
}

/** What a life under a fault is to do before it is stopped. */
export interface FaultedPlan extends GatewayPlan {
  /** At least; it is asked on until the fault has struck. */
  readonly questions: number
  readonly hasStruck: () => boolean
  /** Whether it must end by itself: then it is waited for. */
  readonly mustEnd: boolean
  /** Else waited after the last question, for what is published behind. */
  readonly afterMs: number
}

/** So many questions meet every fault that there is, unless it is aimed at what never happens. */
const mostQuestions = 150
/** Milliseconds that a gateway may take to end: many times what it does. */
const longestEndMs = 120_000

/** Starts the gateway under a fault and asks until it has ended or nothing is left to do. */
export async function liveUnderFault(bench: FaultBench, plan: FaultedPlan): Promise<FaultedLife> {
  const before = bench.acknowledged
  const gateway = startGateway(bench.provider.configPath, plan)
  const listened = await gateway.listening.then(
    () => true,
    () => false,
  )
  let hasEnded = false
  void gateway.ended.then(() => (hasEnded = true))
  const refused: string[] = []
  const isEnough = (asked: number): boolean =>
    asked >= mostQuestions || (asked >= plan.questions && plan.hasStruck())
  for (let asked = 0; listened && !hasEnded && !isEnough(asked); asked += 1) {
    refused.push(...(await askMany(bench, 1)))
    if (refused.length > 2) break
    // What is published behind must have its turn.
    if (asked >= plan.questions) await sleep(100)
  }
  const waitMs = plan.mustEnd ? longestEndMs : plan.afterMs
  if (listened) await Promise.race([gateway.ended, sleep(waitMs, undefined, { ref: false })])
  const alone = hasEnded || !listened
  const end = alone ? await gateway.ended : undefined
  const result = { listened, end, acknowledged: bench.acknowledged - before, refused }
  if (!alone) await gateway.stop()
  return result
}

function indexesAreDense(statePath: string): boolean {
  const db = new DatabaseSync(statePath, { readOnly: true })
  const row = db.prepare('SELECT count(*) AS n, max(idx) AS top FROM entry').get()
  db.close()
  return Number(row?.['n']) === Number(row?.['top']) + 1
}

/** `cloison log verify` over what is published; what it said when it did not say "good". */
export function verifiedByCommand({ provider }: FaultBench): string | undefined {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [cliScript, 'log', 'verify', join(provider.dir, 'log')],
    { encoding: 'utf8' },
  )
  return status === 0 ? undefined : `exit ${status}: ${stdout}${stderr}`
}

/** The command's own code in this process; `earlier` is a note that was published before. */
async function verifyFolder(
  { provider }: FaultBench,
  earlier: Uint8Array | undefined,
): Promise<readonly string[]> {
  const log = parseVerifierKey(provider.tax.logVerifierKey)
  const algorithms = { ed25519: bestEd25519(), mlDsa44: nodeMlDsa44 }
  const since =
    earlier === undefined
      ? {}
      : { since: openCheckpoint(earlier, { log, witnesses: [], ...algorithms }).checkpoint }
  const report = await verifyLog(folderSource(join(provider.dir, 'log')), {
    keys: [log],
    policy: { logs: [], witnesses: [], quorum: { kind: 'none' } },
    strict: true,
    ...algorithms,
    ...since,
  })
  return report.problems.map(describeProblem)
}

/**
 * Starts the gateway without the fault, has everything answered that was asked, stops it, and holds
 * all of it against the laws. Every broken law is a sentence.
 */
export async function lawsAfter(bench: FaultBench): Promise<readonly string[]> {
  const { provider, history } = bench
  const published = join(provider.dir, 'log', 'checkpoint')
  const earlier = existsSync(published) ? new Uint8Array(readFileSync(published)) : undefined
  const gateway = startGateway(provider.configPath)
  const started = await gateway.listening.then(
    () => true,
    () => false,
  )
  if (!started) return [`it does not start again: ${(await gateway.ended).stderr}`]
  for (let turn = 0; turn < 3 && bench.open.length > 0; turn += 1) await sendOpen(bench)
  const unanswered = bench.open.length
  const { exitCode, stderr } = await gateway.stop()
  const broken: string[] = []
  if (unanswered > 0) broken.push(`${unanswered} questions are not answered after the restart`)
  if (exitCode !== 0) broken.push(`the restarted gateway ended with ${exitCode}: ${stderr}`)
  const { problems } = await checkHistory(history)
  broken.push(...problems)
  if (!indexesAreDense(history.statePath)) broken.push('the indexes of the entries have a gap')
  broken.push(...(await verifyFolder(bench, earlier)))
  return broken
}
