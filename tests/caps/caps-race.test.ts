import assert from 'node:assert/strict'
import { randomInt } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import type { Caps } from '../../src/agreement/index.ts'
import { readCanonicalJson, utf8 } from '../../src/bytes/index.ts'
import { exchangeRecordSchema, type ExchangeRecord, readEntry } from '../../src/log/index.ts'
import { aesGcm, systemRandomness } from '../../src/platform/index.ts'
import type { ExchangeTransaction } from '../../src/person/index.ts'
import { openRecordKeys } from '../../src/storage/record-keys/index.ts'
import {
  createStateStore,
  openStateReader,
  openStateStore,
} from '../../src/storage/sqlite/index.ts'
import { clearOfMidnight } from '../house/clear-of-midnight.ts'
import { wantsLongRuns } from '../house/needs.ts'
import { askingConsumer, type AskWhere } from '../fault/asking-consumer.ts'
import type { CapsClientReport, CapsClientSettings, CapsClientWork } from './caps-client.ts'
import { startGateway } from '../fault/gateway-process.ts'
import { makeProvider, type ProviderFixture } from '../fault/provider-fixture.ts'

/** Rounds of questions, each in four cases of its own; a kill falls into every one of the first. */
const rounds = wantsLongRuns() ? 100 : 2
const casesEach = 4
const kills = wantsLongRuns() ? 20 : 1
const eachClient = wantsLongRuns() ? 500 : 80
/** Small enough that all of them are reached: the last people only in the last of the rounds. */
const approximateNumber = wantsLongRuns() ? 1_400 : 14
const caps: Caps = {
  perOfficialPerDay: 12,
  subjectsPerCase: 4,
  distinctSubjectsPer30Days: approximateNumber,
  perSubjectPer30Days: 4,
}

interface RacingClient {
  /** Delivers them all, whatever becomes of the gateway meanwhile. */
  race(bodies: CapsClientWork): Promise<CapsClientReport>
}

function startClient(settings: CapsClientSettings, t: TestContext): RacingClient {
  const worker = new Worker(new URL('caps-client.ts', import.meta.url), { workerData: settings })
  t.after(() => worker.terminate())
  return {
    race: (bodies) =>
      new Promise((resolve, reject) => {
        worker.once('error', reject)
        worker.once('message', (report: CapsClientReport) => {
          worker.off('error', reject)
          resolve(report)
        })
        worker.postMessage(bodies)
      }),
  }
}

/** Every answer that the log holds: what was spent, whatever the tables of counters say. */
async function answersIn({ dir }: ProviderFixture): Promise<readonly ExchangeRecord[]> {
  using reader = openStateReader(join(dir, 'state.db'))
  const recordKeys = openRecordKeys({ path: join(dir, 'keys/record') })
  const size = (await reader.head())?.size ?? 0
  const records: ExchangeRecord[] = []
  for (let index = 0; index < size; index += 1) {
    const entry = await readEntry(reader, index, { aead: aesGcm(systemRandomness), recordKeys })
    if (entry === undefined) continue
    const record = exchangeRecordSchema.safeParse(readCanonicalJson(utf8(entry.record))).data
    if (record?.kind === 'person.answered') records.push(record)
  }
  return records
}

/** The largest group, when items are grouped by a key and counted by different values. */
function most<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
  valueOf: (item: Item, place: number) => string | number,
): number {
  const groups = Map.groupBy(
    items.map((item, place) => [keyOf(item), valueOf(item, place)] as const),
    ([key]) => key,
  )
  return Math.max(0, ...[...groups.values()].map((one) => new Set(one.map(([, v]) => v)).size))
}

test('two clients race for the last of every cap while the gateway is killed: none is overspent', async (t) => {
  await clearOfMidnight()
  const provider = await makeProvider({
    cases: wantsLongRuns() ? rounds * casesEach : casesEach,
    terms: { caps, approximateNumber },
    config: (config) => ({
      ...config,
      limits: { ...config.limits, requests_per_peer_per_minute: 10_000_000 },
    }),
  })
  const secretsFile = join(provider.dir, 'consumer.json')
  writeFileSync(secretsFile, JSON.stringify(provider.consumer))
  let gateway = startGateway(provider.configPath)
  t.after(async () => {
    await gateway.kill()
    rmSync(provider.dir, { recursive: true, force: true })
  })
  await gateway.listening
  const consumer = askingConsumer(provider.consumer)
  const clients = [1, 2].map(() => startClient({ secretsFile, connections: 16 }, t))
  const { cases } = provider.consumer
  const placesOf = (round: number): readonly AskWhere[] => {
    const first = (round * casesEach) % cases.length
    return cases
      .slice(first, first + casesEach)
      .flatMap((one) => one.subjects.map((subject) => ({ case: one, subject })))
  }
  const asked = new Map<string, readonly [reference: string, subject: string]>()
  const reports: CapsClientReport[] = []
  for (let round = 0; round < rounds; round += 1) {
    const work = clients.map(async (client, offset) => {
      const where = Array.from({ length: eachClient }, (_, number) => {
        const places = placesOf(round)
        const place = places[((number + round) * 7 + offset) % places.length]
        return place ?? assert.fail()
      })
      const questions = await consumer.ask(where)
      for (const { exchangeId, core } of questions)
        asked.set(exchangeId, [core.case.reference, core.subject.value])
      reports.push(await client.race(questions.map(({ body }) => body)))
    })
    const all = Promise.all(work)
    if (round < kills) {
      await sleep(randomInt(400))
      await gateway.kill()
      gateway = startGateway(provider.configPath)
      await gateway.listening
    }
    await all
  }
  assert.equal((await gateway.stop()).exitCode, 0)

  const answers = await answersIn(provider)
  const spent = answers.map(({ exchangeId, official }) => {
    const [reference, subject] = asked.get(exchangeId) ?? assert.fail()
    return { exchangeId, official: official ?? '', reference, subject }
  })
  const one = (): string => ''
  const place = (_: unknown, at: number): number => at
  const table = [
    ['perOfficialPerDay', most(spent, (x) => x.official, place), caps.perOfficialPerDay],
    [
      'subjectsPerCase',
      most(
        spent,
        (x) => x.reference,
        (x) => x.subject,
      ),
      caps.subjectsPerCase,
    ],
    ['perSubjectPer30Days', most(spent, (x) => x.subject, place), caps.perSubjectPer30Days],
    ['distinctSubjectsPer30Days', most(spent, one, (x) => x.subject), approximateNumber],
  ] as const
  const broken = reports.reduce((sum, report) => sum + report.broken, 0)
  console.log(
    `${asked.size} reservations by 2 threads, kills: ${kills}, ${broken} broken deliveries, ${answers.length} answers`,
  )
  for (const [name, used, limit] of table)
    console.log(`  ${name.padEnd(25)} ${used} of ${limit}, overspent ${Math.max(0, used - limit)}`)
  for (const [name, used, limit] of table) assert.equal(used, limit, name)
  const codes = reports.flatMap((report) => Object.keys(report.codes))
  // After 5,000 denials a consumer gets no more entries of them in a day.
  const quota = wantsLongRuns() ? ['QUOTA_EXCEEDED'] : []
  assert.deepEqual(new Set(codes), new Set(['permit', 'CAP_EXCEEDED', ...quota]))
  assert.equal(new Set(spent.map(({ exchangeId }) => exchangeId)).size, spent.length)
})

test('a cap that is looked at outside of the commit is overspent; inside it is not', async (t) => {
  const dir = mkdtempSync(join(tmpdir(), 'cloison-caps-'))
  t.after(() => rmSync(dir, { recursive: true, force: true }))
  const path = join(dir, 'state.db')
  createStateStore(path)
  using store = openStateStore(path)
  using reader = openStateReader(path)
  const nowMs = 1_800_000_000_000
  const axesOf = (official: string, number: number) => ({
    consumer: 'housing',
    agreement: 'rent-support',
    official,
    caseHandle: `case-${number}`,
    subjectHandle: `subject-${number}`,
    bounds: [],
    locating: false,
    emergency: false,
  })
  const racers = Array.from({ length: 40 }, (_, number) => number)
  // A store takes one transaction after another.
  let turn = Promise.resolve()
  const inTurn = (work: (tx: ExchangeTransaction) => Promise<void>): Promise<void> => {
    turn = turn.then(() => store.transaction(work))
    return turn
  }
  const outside = racers.map(async (number) => {
    const axes = axesOf('careless', number)
    const { capUse } = await reader.capUse(axes, nowMs)
    if (capUse.officialToday >= caps.perOfficialPerDay) return
    await inTurn((tx) => tx.charge(axes, nowMs, 'all'))
  })
  await Promise.all(outside)
  const inside = racers.map((number) =>
    inTurn(async (tx) => {
      const axes = axesOf('careful', number)
      const { capUse } = await tx.capUse(axes, nowMs)
      const { officialToday } = capUse
      if (officialToday < caps.perOfficialPerDay) await tx.charge(axes, nowMs, 'all')
    }),
  )
  await Promise.all(inside)
  const spentBy = async (official: string): Promise<number> =>
    (await reader.capUse(axesOf(official, 99), nowMs)).capUse.officialToday
  assert.equal(await spentBy('careless'), racers.length)
  assert.equal(await spentBy('careful'), caps.perOfficialPerDay)
})
