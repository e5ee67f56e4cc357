import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type InProcessExchange, openExchange } from '../../../tests/fault/in-process-exchange.ts'
import { addMonths } from '../../agreement/index.ts'
import {
  canonicalBytes,
  decodeBase64,
  decodeUtf8,
  encodeBase64Url,
  utf8,
} from '../../bytes/index.ts'
import { readPublicEntry } from '../../log/index.ts'
import { aesGcm, systemRandomness } from '../../platform/index.ts'
import type { SubjectReference } from '../../protocol/index.ts'
import type { RequestAct, RequestCommitted } from './request-act.ts'
import { refusalLaws, requestKinds } from './request-kinds.ts'
import { requestDigest } from './request-text.ts'
import { requestsOfPerson, type ShownRequest } from './show-request.ts'

const secretText = 'My income of last year is wrong: it is half of that.'

type Filing = Extract<RequestAct, { act: 'file' }>
type Deciding = Extract<RequestAct, { act: 'decide' }>

function subjectOf(exchange: InProcessExchange, number: number): SubjectReference {
  return exchange.request(number).subject
}

function filing(exchange: InProcessExchange, change: Partial<Filing> = {}): Filing {
  const subject = change.subject ?? subjectOf(exchange, 1)
  return {
    act: 'file',
    id: encodeBase64Url(systemRandomness.bytes(16)),
    kind: 'objection',
    subject,
    subjectHandle: exchange.provider.subjects.handleOf(subject),
    about: null,
    elements: [],
    text: secretText,
    ...change,
  }
}

function deciding(number: number, change: Partial<Deciding> = {}): Deciding {
  return {
    act: 'decide',
    number,
    outcome: 'granted',
    law: null,
    answer: 'You are right.',
    elements: undefined,
    restricts: false,
    withheldHandle: undefined,
    ...change,
  }
}

async function take({ provider }: InProcessExchange, act: RequestAct): Promise<RequestCommitted> {
  const committed = await provider.writer.commit({ type: 'request', ...act })
  return committed.type === 'request' ? committed : assert.fail('another intent was answered')
}

async function done(
  exchange: InProcessExchange,
  act: RequestAct,
): Promise<Extract<RequestCommitted, { state: 'done' }>> {
  const committed = await take(exchange, act)
  return committed.state === 'done' ? committed : assert.fail(committed.code)
}

async function refused(exchange: InProcessExchange, act: RequestAct): Promise<string> {
  const before = await sizeOf(exchange)
  const committed = await take(exchange, act)
  assert.equal(await sizeOf(exchange), before, 'what is refused is no entry')
  return committed.state === 'refused' ? committed.code : assert.fail('it was taken')
}

async function sizeOf({ provider }: InProcessExchange): Promise<number> {
  return (await provider.reader.head())?.size ?? 0
}

function seen(
  exchange: InProcessExchange,
  subject: SubjectReference = subjectOf(exchange, 1),
): Promise<readonly ShownRequest[]> {
  const { reader, recordKeys, subjects } = exchange.provider
  const deps = { reader, recordKeys, aead: aesGcm(systemRandomness) }
  return requestsOfPerson(subjects.handleOf(subject), exchange.clock.now(), deps)
}

async function publicRecord({ provider }: InProcessExchange, entry: number): Promise<string> {
  const opened = await readPublicEntry(provider.reader, entry)
  return decodeUtf8(opened?.recordBytes ?? assert.fail('the entry is not public'))
}

test('a request is an entry at once, with its due date, and the person reads it back', async () => {
  using exchange = await openExchange()
  const size = await sizeOf(exchange)
  const filed = await done(exchange, filing(exchange, { elements: ['insured'] }))
  assert.deepEqual([filed.number, filed.entry], [1, size])
  assert.equal(filed.dueMs, addMonths(filed.atMs, 1))
  const [own, ...more] = await seen(exchange)
  assert.ok(own !== undefined && more.length === 0)
  assert.equal(own.row.state, 'received')
  const [step] = own.steps
  assert.ok(step?.step === 'filed' && step.text !== null)
  assert.deepEqual([step.text.text, step.text.elements], [secretText, ['insured']])
  assert.deepEqual(await seen(exchange, subjectOf(exchange, 2)), [])
})

test('no entry and no list holds the text, the identifier or the handle; salt and text open the digest', async () => {
  using exchange = await openExchange()
  const filed = await done(exchange, filing(exchange))
  const extended = await done(exchange, {
    act: 'extend',
    number: 1,
    reason: 'The register is being moved.',
  })
  const decided = await done(exchange, deciding(1))
  const { subject, subjectHandle } = filing(exchange)
  const { reader } = exchange.provider
  const listed = JSON.stringify(
    (await reader.requests()).map((row) => ({ ...row, subjectHandle: '' })),
  )
  const [own] = await seen(exchange)
  for (const entry of [filed.entry, extended.entry, decided.entry]) {
    const record = await publicRecord(exchange, entry)
    for (const said of [secretText, 'being moved', 'You are right', subject.value, subjectHandle]) {
      assert.ok(!record.includes(said), record)
      assert.ok(!listed.includes(said))
    }
    const step = own?.steps.find((one) => one.entry === entry)
    assert.ok(step?.salt !== undefined && step.salt !== null && step.text !== null)
    const { digest } = JSON.parse(record) as { digest: string }
    const text = canonicalBytes(JSON.parse(JSON.stringify(step.text)) as never)
    const salt = decodeBase64(step.salt)
    assert.equal(requestDigest(salt, text), digest)
    const other = utf8(decodeUtf8(text).replace('"organisation":"tax"', '"organisation":"tbx"'))
    assert.notEqual(requestDigest(salt, other), digest)
    assert.notEqual(requestDigest(systemRandomness.bytes(32), text), digest)
  }
})

test('texts rest sealed in the store, and are noise once the key of their month is gone', async () => {
  using exchange = await openExchange()
  const { atMs } = await done(exchange, filing(exchange))
  const { reader, recordKeys } = exchange.provider
  const [step] = await reader.requestSteps(1)
  assert.ok(step?.sealed !== undefined)
  assert.equal(Buffer.from(step.sealed).indexOf(secretText), -1)
  const [month] = recordKeys.months()
  assert.ok(month !== undefined && recordKeys.of(atMs) !== undefined)
  recordKeys.destroy(month)
  const [own] = await seen(exchange)
  assert.deepEqual([own?.steps[0]?.text, own?.row.state], [null, 'received'])
})

test('filed twice under one id it is one request; another person or kind under it is refused', async () => {
  using exchange = await openExchange()
  const act = filing(exchange)
  const first = await done(exchange, act)
  const size = await sizeOf(exchange)
  assert.deepEqual(await done(exchange, act), first)
  assert.equal(await sizeOf(exchange), size)
  const subject = subjectOf(exchange, 2)
  const subjectHandle = exchange.provider.subjects.handleOf(subject)
  assert.equal(await refused(exchange, { ...act, subject, subjectHandle }), 'REQUEST_CONFLICT')
  assert.equal(await refused(exchange, { ...act, kind: 'access' }), 'REQUEST_CONFLICT')
})

test('requests of one batch are numbered without a gap, and one that is refused takes no number', async () => {
  using exchange = await openExchange()
  const acts = [1, 2, 3].map((number) => filing(exchange, { subject: subjectOf(exchange, number) }))
  const wrong = filing(exchange, { kind: 'correction' })
  const all = [acts[0], wrong, acts[1], acts[2]].filter((act) => act !== undefined)
  const results = await exchange.provider.log.commit(
    all.map((act) => ({ type: 'request', ...act })),
  )
  assert.deepEqual(
    results.map((one) =>
      one.type !== 'request' ? one.type : one.state === 'done' ? one.number : one.code,
    ),
    [1, 'ELEMENTS_MISSING', 2, 3],
  )
})

test('a person has ten requests in 30 days, and another one after them', async () => {
  using exchange = await openExchange()
  for (let count = 0; count < 10; count += 1) await done(exchange, filing(exchange))
  assert.equal(await refused(exchange, filing(exchange)), 'REQUEST_CAP')
  const subject = subjectOf(exchange, 2)
  const subjectHandle = exchange.provider.subjects.handleOf(subject)
  await done(exchange, filing(exchange, { subject, subjectHandle }))
  exchange.clock.advance(30 * 86_400_000)
  await done(exchange, filing(exchange))
})

test('it is extended once and in time: due three months after the entry', async () => {
  using exchange = await openExchange()
  const filed = await done(exchange, filing(exchange))
  const extend = { act: 'extend', number: 1, reason: 'Many requests at once.' } as const
  exchange.clock.advance(filed.dueMs - exchange.clock.now())
  const extended = await done(exchange, extend)
  assert.equal(extended.dueMs, addMonths(filed.atMs, 3))
  assert.equal(await refused(exchange, extend), 'REQUEST_EXTENDED')
  const late = await done(exchange, filing(exchange))
  exchange.clock.advance(late.dueMs - exchange.clock.now() + 1)
  assert.equal(await refused(exchange, { ...extend, number: 2 }), 'EXTENSION_TOO_LATE')
  // Late is no reason not to decide: the lateness stands in the log.
  await done(exchange, deciding(2))
  assert.equal(await refused(exchange, { ...extend, number: 3 }), 'REQUEST_UNKNOWN')
})

test('it is decided once; a refusal cites a law that fits its kind, and a grant cites none', async () => {
  using exchange = await openExchange()
  const all = [...new Set(Object.values(refusalLaws).flat())]
  let number = 0
  for (const kind of requestKinds) {
    for (const law of all) {
      const subject = subjectOf(exchange, number + 1)
      const subjectHandle = exchange.provider.subjects.handleOf(subject)
      await done(
        exchange,
        filing(exchange, { kind, subject, subjectHandle, elements: ['insured'] }),
      )
      number += 1
      const refusal = deciding(number, { outcome: 'refused', law })
      if (refusalLaws[kind].includes(law)) await done(exchange, refusal)
      else assert.equal(await refused(exchange, refusal), 'LAW_UNFIT', `${kind} ${law}`)
    }
  }
  assert.equal(await refused(exchange, deciding(1)), 'REQUEST_DECIDED')
  assert.equal(
    await refused(exchange, { act: 'extend', number: 1, reason: 'x' }),
    'REQUEST_DECIDED',
  )
  const subject = subjectOf(exchange, 99)
  const subjectHandle = exchange.provider.subjects.handleOf(subject)
  await done(exchange, filing(exchange, { subject, subjectHandle }))
  number += 1
  const unfit: readonly Partial<Deciding>[] = [
    { outcome: 'refused', law: null },
    { outcome: 'granted', law: 'eu-gdpr:A12-5' },
    { outcome: 'refused', law: 'eu-gdpr:A99' },
  ]
  for (const change of unfit)
    assert.equal(await refused(exchange, deciding(number, change)), 'LAW_UNFIT')
})

test('a granted objection restricts where the officer says so, in the same commit; nothing else does', async () => {
  using exchange = await openExchange()
  const { subjectHandle } = filing(exchange)
  const restriction = () => exchange.provider.reader.restriction(subjectHandle)
  await done(exchange, filing(exchange, { kind: 'access' }))
  assert.equal(await refused(exchange, deciding(1, { restricts: true })), 'RESTRICTION_UNFIT')
  await done(exchange, filing(exchange))
  const refusal = { outcome: 'refused', law: 'eu-gdpr:A21-1', restricts: true } as const
  assert.equal(await refused(exchange, deciding(2, refusal)), 'RESTRICTION_UNFIT')
  assert.equal(await restriction(), undefined)
  const decided = await done(exchange, deciding(2, { restricts: true }))
  assert.equal((await restriction())?.place.index, decided.entry + 1)
  // A person who is restricted already stays so, and the decision stands.
  await done(exchange, filing(exchange))
  await done(exchange, deciding(3, { restricts: true }))
  assert.equal((await restriction())?.place.index, decided.entry + 1)
})

test('opening is an entry, and none within the hour after', async () => {
  using exchange = await openExchange()
  await done(exchange, filing(exchange))
  const open = { act: 'open', number: 1 } as const
  const first = await done(exchange, open)
  const size = await sizeOf(exchange)
  exchange.clock.advance(3_599_999)
  assert.equal((await done(exchange, open)).entry, first.entry)
  assert.equal(await sizeOf(exchange), size)
  exchange.clock.advance(1)
  assert.equal((await done(exchange, open)).entry, size)
  assert.equal(await refused(exchange, { act: 'open', number: 2 }), 'REQUEST_UNKNOWN')
  const [own] = await seen(exchange)
  assert.equal(own?.steps.filter(({ step }) => step === 'opened').length, 2)
})
