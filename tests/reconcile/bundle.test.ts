import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { decodeUtf8, encodeBase64, utf8 } from '../../src/bytes/index.ts'
import {
  type BundleReading,
  type ExchangeGroup,
  reconcile,
  ReconcileError,
  type Reconciled,
  type ReconcileOptions,
  usualToleranceMs,
  usualWindowMs,
} from '../../src/oversight/index.ts'
import { askQuestion } from '../../src/person/index.ts'
import { seededRandom } from '../../src/testing/simulator/index.ts'
import { type InProcessExchange, openExchange } from '../fault/in-process-exchange.ts'
import { bundleOf, trustOf, type WrittenEntry, writtenEntries } from './cheating-log.ts'

const questions = 16

let exchange: InProcessExchange
let logs: { consumer: readonly WrittenEntry[]; provider: readonly WrittenEntry[] }
/** Sizes of both logs when half of the questions were asked. */
let half: { consumer: number; provider: number }

before(async () => {
  exchange = await openExchange()
  const sizeOf = async (side: 'consumer' | 'provider'): Promise<number> =>
    (await exchange[side].reader.head())?.size ?? 0
  for (let number = 0; number < questions; number += 1) {
    await askQuestion(exchange.request(number), exchange.consumerDeps)
    exchange.clock.advance(1_000)
    if (number === questions / 2)
      half = { consumer: await sizeOf('consumer'), provider: await sizeOf('provider') }
  }
  logs = {
    consumer: await writtenEntries(exchange.consumer),
    provider: await writtenEntries(exchange.provider),
  }
})
after(() => exchange[Symbol.dispose]())

async function textOf(reading: BundleReading): Promise<string> {
  let text = ''
  for await (const piece of reading()) text += decodeUtf8(piece)
  return text
}

function readingOf(text: string): BundleReading {
  return async function* () {
    // In small pieces, so that a line and a character are cut anywhere.
    const bytes = utf8(text)
    for (let at = 0; at < bytes.length; at += 1_013) yield bytes.subarray(at, at + 1_013)
  }
}

const late = 3 * usualWindowMs

function run(
  readings: readonly BundleReading[],
  options: Partial<ReconcileOptions> = {},
): Promise<Reconciled> {
  const { consumer, provider } = exchange
  return reconcile(readings, {
    trust: trustOf([consumer, provider]),
    windowMs: usualWindowMs,
    toleranceMs: usualToleranceMs,
    runKey: new Uint8Array(32).fill(1),
    ...options,
  })
}

function both(
  entries: typeof logs = logs,
  { first = { consumer: 0, provider: 0 }, nowMs = exchange.clock.now() + late } = {},
): readonly BundleReading[] {
  return (['consumer', 'provider'] as const).map((side) =>
    bundleOf(entries[side], exchange[side], { nowMs, first: first[side] }),
  )
}

async function codeOf(readings: readonly BundleReading[]): Promise<string> {
  try {
    await run(readings)
    return 'good'
  } catch (cause) {
    if (cause instanceof ReconcileError) return cause.code
    throw cause
  }
}

test('every changed, missing, added or exchanged line voids a bundle', async () => {
  const [left, right] = both()
  assert.ok(left !== undefined && right !== undefined)
  const lines = (await textOf(right)).split('\n').slice(0, -1)
  const attempt = (changed: readonly string[]): Promise<string> =>
    codeOf([left, readingOf(changed.map((line) => `${line}\n`).join(''))])
  assert.equal(await attempt(lines), 'good')
  const refused = new Set(['ROOT_DIFFERS', 'RECORD_WRONG', 'BUNDLE_MALFORMED'])
  const draws = seededRandom('lines of a bundle')
  for (let at = 1; at < lines.length; at += 1) {
    const line = lines[at] ?? ''
    const without = lines.filter((_, place) => place !== at)
    assert.ok(refused.has(await attempt(without)), `without line ${at}`)
    assert.ok(refused.has(await attempt(lines.toSpliced(at, 0, line))), `line ${at} twice`)
    const swapped = without.toSpliced(at - (at > 1 ? 1 : 0) + (at > 1 ? 0 : 1), 0, line)
    if (at > 1) assert.ok(refused.has(await attempt(swapped)), `line ${at} moved`)
    const place = draws.below(line.length)
    const other = line[place] === '1' ? '2' : '1'
    const flipped = `${line.slice(0, place)}${other}${line.slice(place + 1)}`
    assert.ok(refused.has(await attempt(lines.with(at, flipped))), `line ${at} character ${place}`)
  }
})

test('a header under another checkpoint, another beginning or nobody is refused', async () => {
  const [left, right] = both()
  assert.ok(left !== undefined && right !== undefined)
  const [header = '', ...lines] = (await textOf(right)).split('\n')
  const parsed = JSON.parse(header) as Record<string, unknown>
  const attempt = (changes: Record<string, unknown>): Promise<string> =>
    codeOf([left, readingOf([JSON.stringify({ ...parsed, ...changes }), ...lines].join('\n'))])
  assert.equal(await attempt({}), 'good')
  assert.equal(await attempt({ first: 1 }), 'BUNDLE_MALFORMED')
  assert.equal(await attempt({ peaks: [encodeBase64(new Uint8Array(32))] }), 'BUNDLE_MALFORMED')
  const beginning = { first: 1, peaks: [encodeBase64(new Uint8Array(32))] }
  assert.equal(await attempt(beginning), 'BUNDLE_MALFORMED')
  const [line = ''] = lines.splice(0, 1)
  assert.equal(await attempt(beginning), 'ROOT_DIFFERS')
  lines.unshift(line)
  assert.equal(await attempt({ organisation: exchange.consumer.id }), 'SIDES_WRONG')
  assert.equal(await attempt({ more: 1 }), 'BUNDLE_MALFORMED')
  const note = String(parsed['checkpoint'])
  const unsigned = `${note.slice(0, note.indexOf('\n\n'))}\n\n`
  assert.equal(await attempt({ checkpoint: unsigned }), 'CHECKPOINT_REFUSED')
  const ofOther = await textOf(left)
  assert.equal(await codeOf([left, readingOf(ofOther)]), 'SIDES_WRONG')
})

test('in one part and in many the gaps are the same', async () => {
  const provider = logs.provider.filter((_, place) => place % 4 !== 3)
  const whole = await run(both({ ...logs, provider }))
  const parted = await run(both({ ...logs, provider }), { mostOpen: 2 })
  assert.ok(whole.report.gaps.length > 3)
  assert.deepEqual(parted.report.counts, whole.report.counts)
  const names = ({ report }: Reconciled): readonly string[] =>
    report.gaps.map((gap) => JSON.stringify(gap)).toSorted()
  assert.deepEqual(names(parted), names(whole))
})

test('two runs name each gap once, and close one whose other side has come', async () => {
  const gone = logs.provider.find(({ record }) => record?.kind === 'person.answered')
  const upToHalf = {
    consumer: logs.consumer.slice(0, half.consumer),
    provider: logs.provider.slice(0, half.provider),
  }
  const missing = upToHalf.provider.filter((entry) => entry !== gone)
  const first = await run(both({ ...upToHalf, provider: missing }))
  assert.deepEqual(
    first.report.gaps.map(({ kind }) => kind),
    ['MISSING_AT_PROVIDER'],
  )
  // The entry comes late: the provider's log has it behind the others.
  assert.ok(gone !== undefined)
  const provider = [...missing, gone, ...logs.provider.slice(half.provider)]
  const before: readonly ExchangeGroup[] = first.open
  const size = { consumer: half.consumer, provider: missing.length }
  const heads = new Map(
    first.report.sides.map(({ log, size: read, root }) => [log, { size: read, root }]),
  )
  const second = await run(both({ ...logs, provider }, { first: size }), { before, heads })
  assert.deepEqual(second.report.gaps, [])
  assert.equal(second.report.counts.closed, 1)
  assert.deepEqual(second.open, [])
  assert.equal(first.report.counts.matched + second.report.counts.matched, questions)
})

test('a log that does not continue what was reconciled is found', async () => {
  const first = await run(both())
  const heads = new Map(first.report.sides.map(({ log, size, root }) => [log, { size, root }]))
  const provider = logs.provider.filter((_, place) => place !== 2)
  const size = { consumer: logs.consumer.length, provider: provider.length }
  await assert.rejects(
    run(both({ ...logs, provider }, { first: size }), { heads }),
    (cause: ReconcileError) => cause.code === 'LOG_REWRITTEN',
  )
  const same = { consumer: logs.consumer.length, provider: logs.provider.length }
  const again = await run(both(logs, { first: same }), { heads })
  assert.equal(again.report.counts.matched, 0)
})

test('what is young is pending, and neither gap nor match', async () => {
  const provider = logs.provider.slice(0, half.provider)
  const { report, open } = await run(both({ ...logs, provider }, { nowMs: exchange.clock.now() }))
  assert.equal(report.counts.pending, questions / 2 - 1)
  assert.equal(open.length, questions / 2 - 1)
  assert.deepEqual(report.gaps, [])
  assert.equal(report.isEvidence, false)
})

test('a report has nothing of a record in it', async () => {
  const provider = logs.provider.filter((_, place) => place % 3 !== 2)
  const { report } = await run(both({ ...logs, provider }))
  const text = JSON.stringify(report)
  assert.ok(report.gaps.length > 3)
  for (const { record } of [...logs.consumer, ...logs.provider])
    for (const secret of [
      record?.exchangeId,
      record?.official,
      record?.case,
      record?.questionDigest,
      record?.resultDigest,
      record?.peer,
    ])
      if (typeof secret === 'string') assert.ok(!text.includes(secret))
})
