import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test, type TestContext } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { openRecordKeys } from '../../src/storage/record-keys/index.ts'
import { openStateReader } from '../../src/storage/sqlite/index.ts'
import { wantsLongRuns } from '../house/needs.ts'
import { checkHistory, type History } from './check-history.ts'
import { cliScript, startGateway } from './gateway-process.ts'
import { aimAt, type KillPhase, killPhases } from './kill-phases.ts'
import { type LoadClient, startLoad } from './load-client.ts'
import { formatAcknowledged, parseAcknowledged } from './load-messages.ts'
import { makeProvider, type ProviderFixture } from './provider-fixture.ts'

const connections = 24
const rounds = wantsLongRuns() ? 50 : 8
/** Acknowledged answers that a round is to have before its kill. */
const wantedAnswers = 500
/** On a slow machine the rounds share this time, and a round with this many answers may end. */
const shared = wantsLongRuns() ? undefined : { milliseconds: 24_000, leastAnswers: 60 }

interface Bench {
  readonly provider: ProviderFixture
  readonly load: LoadClient
  readonly history: History
}

async function prepare(t: TestContext, cases: number): Promise<Bench> {
  const provider = await makeProvider({ cases, publishSeconds: 0.3 })
  t.after(() => rmSync(provider.dir, { recursive: true, force: true }))
  const secretsFile = join(provider.dir, 'consumer.json')
  const acknowledgedFile = join(provider.dir, 'acknowledged.txt')
  writeFileSync(secretsFile, JSON.stringify(provider.consumer))
  writeFileSync(acknowledgedFile, '')
  const load = await startLoad({ secretsFile, acknowledgedFile, connections, againEvery: 20 })
  t.after(() => load[Symbol.asyncDispose]())
  const recordKeys = openRecordKeys({ path: join(provider.dir, 'keys/record') })
  const statePath = join(provider.dir, 'state.db')
  const vkey = provider.tax.logVerifierKey
  return { provider, load, history: { acknowledgedFile, statePath, vkey, recordKeys } }
}

/** One start that does not live to listen, for the phase that is aimed at it. */
async function killAtStart(provider: ProviderFixture, usualStartMs: number): Promise<void> {
  const gateway = startGateway(provider.configPath)
  await sleep(randomInt(Math.ceil(usualStartMs)))
  await gateway.kill()
}

/** Loads until the round has its answers, or its time is over and it has the fewest that count. */
async function loadEnough(load: LoadClient, endsAtMs: number | undefined): Promise<void> {
  const before = load.counts.answered
  const all = load.answered(before + wantedAnswers)
  if (shared === undefined || endsAtMs === undefined) return all
  await Promise.race([
    all,
    sleep(Math.max(0, endsAtMs - performance.now()), undefined, { ref: false }),
  ])
  await load.answered(before + shared.leastAnswers)
}

/** Whether the crash came between the commit of the state store and that of the head store. */
async function headTrails({ dir }: ProviderFixture): Promise<boolean> {
  using reader = openStateReader(join(dir, 'state.db'))
  const head = new DatabaseSync(join(dir, 'head.db'), { readOnly: true })
  const recorded = head.prepare('SELECT size FROM head').get()?.['size']
  head.close()
  return (await reader.head())?.size !== recorded
}

/** One round: start, load, a kill in the phase's moment. Returns how long the start took. */
async function runRound(
  { provider, load }: Bench,
  plan: {
    readonly phase: KillPhase
    readonly usualStartMs: number
    /** When the load may end, by `performance.now()`. */
    readonly endsAtMs: number | undefined
  },
  kills: Map<string, number>,
): Promise<number> {
  const note = (what: string): void => {
    kills.set(what, (kills.get(what) ?? 0) + 1)
  }
  const { phase, usualStartMs, endsAtMs } = plan
  if (phase === 'start') {
    await killAtStart(provider, usualStartMs)
    note('start')
  }
  if (phase === 'before-first-answer') {
    const gateway = startGateway(provider.configPath)
    await gateway.listening
    const sent = load.sent()
    load.run()
    await sent
    await gateway.kill()
    note('before-first-answer')
    await load.rest()
  }
  const startedAt = performance.now()
  const gateway = startGateway(provider.configPath)
  await gateway.listening
  const startMs = performance.now() - startedAt
  load.run()
  await loadEnough(load, endsAtMs)
  if (phase === 'idle') {
    await load.rest()
    await sleep(randomInt(200))
  } else if (phase === 'mid-load') {
    await sleep(randomInt(100))
  }
  const aimed = await aimAt(phase, provider.dir)
  await gateway.kill()
  const isMidLoad = phase === 'start' || phase === 'before-first-answer'
  note(isMidLoad ? 'mid-load' : aimed === 'hit' ? phase : `${phase} (missed)`)
  if (phase.endsWith('-commit') && (await headTrails(provider))) note('between the two commits')
  await load.rest()
  return startMs
}

test(`${rounds} × kill -9 under load: acknowledged ⊆ log, no answer is lost, doubled or without its entry`, async (t) => {
  const bench = await prepare(t, 180)
  const { provider, load } = bench
  const kills = new Map<string, number>()
  const startedAt = performance.now()
  const answersOf: number[] = []
  let usualStartMs = 1_000
  for (let round = 0; round < rounds; round += 1) {
    const phase = killPhases[round % killPhases.length] ?? 'mid-load'
    const now = performance.now()
    const left = startedAt + (shared?.milliseconds ?? 0) - now
    const endsAtMs = shared === undefined ? undefined : now + left / (rounds - round)
    const before = load.counts.answered
    usualStartMs = await runRound(bench, { phase, usualStartMs, endsAtMs }, kills)
    answersOf.push(load.counts.answered - before)
  }
  const last = startGateway(provider.configPath)
  await last.listening
  await load.finish()
  await last.stop()
  const seconds = (performance.now() - startedAt) / 1000
  const report = await checkHistory(bench.history)
  const { answered, broken, retried, again, strange } = load.counts
  console.log(`load process ${load.pid}, ${connections} connections, provider in ${provider.dir}`)
  console.log(`kill -9: ${[...kills].map(([phase, count]) => `${phase} ${count}`).join(', ')}`)
  console.log(
    `${rounds} rounds in ${seconds.toFixed(0)} s: ${answered} acknowledged answers` +
      ` (${Math.min(...answersOf)} to ${Math.max(...answersOf)} a round), ${broken} broken deliveries, ${retried} retried,` +
      ` ${again} asked again after an answer`,
  )
  console.log(JSON.stringify({ ...report, problems: report.problems.length }))
  assert.deepEqual(report.problems, [])
  assert.deepEqual(strange, [])
  assert.equal(report.exchanges, answered)
  assert.equal(report.answers, answered)
  assert.ok(Math.min(...answersOf) >= (shared?.leastAnswers ?? wantedAnswers))
  assert.ok(broken > 0 && retried > 0 && again > 0)
  const phases = killPhases.filter((phase) => (kills.get(phase) ?? 0) > 0)
  assert.ok(phases.length >= 5, `kills hit ${phases.join(', ')} only`)
  const verified = spawnSync(process.execPath, [
    cliScript,
    'log',
    'verify',
    join(provider.dir, 'log'),
  ])
  assert.equal(verified.status, 0, verified.stdout.toString())
})

/** A short, undisturbed history, for breaking. */
async function shortHistory(t: TestContext): Promise<History> {
  const { provider, load, history } = await prepare(t, 2)
  const gateway = startGateway(provider.configPath)
  await gateway.listening
  load.run()
  await load.answered(60)
  await load.finish()
  await gateway.stop()
  return history
}

/** A copy of a history to be spoilt; the copies go with the folder. */
function spoil(
  history: History,
  name: string,
  changes: {
    readonly store?: (db: DatabaseSync) => void
    readonly lines?: (lines: readonly string[]) => readonly string[]
  },
): History {
  const statePath = `${history.statePath}-${name}`
  const acknowledgedFile = `${history.acknowledgedFile}-${name}`
  cpSync(history.statePath, statePath)
  const db = new DatabaseSync(statePath)
  changes.store?.(db)
  db.close()
  const lines = readFileSync(history.acknowledgedFile, 'utf8').trimEnd().split('\n')
  writeFileSync(acknowledgedFile, `${(changes.lines?.(lines) ?? lines).join('\n')}\n`)
  return { ...history, statePath, acknowledgedFile }
}

/** The first acknowledged line with a change in what it claims. */
function changeFirst(
  change: (line: ReturnType<typeof parseAcknowledged>) => ReturnType<typeof parseAcknowledged>,
): (lines: readonly string[]) => readonly string[] {
  return ([first = '', ...others]) => [
    formatAcknowledged(change(parseAcknowledged(first))).trimEnd(),
    ...others,
  ]
}

test('the checker of the kill test sees every law broken', async (t) => {
  const history = await shortHistory(t)
  const good = await checkHistory(history)
  assert.deepEqual(good.problems, [])
  assert.ok(good.exchanges >= 60 && good.answers === good.exchanges)
  const first = parseAcknowledged(
    readFileSync(history.acknowledgedFile, 'utf8').split('\n', 1)[0] ?? '',
  )
  const other = first.exchangeId.startsWith('A') ? 'B' : 'A'
  const spoilt: readonly (readonly [string, RegExp, Parameters<typeof spoil>[2]])[] = [
    [
      'lost-newest-entry',
      /is not in the log|entries are missing/,
      { store: (db) => db.exec('DELETE FROM entry WHERE idx = (SELECT max(idx) FROM entry)') },
    ],
    [
      'lost-entry',
      /is not in the log|entries are missing/,
      { store: (db) => db.exec('DELETE FROM entry WHERE idx = 20') },
    ],
    [
      'changed-leaf',
      /is no beginning of the final log/,
      {
        store: (db) =>
          db.exec('UPDATE entry SET leaf = (SELECT leaf FROM entry WHERE idx = 5) WHERE idx = 0'),
      },
    ],
    ['older-head', /larger than the log/, { store: (db) => db.exec('UPDATE head SET size = 30') }],
    [
      'two-entries',
      /has 2 entries/,
      {
        store: (db) =>
          db.exec(`INSERT INTO entry SELECT (SELECT max(idx) + 1 FROM entry), leaf, sealed, time_ms
                     FROM entry WHERE idx = (SELECT max(idx) FROM entry);
                   UPDATE head SET size = size + 1`),
      },
    ],
    [
      'forgotten-answer',
      /has an entry but no answer/,
      { lines: (lines) => lines.filter((line) => !line.startsWith(first.exchangeId)) },
    ],
    [
      'fabricated-value',
      /results are not those of its entry/,
      {
        lines: changeFirst((line) => ({
          ...line,
          body: line.body.replace(/"value":(true|false)/, (_, was) =>
            was === 'true' ? '"value":false' : '"value":true',
          ),
        })),
      },
    ],
    [
      'untrue-answer',
      /not what the register holds/,
      { lines: changeFirst((line) => ({ ...line, expected: !line.expected })) },
    ],
    [
      'fabricated-exchange',
      /about something else/,
      {
        lines: changeFirst((line) => ({
          ...line,
          exchangeId: other + line.exchangeId.slice(1),
        })),
      },
    ],
    ['no-answer', /it is no answer/, { lines: changeFirst((line) => ({ ...line, body: '{}' })) }],
    [
      'different-bytes',
      /answered with different bytes/,
      {
        lines: (lines) => [
          ...lines,
          formatAcknowledged({ ...first, body: first.body.replace('"v":1', '"v":2') }).trimEnd(),
        ],
      },
    ],
    [
      'unsigned-checkpoint',
      /checkpoint is not signed/,
      {
        lines: changeFirst((line) => ({
          ...line,
          body: line.body.replace(/localhost\/log\/2026h2\\n\d+\\n/, (text) =>
            text.replace(/\d+\\n$/, '999\\n'),
          ),
        })),
      },
    ],
  ]
  for (const [name, expected, changes] of spoilt) {
    const { problems } = await checkHistory(spoil(history, name, changes))
    assert.ok(
      problems.some((problem) => expected.test(problem)),
      `${name}: ${problems.join(' | ') || 'nothing was noticed'}`,
    )
  }
})
