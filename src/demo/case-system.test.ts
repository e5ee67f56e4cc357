import assert from 'node:assert/strict'
import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { test } from 'node:test'
import { encodeBase64, utf8 } from '../bytes/index.ts'
import { nobleEd25519, sha256 } from '../crypto/index.ts'
import { type CaseTokenClaims, readCaseToken } from '../protocol/index.ts'
import { createCaseSystem } from './case-system.ts'
import { makeCases } from './case-system-cases.ts'
import type { CaseRecord } from './case-system-cases.ts'
import { countIdle, noteLookUp, noteStep, openJournal } from './case-system-journal.ts'
import { issueCaseToken } from './case-system-token.ts'
import { makePopulation } from './population.ts'

const nowMs = 1_790_000_000_000
const seed = sha256(utf8('case source'))
const bearer = 'a-token-that-is-long-enough'
const book = makeCases(makePopulation({ seed: 'cases', size: 2000 }), { seed: 'cases', nowMs })
const dayMs = 86_400_000
/** Each test's own journal. */
const signerNow = (atMs = nowMs): Parameters<typeof issueCaseToken>[2] => ({
  issuer: 'cases.housing',
  seed,
  nowMs: atMs,
  journal: openJournal(),
})

function caseWhere(holds: (record: CaseRecord) => boolean): CaseRecord {
  const found = book.cases.find(holds)
  assert.ok(found !== undefined, 'the book has such a case')
  return found
}

const usable = caseWhere(
  ({ state, parties, related }) => state === 'open' && parties.length === 1 && related.length === 0,
)
const kin = caseWhere(({ state, related }) => state === 'open' && related.length === 1)

function request(record: CaseRecord): Parameters<typeof issueCaseToken>[1] {
  return {
    reference: record.reference,
    official: record.officials[0] ?? '',
    officialPseudonym: 'p-7f3a',
    provider: 'tax',
  }
}

test('forty cases come of a seed, the same ones each time', () => {
  assert.equal(book.cases.length, 40)
  assert.equal(new Set(book.cases.map(({ reference }) => reference)).size, 40)
  assert.equal(new Set(book.cases.map(({ subject }) => subject.value)).size, 40)
  const again = makeCases(makePopulation({ seed: 'cases', size: 2000 }), { seed: 'cases', nowMs })
  assert.deepEqual(again, book)
  assert.ok(book.cases.some(({ state }) => state === 'closed'))
  assert.ok(book.cases.some(({ parties }) => parties.length === 0))
  assert.ok(book.cases.every(({ openedAtMs }) => openedAtMs < nowMs))
})

test('a population without enough tenants is refused', () => {
  assert.throws(() => makeCases([], { seed: 'a', nowMs }), RangeError)
})

test('a token vouches for case, person, official, purpose and provider', async () => {
  const outcome = await issueCaseToken(book, request(usable), signerNow())
  assert.ok(outcome.outcome === 'signed')
  const read = await readCaseToken(outcome.token, {
    issuer: 'cases.housing',
    publicKey: nobleEd25519.publicKey(seed),
    audience: 'tax',
    nowMs,
  })
  assert.ok(read.state === 'valid')
  assert.deepEqual(read.claims, {
    iss: 'cases.housing',
    aud: 'tax',
    iat: nowMs / 1000,
    exp: nowMs / 1000 + 600,
    case: usable.reference,
    subject: usable.subject,
    official: 'p-7f3a',
    purpose: 'https://cloison.eu/purpose/service',
    open: true,
    idle: countIdle(book, openJournal(), { official: usable.officials[0] ?? '', nowMs }),
  })
})

async function claimsOf(
  asked: Parameters<typeof issueCaseToken>[1],
  by: Parameters<typeof issueCaseToken>[2],
  from = book,
): Promise<CaseTokenClaims> {
  const outcome = await issueCaseToken(from, asked, by)
  assert.ok(outcome.outcome === 'signed')
  const publicKey = nobleEd25519.publicKey(seed)
  const expected = { issuer: by.issuer, publicKey, audience: 'tax', nowMs: by.nowMs }
  const read = await readCaseToken(outcome.token, expected)
  assert.ok(read.state === 'valid')
  return read.claims
}

test('a token says that the official is related to the subject, where that was declared, and is still given', async () => {
  assert.equal((await claimsOf(request(kin), signerNow())).kin, true)
  assert.equal((await claimsOf(request(usable), signerNow())).kin, undefined)
  const colleague = { ...kin, officials: [...kin.officials, 'official-9'] }
  const shared = { ...book, cases: [colleague] }
  const asked = { ...request(kin), official: 'official-9' }
  assert.equal((await claimsOf(asked, signerNow(), shared)).kin, undefined)
})

test('one case is a child’s, and its token says that the parent in it appears because of another person', async () => {
  const found = book.cases.filter(({ bystanders }) => bystanders.length > 0)
  assert.deepEqual(
    found.map(({ kind, state, officials }) => [kind, state, officials]),
    [['rent-support-parent', 'open', ['official-2']]],
  )
  const [parents] = found
  assert.ok(parents !== undefined)
  assert.equal((await claimsOf(request(parents), signerNow())).bystander, true)
  assert.equal((await claimsOf(request(usable), signerNow())).bystander, undefined)
})

test('look-ups that nothing follows are counted from the sixth day on for thirty days, of the official alone', async () => {
  const quiet = signerNow(nowMs + 100 * dayMs)
  const at = (day: number): typeof quiet => ({ ...quiet, nowMs: quiet.nowMs + day * dayMs })
  const idle = async (day: number): Promise<number | undefined> =>
    (await claimsOf(request(kin), { ...at(day), journal: structuredClone(quiet.journal) })).idle
  assert.equal((await claimsOf(request(usable), at(0))).idle, 0)
  assert.equal(await idle(4), 0)
  assert.equal(await idle(5), 1)
  assert.equal(await idle(29), 1)
  assert.equal(await idle(30), 0)
  noteLookUp(quiet.journal, usable.reference, { official: 'official-9', atMs: at(0).nowMs })
  assert.equal(await idle(6), 1)
  noteStep(quiet.journal, usable.reference, at(2).nowMs)
  assert.equal(await idle(6), 0)
  const again = await claimsOf(request(usable), at(3))
  assert.equal(again.idle, 0)
  assert.equal(await idle(8), 1)
})

test('the book has look-ups that something followed, and some that nothing did', () => {
  const lookedUp = book.cases.filter(({ lookUps }) => lookUps.length > 0)
  const followed = lookedUp.filter(({ stepsAtMs }) => stepsAtMs.length > 0)
  assert.ok(lookedUp.length > 10 && followed.length > 5 && followed.length < lookedUp.length)
  for (const { openedAtMs, lookUps, stepsAtMs } of book.cases)
    for (const atMs of [...lookUps.map((one) => one.atMs), ...stepsAtMs])
      assert.ok(atMs > openedAtMs && atMs < nowMs)
})

test('another key, another provider and a later hour make the token worthless', async () => {
  const outcome = await issueCaseToken(book, request(usable), signerNow())
  assert.ok(outcome.outcome === 'signed')
  const expected = {
    issuer: 'cases.housing',
    publicKey: nobleEd25519.publicKey(seed),
    audience: 'tax',
    nowMs,
  }
  const state = async (change: Partial<typeof expected>): Promise<string> =>
    (await readCaseToken(outcome.token, { ...expected, ...change })).state
  assert.equal(await state({ publicKey: nobleEd25519.publicKey(sha256(seed)) }), 'invalid')
  assert.equal(await state({ audience: 'social' }), 'invalid')
  assert.equal(await state({ nowMs: nowMs + 600_000 }), 'expired')
})

test('no token without a case, an assignment, an open file and a party', async () => {
  const closed = caseWhere(({ state }) => state === 'closed')
  const withdrawn = caseWhere(({ parties }) => parties.length === 0)
  const stranger = { scheme: 'demo-nin', value: withdrawn.subject.value } as const
  const refusals = [
    [{ ...request(usable), reference: 'RS-2026-9999' }, 'CASE_UNKNOWN'],
    [{ ...request(usable), official: 'official-9' }, 'OFFICIAL_NOT_ASSIGNED'],
    [request(closed), 'CASE_CLOSED'],
    [request(withdrawn), 'SUBJECT_NOT_PARTY'],
    [{ ...request(usable), subject: stranger }, 'SUBJECT_NOT_PARTY'],
  ] as const
  for (const [asked, code] of refusals) {
    assert.deepEqual(await issueCaseToken(book, asked, signerNow()), { outcome: 'refused', code })
  }
})

test('over HTTP nothing is told without the bearer token', async () => {
  const tokenDigest = sha256(utf8(bearer))
  const state = {
    port: 0,
    issuer: 'cases.housing',
    seed,
    tokenDigest,
    book,
    journal: openJournal(),
  }
  const app = createCaseSystem(state, { now: () => nowMs })
  const authorization = `Bearer ${bearer}`
  const none = await app.inject({ url: '/cases?official=official-1' })
  assert.deepEqual([none.statusCode, none.json()], [401, { code: 'UNAUTHORISED' }])
  const wrong = await app.inject({ url: '/officials', headers: { authorization: 'Bearer x' } })
  assert.equal(wrong.statusCode, 401)
  const mine = await app.inject({
    url: '/cases?official=official-1',
    headers: { authorization },
  })
  assert.equal(mine.json<{ cases: CaseRecord[] }>().cases.length, 16)
  const one = await app.inject({ url: `/cases/${usable.reference}`, headers: { authorization } })
  assert.deepEqual(one.json(), usable)
  const closed = await app.inject({
    method: 'POST',
    url: '/case-tokens',
    headers: { authorization },
    payload: request(caseWhere(({ state: at }) => at === 'closed')),
  })
  assert.deepEqual([closed.statusCode, closed.json()], [409, { code: 'CASE_CLOSED' }])
  const steps = async (reference: string): Promise<number> => {
    const url = `/cases/${reference}/steps`
    return (await app.inject({ method: 'POST', url, headers: { authorization } })).statusCode
  }
  assert.deepEqual([await steps(usable.reference), await steps('RS-2026-9999')], [204, 404])
  const odd = await app.inject({
    method: 'POST',
    url: '/case-tokens',
    headers: { authorization },
    payload: { ...request(usable), everyone: true },
  })
  assert.deepEqual([odd.statusCode, odd.json()], [400, { code: 'MALFORMED' }])
})

function firstLine(child: ChildProcess): Promise<string> {
  const { stdout } = child
  assert.ok(stdout !== null)
  return new Promise((resolve) => createInterface({ input: stdout }).once('line', resolve))
}

test('as a process of its own it says where it listens, and ends when asked', async (t) => {
  const dir = mkdtempSync(join(tmpdir(), 'cases-'))
  t.after(() => rmSync(dir, { recursive: true }))
  writeFileSync(join(dir, 'case.key'), `${encodeBase64(seed)}\n`)
  writeFileSync(join(dir, 'caller.token'), `${bearer}\n`)
  writeFileSync(join(dir, 'cases.json'), JSON.stringify(book))
  const settings = {
    version: 1,
    port: 0,
    issuer: 'cases.housing',
    keyFile: 'case.key',
    tokenFile: 'caller.token',
    casesFile: 'cases.json',
  }
  writeFileSync(join(dir, 'case-system.json'), JSON.stringify(settings))
  const main = join(import.meta.dirname, 'case-system-main.ts')
  const child = fork(main, ['--config', join(dir, 'case-system.json')], {
    silent: true,
    execArgv: [],
  })
  t.after(() => child.kill('SIGKILL'))
  const ended = new Promise((resolve) => child.once('exit', resolve))
  const event: unknown = JSON.parse(await firstLine(child))
  assert.ok(typeof event === 'object' && event !== null && 'port' in event && 'pid' in event)
  assert.equal(event.pid, child.pid)
  const answer = await fetch(`http://127.0.0.1:${String(event.port)}/officials`, {
    headers: { authorization: `Bearer ${bearer}` },
  })
  assert.equal(answer.status, 200)
  await answer.text()
  child.kill('SIGTERM')
  assert.equal(await ended, 0)
})
