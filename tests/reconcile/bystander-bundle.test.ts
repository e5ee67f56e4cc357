import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decodeUtf8, utf8 } from '../../src/bytes/index.ts'
import {
  type BundleReading,
  reconcile,
  type Reconciled,
  usualToleranceMs,
  usualWindowMs,
} from '../../src/oversight/index.ts'
import { askQuestion } from '../../src/person/index.ts'
import { bystanderCases } from '../fault/bystander-cases.ts'
import { type InProcessExchange, openExchange } from '../fault/in-process-exchange.ts'
import { bundleOf, trustOf, writtenEntries } from './cheating-log.ts'

async function textOf(reading: BundleReading): Promise<string> {
  let text = ''
  for await (const piece of reading()) text += decodeUtf8(piece)
  return text
}

/** One question about somebody in their own case, and one about a bystander; the bundles of both logs. */
async function bundles(exchange: InProcessExchange): Promise<readonly string[]> {
  const { consumerDeps } = exchange
  await askQuestion(exchange.request(1), consumerDeps)
  await askQuestion(exchange.request(2), { ...consumerDeps, cases: bystanderCases(exchange) })
  const nowMs = exchange.clock.now() + 3 * usualWindowMs
  const sides = [exchange.consumer, exchange.provider]
  return Promise.all(
    sides.map(async (side) =>
      textOf(bundleOf(await writtenEntries(side), side, { nowMs, first: 0 })),
    ),
  )
}

function run(exchange: InProcessExchange, texts: readonly string[]): Promise<Reconciled> {
  const readings = texts.map((text): BundleReading => {
    return async function* () {
      yield utf8(text)
    }
  })
  return reconcile(readings, {
    trust: trustOf([exchange.consumer, exchange.provider]),
    windowMs: usualWindowMs,
    toleranceMs: usualToleranceMs,
    runKey: new Uint8Array(32).fill(1),
  })
}

test('an inspector sees the whole record of a sealed entry, its mark, and how many there are', async () => {
  using exchange = await openExchange()
  const texts = await bundles(exchange)
  for (const text of texts)
    assert.match(
      text,
      /\n\{"marks":\{"bystander":true\},"r":"[^"]+","record":\{[^\n]+"elements":\["/,
    )
  const { report } = await run(exchange, texts)
  assert.deepEqual(
    report.sides.map(({ opened, bystanders }) => [opened, bystanders]),
    [
      [4, 2],
      [2, 1],
    ],
  )
  assert.deepEqual([report.counts.matched, report.gaps.length], [2, 0])
})

test('marks of another form void a bundle', async () => {
  using exchange = await openExchange()
  const [left = '', right = ''] = await bundles(exchange)
  for (const marks of ['{}', '{"bystander":false}', '{"bystander":true,"kin":true}', 'true']) {
    const bent = right.replace('{"bystander":true}', marks)
    assert.notEqual(bent, right)
    await assert.rejects(run(exchange, [left, bent]), { code: 'BUNDLE_MALFORMED' })
  }
})
