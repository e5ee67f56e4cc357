import assert from 'node:assert/strict'
import { rmSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import type { PersonAgreement } from '../../src/agreement/index.ts'
import { encodeHex } from '../../src/bytes/index.ts'
import { systemRandomness } from '../../src/platform/index.ts'
import { type AskedQuestion, askingConsumer } from '../fault/asking-consumer.ts'
import { startGateway } from '../fault/gateway-process.ts'
import { makeProvider, type ProviderFixture } from '../fault/provider-fixture.ts'
import { sendOnce } from '../wire/wire-client.ts'
import { openSlowRegister, type SlowPerson } from './slow-register.ts'
import { largestT, telling, welchT } from './welch.ts'

const kinds = ['absent', 'empty', 'false', 'true', 'restricted'] as const
type Kind = (typeof kinds)[number]

/** A register that anybody could read off a clock: the more it holds, the longer it takes. */
const people: Readonly<Record<Kind, SlowPerson>> = {
  absent: { row: null, takesMs: 0 },
  empty: { row: { annual_income: null }, takesMs: 60 },
  false: { row: { annual_income: 60_000 }, takesMs: 120 },
  true: { row: { annual_income: 9_000 }, takesMs: 240 },
  // What is held would be a true answer; the officer has restricted it.
  restricted: { row: { annual_income: 9_000 }, takesMs: 240 },
}

const eachKind = process.env['CLOISON_TEST_ALL'] === '1' ? 300 : 24
/** Far above the slowest look-up, so that a busy machine does not make it miss its slot. */
const releaseDelayMs = 1_200
/**
 * Ten pairs of kinds are compared at four cuts each, so that chance alone tells a pair once in some thousand measurements. The
 * questions come in random order, whatever the machine does: chance does not tell in so many measurements in a row, what
 * is held would.
 */
const mostMeasurements = 4

interface Measured {
  readonly ms: number
  readonly status: number
  readonly value: unknown
  /** Bytes of the whole reply without its receipt, whose length only tells how large the log is. */
  readonly size: number
  readonly padding: number
}

type Times = Readonly<Record<Kind, readonly Measured[]>>

interface MeasurePlan {
  readonly presence: PersonAgreement['presence']
  /** About whom is asked. */
  readonly kinds: readonly Kind[]
  /** How many ask at a time. */
  readonly askers: number
  /** Most rounds, and what ends them before. */
  readonly rounds: number
  readonly isEnough: (measured: Times) => boolean
}

/** Asks `eachKind` questions of every kind a round, in random order, through a gateway process. */
async function measure({
  presence,
  kinds: about,
  askers,
  rounds,
  isEnough,
}: MeasurePlan): Promise<Times> {
  const kindOf = new Map<string, Kind>()
  await using register = await openSlowRegister((id) => people[kindOf.get(id) ?? 'absent'])
  const provider = await makeProvider({
    cases: 16,
    presence,
    config: (config) => ({
      ...config,
      registers: {
        income: {
          kind: 'http',
          url: register.url,
          token_file: 'keys/register.token',
          description_file: 'income.json',
        },
      },
    }),
  })
  const token = join(provider.dir, 'keys', 'register.token')
  await writeFile(token, 'a-token-for-the-register\n', { mode: 0o600 })
  const gateway = startGateway(provider.configPath)
  try {
    await gateway.listening
    const places = provider.consumer.cases.flatMap((one) =>
      one.subjects.map((subject) => ({ case: one, subject })),
    )
    for (const [number, { subject }] of places.entries())
      kindOf.set(subject.value, about[number % about.length] ?? 'absent')
    const consumer = askingConsumer(provider.consumer)
    const wanted = Array.from({ length: eachKind * about.length }, (_, number) => {
      const place = places[number % places.length]
      return place ?? assert.fail()
    })
    // The first ones find everything cold, whoever they are about.
    const warmUp = await consumer.ask(places.slice(0, askers))
    const send = (question: AskedQuestion): Promise<Measured> =>
      timed(provider.consumer.authority, { question, headers: consumer.sign(question.body) })
    await Promise.all(warmUp.map(send))
    for (const { subject } of places)
      if (kindOf.get(subject.value) === 'restricted') await restrict(provider, subject.value)
    const results: Record<Kind, Measured[]> = {
      absent: [],
      empty: [],
      false: [],
      true: [],
      restricted: [],
    }
    for (let round = 0; round < rounds && !isEnough(results); round += 1) {
      const asked = shuffled(await consumer.ask(wanted))
      const askNext = async (): Promise<void> => {
        for (let question = asked.pop(); question !== undefined; question = asked.pop()) {
          const kind = kindOf.get(question.core.subject.value) ?? 'absent'
          results[kind].push(await send(question))
        }
      }
      await Promise.all(Array.from({ length: askers }, askNext))
    }
    return results
  } finally {
    await gateway.kill()
    rmSync(provider.dir, { recursive: true, force: true })
  }
}

/** The data protection officer's act about one person, as `cloison subject restrict` sends it. */
async function restrict(provider: ProviderFixture, value: string): Promise<void> {
  const subject = { scheme: 'demo-nin', value }
  const { status, body } = await sendOnce(provider.adminAddress, {
    path: '/v1/restrictions',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${provider.callerToken}`,
    },
    body: Buffer.from(JSON.stringify({ v: 1, subject, restricted: true })),
  })
  assert.equal(status, 200, body)
}

function shuffled(questions: readonly AskedQuestion[]): AskedQuestion[] {
  return questions
    .map((question) => ({ question, key: encodeHex(systemRandomness.bytes(8)) }))
    .toSorted((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ question }) => question)
}

async function timed(
  authority: string,
  {
    question,
    headers,
  }: { readonly question: AskedQuestion; readonly headers: Record<string, string> },
): Promise<Measured> {
  const begin = performance.now()
  const { status, body, rawHeaders } = await sendOnce(authority, { headers, body: question.body })
  const ms = performance.now() - begin
  const { results, padding = '', inclusion = '', consistency = [] } = JSON.parse(body)
  const receipt = JSON.stringify([inclusion, consistency]).length
  // The length that is announced is that of body and receipt.
  const fields = rawHeaders.flatMap((value, place) =>
    place % 2 === 1 && !/^content-length$/i.test(rawHeaders[place - 1] ?? '') ? [value.length] : [],
  )
  const size = fields.reduce((sum, one) => sum + one, 0) + Buffer.byteLength(body) - receipt
  return { ms, status, value: results?.[0]?.value, size, padding: padding.length }
}

function timesOf(measured: Times, kind: Kind): readonly number[] {
  return measured[kind].map(({ ms }) => ms)
}

/** Prints a line for every two kinds and gives the largest t of all. */
function compare(name: string, measured: Times): number {
  const found = kinds.filter((kind) => measured[kind].length > 0)
  const means = found.map((kind) => {
    const times = timesOf(measured, kind)
    return `${kind} ${(times.reduce((sum, one) => sum + one, 0) / times.length).toFixed(1)} ms`
  })
  const fewest = Math.min(...found.map((kind) => measured[kind].length))
  console.log(`${name}, ${fewest} or more of each: ${means.join(', ')}`)
  const pairs = found.flatMap((one, place) =>
    found.slice(place + 1).map((other) => [one, other] as const),
  )
  const values = pairs.map(([one, other]) => {
    const t = largestT(timesOf(measured, one), timesOf(measured, other))
    console.log(`  ${`${one}/${other}`.padEnd(17)} abs(t) ${t.toFixed(2)}`)
    return t
  })
  return Math.max(...values)
}

function tells(measured: Times): boolean {
  const [absent, held] = [timesOf(measured, 'absent'), timesOf(measured, 'true')]
  return absent.length > 0 && largestT(absent, held) > telling
}

test('Welch’s t is that of the textbook, and tells two samples apart only when they are', () => {
  assert.equal(welchT([1, 2, 3], [3, 4, 5, 6]).toFixed(4), '-2.8868')
  const one = [27.5, 21, 19, 23.6, 17, 17.9, 16.9, 20.1, 21.9, 22.6, 23.1, 19.6, 19, 21.7, 21.4]
  assert.ok(largestT(one, one.toReversed()) < 1e-9)
  const later = one.map((ms) => ms + 10)
  assert.ok(largestT(one, later) > telling)
})

/** One measurement of answers that wait for their slot; the largest t of two kinds. */
async function measureHidden(): Promise<number> {
  const measured = await measure({
    presence: { mode: 'hidden', releaseDelayMs },
    kinds,
    askers: 16,
    rounds: 1,
    isEnough: () => false,
  })
  const answered = (kind: Kind): readonly Measured[] =>
    measured[kind].filter(({ status }) => status === 200)
  const all = kinds.flatMap((kind) => answered(kind))
  console.log(`${eachKind * kinds.length - all.length} missed their slot`)
  for (const kind of kinds)
    assert.deepEqual(new Set(answered(kind).map(({ value }) => value)), new Set([kind === 'true']))
  assert.equal(new Set(all.map(({ size }) => size)).size, 1)
  // Without its padding, an answer's length says what it is.
  assert.equal(new Set(all.map(({ size, padding }) => size - padding)).size, 2)
  return compare('hidden', measured)
}

test('with hidden presence neither time nor size tells what is held', async () => {
  const found: number[] = []
  while (found.length < mostMeasurements) {
    const t = await measureHidden()
    if (t < telling) return
    found.push(t)
  }
  assert.fail(`each of ${found.length} measurements tells: abs(t) ${found.join(', ')}`)
})

test('an answer that leaves when it is there tells what is held', async () => {
  const measured = await measure({
    presence: { mode: 'revealed' },
    kinds: ['absent', 'empty', 'false', 'true'],
    askers: 4,
    rounds: 8,
    isEnough: tells,
  })
  compare('as it comes', measured)
  assert.ok(tells(measured))
})
