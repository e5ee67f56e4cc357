import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as z from 'zod'
import { bystanderCases } from '../../tests/fault/bystander-cases.ts'
import {
  type InProcessExchange,
  type InProcessOrganisation,
  openExchange,
} from '../../tests/fault/in-process-exchange.ts'
import { decodeUtf8 } from '../bytes/index.ts'
import { bystanderMarks, entryPayload, type EntryMarks, LEAF_CLASSES } from '../log/index.ts'
import { aesGcm, systemRandomness } from '../platform/index.ts'
import type { CaseTokenClaims } from '../protocol/index.ts'
import { sampleSeeds } from '../testing/index.ts'
import { askQuestion } from './ask-question.ts'
import { isBystander } from './bystander.ts'

const subject = { scheme: 'demo-nin', value: '0001234520' }
const claims: CaseTokenClaims = {
  iss: 'housing/cases',
  iat: 1,
  exp: 2,
  case: 'RENT-1',
  subject,
  official: 'p-1',
  purpose: 'https://cloison.eu/purpose/service',
  open: true,
  bystander: true,
}

const kindSchema = z.object({ kind: z.string() })

interface Marked {
  readonly kind: string
  readonly marks: EntryMarks | undefined
}

async function entriesOf(organisation: InProcessOrganisation): Promise<readonly Marked[]> {
  const { reader, recordKeys } = organisation
  const { size = 0 } = (await reader.head()) ?? {}
  const rows = await reader.readEntries(0, size)
  const aead = aesGcm(systemRandomness)
  return rows
    .filter(({ leaf }) => leaf[1] === LEAF_CLASSES.exchange)
    .map((row) => {
      const payload = entryPayload(row, { aead, recordKeys })
      assert.ok(payload !== undefined)
      const { kind } = kindSchema.parse(JSON.parse(decodeUtf8(payload.recordBytes)))
      return { kind, marks: payload.marks }
    })
}

/** The exchange entries of both logs, the consumer's first. */
async function exchangeEntries(exchange: InProcessExchange): Promise<readonly Marked[]> {
  return [...(await entriesOf(exchange.consumer)), ...(await entriesOf(exchange.provider))]
}

test('both sides mark each entry about somebody who appears in another person’s case', async () => {
  using exchange = await openExchange()
  const cases = bystanderCases(exchange)
  const { outcome } = await askQuestion(exchange.request(1), { ...exchange.consumerDeps, cases })
  assert.equal(outcome, 'permit')
  assert.deepEqual(await exchangeEntries(exchange), [
    { kind: 'person.asked', marks: bystanderMarks },
    { kind: 'person.received', marks: bystanderMarks },
    { kind: 'person.answered', marks: bystanderMarks },
  ])
})

test('without the word, or under another signature, nothing is marked', async () => {
  using exchange = await openExchange()
  const { consumerDeps } = exchange
  await askQuestion(exchange.request(1), consumerDeps)
  const forged = bystanderCases(exchange, { seed: sampleSeeds.cases.map((byte) => byte ^ 1) })
  const denied = await askQuestion(exchange.request(2), { ...consumerDeps, cases: forged })
  assert.equal(denied.outcome, 'deny')
  const entries = await exchangeEntries(exchange)
  assert.equal(entries.length, 6)
  for (const { marks } of entries) assert.equal(marks, undefined)
})

test('the mark decides nothing: answer, counters and outcomes are those of anybody', async () => {
  const outcomes: unknown[] = []
  for (const isMarked of [false, true]) {
    using exchange = await openExchange()
    const { consumerDeps } = exchange
    const deps = isMarked ? { ...consumerDeps, cases: bystanderCases(exchange) } : consumerDeps
    const { outcome, results, obligations } = await askQuestion(exchange.request(1), deps)
    const kinds = (await exchangeEntries(exchange)).map(({ kind }) => kind)
    outcomes.push({ outcome, results, obligations: Object.keys(obligations ?? {}), kinds })
  }
  assert.deepEqual(outcomes[0], outcomes[1])
})

test('a denial is marked too, and so is one whose token has expired', async () => {
  using exchange = await openExchange()
  const cases = bystanderCases(exchange, { ageSeconds: 800 })
  const denied = await askQuestion(exchange.request(1), { ...exchange.consumerDeps, cases })
  assert.equal(denied.outcome, 'deny')
  const entries = await exchangeEntries(exchange)
  assert.deepEqual(
    entries.map(({ kind, marks }) => [kind, marks?.bystander]),
    [
      ['person.asked', true],
      ['person.received', true],
      ['person.denied', true],
    ],
  )
})

test('a token protects the person and the case that it names, and nobody else', () => {
  const question = { subject, case: { reference: 'RENT-1', token: '' } }
  const said = (change: Partial<CaseTokenClaims> = {}): boolean =>
    isBystander({ state: 'valid', claims: { ...claims, ...change } }, question)
  assert.equal(said(), true)
  assert.equal(isBystander({ state: 'expired', claims }, question), true)
  assert.equal(said({ bystander: false }), false)
  assert.equal(said({ case: 'RENT-2' }), false)
  assert.equal(said({ subject: { ...subject, value: '0001234521' } }), false)
  assert.equal(said({ subject: { ...subject, scheme: 'other' } }), false)
  for (const state of ['missing', 'invalid'] as const)
    assert.equal(isBystander({ state }, question), false)
})
