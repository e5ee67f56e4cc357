import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { after, test } from 'node:test'

import { stringify } from 'yaml'

import { encodeBase64, utf8 } from '../../bytes/index.ts'
import { nobleEd25519 } from '../../crypto/index.ts'
import { undiciHttpClient } from '../../platform/index.ts'
import { openCaseSource, parseCaseDescription } from '../../register/index.ts'
import type { CaseSourceSettings, VouchClaim } from '../../register/index.ts'
import {
  caseContract,
  contractCaseDescription,
  contractCases,
  type ContractCaseSource,
  methodsOf,
} from '../../testing/index.ts'
import { httpCaseSource } from './http-case-source.ts'
import { requireCaseSource, sqlCaseSource } from './sql-case-source.ts'
import { startCaseServer } from './start-case-server.ts'

const folder = mkdtempSync(join(tmpdir(), 'cloison-cases-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const seed = new Uint8Array(32).fill(7)
const keyFile = join(folder, 'case.key')
writeFileSync(keyFile, `${encodeBase64(seed)}\n`, { mode: 0o600 })
const issuer = 'cases.housing'
const publicKey = nobleEd25519.publicKey(seed)

/** The contract's cases in a file; `extra` is run after them. */
function fileOfCases(name: string, extra = ''): string {
  const path = join(folder, name)
  using db = new DatabaseSync(path)
  db.exec(`CREATE TABLE cases (reference TEXT COLLATE NOCASE, official TEXT, nin, is_open BOOLEAN,
    purpose TEXT, is_kin BOOLEAN, is_bystander BOOLEAN, secret TEXT)`)
  const insert = db.prepare(`INSERT INTO cases VALUES (?, ?, ?, ?, ?, ?, ?, 'not for anyone')`)
  for (const { reference, official, nin, isOpen, purpose, isKin, isBystander } of contractCases) {
    const open = isOpen === null ? null : Number(isOpen)
    const said = [Number(isKin), Number(isBystander)]
    insert.run(reference, official, nin, open, purpose, ...said)
  }
  if (extra !== '') db.exec(extra)
  return path
}

const description = parseCaseDescription(contractCaseDescription)
const path = fileOfCases('cases.db')
const settings: CaseSourceSettings = { kind: 'sqlite', path, issuer, keyFile, description }
const claim: VouchClaim = {
  reference: 'RS-1',
  official: 'official-1',
  officialPseudonym: 'p-7f3a',
  provider: 'tax',
  subject: { scheme: 'demo-nin', value: '0000000197' },
}

caseContract('sqlite', async () => {
  const opened = openCaseSource(settings)
  const close = async (): Promise<void> => opened[Symbol.asyncDispose]()
  return { source: sqlCaseSource(opened), issuer, publicKey, [Symbol.asyncDispose]: close }
})

caseContract('sqlite, through a view', async () => {
  const view = fileOfCases(
    'view.db',
    `CREATE TABLE closed (ref TEXT);
     CREATE VIEW open_cases AS SELECT reference, official, nin, purpose, is_kin, is_bystander,
       is_open AND reference NOT IN (SELECT ref FROM closed) AS is_open FROM cases`,
  )
  const described = { ...description, table: 'open_cases' }
  const opened = openCaseSource({ ...settings, path: view, description: described })
  const close = async (): Promise<void> => opened[Symbol.asyncDispose]()
  return { source: sqlCaseSource(opened), issuer, publicKey, [Symbol.asyncDispose]: close }
})

const bearer = 'a-token-of-sixteen-or-more'

/** Settings of a case source that listens, in a file of their own. */
function writeServer(name: string, change: Readonly<Record<string, unknown>> = {}): string {
  const file = join(folder, `${name}.yaml`)
  writeFileSync(join(folder, 'cases.token'), `${bearer}\n`, { mode: 0o600 })
  writeFileSync(join(folder, 'cases.json'), JSON.stringify(contractCaseDescription))
  const files = { key_file: 'case.key', description_file: 'cases.json', path: 'cases.db' }
  const cases = { kind: 'sql', engine: 'sqlite', issuer, ...files }
  const usual = { version: 1, listen: '127.0.0.1:0', token_file: 'cases.token', cases }
  writeFileSync(file, stringify({ ...usual, ...change }))
  return file
}

async function listening(): Promise<ContractCaseSource> {
  const server = await startCaseServer(writeServer('server'))
  const http = undiciHttpClient()
  return {
    source: httpCaseSource({ url: `http://127.0.0.1:${server.port}`, token: bearer }, http),
    issuer,
    publicKey,
    async [Symbol.asyncDispose]() {
      await http[Symbol.asyncDispose]()
      await server[Symbol.asyncDispose]()
    },
  }
}

caseContract('http', listening)

test('a case source has no method that gives cases, officials or people', async () => {
  await using opened = openCaseSource(settings)
  assert.deepEqual(methodsOf(opened), ['describe', 'vouch'])
  assert.deepEqual(methodsOf(sqlCaseSource(opened)), ['grant'])
})

test('says whose key signs', async () => {
  await using opened = openCaseSource(settings)
  assert.deepEqual(await opened.describe(), { name: issuer, publicKey: encodeBase64(publicKey) })
})

test('a description that is not true of the file stops the start, naming the column', async () => {
  const wrong = { ...settings, description: { ...description, official: 'clerk' } }
  await using opened = openCaseSource(wrong)
  await assert.rejects(requireCaseSource(opened), {
    code: 'DESCRIPTION_INVALID',
    message: /no column clerk in cases/,
  })
})

test('a key file that is none stops the start, and is not quoted', async () => {
  const odd = join(folder, 'odd.key')
  writeFileSync(odd, 'not a key but a secret')
  await using opened = openCaseSource({ ...settings, keyFile: odd })
  await assert.rejects(requireCaseSource(opened), (error: Error) => {
    assert.doesNotMatch(`${error.message} ${String(error.cause)}`, /secret/)
    return 'code' in error && error.code === 'KEY_INVALID'
  })
})

test('a database that is away refuses nothing and grants nothing', async () => {
  await using opened = openCaseSource({ ...settings, path: join(folder, 'none.db') })
  await requireCaseSource(opened)
  const asked = sqlCaseSource(opened).grant({ ...claim, purpose: 'x' })
  await assert.rejects(asked, { code: 'CASE_SOURCE_UNAVAILABLE' })
})

test('a case with two purposes is no usable record, and no value is quoted', async () => {
  const two = fileOfCases(
    'two.db',
    `INSERT INTO cases VALUES ('RS-1', 'official-9', NULL, 1, 'a secret purpose', 0, 0, NULL)`,
  )
  await using opened = openCaseSource({ ...settings, path: two })
  await assert.rejects(opened.vouch(claim), (error: Error) => {
    assert.doesNotMatch(error.message, /secret/)
    return 'code' in error && error.code === 'RECORDS_INVALID'
  })
})

test('scheme and purpose can be columns or the same for all', async () => {
  const other = fileOfCases('scheme.db', `ALTER TABLE cases ADD scheme TEXT DEFAULT 'demo-nin'`)
  const described = parseCaseDescription({
    ...contractCaseDescription,
    subject: { column: 'nin', scheme: { column: 'scheme' } },
    purpose: { value: 'https://cloison.eu/purpose/care' },
    kin: undefined,
    bystander: undefined,
  })
  await using opened = openCaseSource({ ...settings, path: other, description: described })
  assert.equal((await opened.vouch(claim)).state, 'granted')
  const stranger = { ...claim, subject: { ...claim.subject, scheme: 'other' } }
  assert.deepEqual(await opened.vouch(stranger), { state: 'refused', code: 'SUBJECT_NOT_PARTY' })
})

test('a case source that listens refuses whoever has no token, and everything but one claim', async () => {
  await using server = await startCaseServer(writeServer('refusing'))
  await using http = undiciHttpClient()
  const send = async (path: string, body: unknown, token = bearer): Promise<number> => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
    const url = `http://127.0.0.1:${server.port}${path}`
    const bytes = utf8(JSON.stringify(body))
    const bounds = { timeoutMs: 5000, maxResponseBytes: 16_384 }
    return (await http.send({ method: 'POST', url, headers, body: bytes, ...bounds })).status
  }
  assert.equal(await send('/case-tokens', claim), 200)
  assert.equal(await send('/case-tokens', claim, 'another-token-of-sixteen'), 401)
  assert.equal(await send('/cases', claim), 404)
  const { subject, ...nobody } = claim
  const refused = [
    nobody,
    [claim, claim],
    { ...nobody, subjects: [subject] },
    { ...claim, more: 1 },
  ]
  for (const body of refused) assert.equal(await send('/case-tokens', body), 400)
  assert.equal(await send('/case-tokens', { ...claim, reference: 'x'.repeat(9000) }), 400)
})

test('a case source listens on this machine alone, and each mistake is told', async () => {
  const mistakes = [
    [{ listen: '0.0.0.0:8430' }, /"listen": must be an address of this machine/],
    [{ listen: '8430' }, /"listen"/],
    [{ token: 'x' }, /Unrecognized key: "token"/],
    [{ cases: { kind: 'http', url: 'http://127.0.0.1:1', token_file: 't' } }, /"cases/],
  ] as const
  for (const [change, message] of mistakes) {
    const file = writeServer('mistaken', change)
    await assert.rejects(startCaseServer(file), { code: 'CONFIG_INVALID', message })
  }
})
