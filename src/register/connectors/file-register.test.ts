import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'

import { DuckDBInstance } from '@duckdb/node-api'

import { methodsOf } from '../../testing/index.ts'
import { parseRegisterDescription } from '../register-description.ts'
import { lockDown, openFileRegister } from './file-register.ts'

const folder = mkdtempSync(join(tmpdir(), 'cloison-csv-'))
after(() => rmSync(folder, { recursive: true }))

const element = (name: string, type: string): object => ({
  name,
  column: name,
  type,
  unit: null,
  category: 'ordinary',
  domain: { kind: 'open' },
})
const description = parseRegisterDescription({
  v: 1,
  name: 'people',
  category: 'ordinary',
  table: 'people',
  subject: { column: 'nin', scheme: 'test-number' },
  population: { name: 'residents', size: 10 },
  rowsPerPerson: 1,
  elements: [element('income', 'integer'), element('member', 'boolean'), element('since', 'date')],
})

let files = 0
function fileWith(text: string): string {
  files += 1
  const path = join(folder, `${files}.csv`)
  writeFileSync(path, text)
  return path
}

async function refusal(text: string): Promise<{ code: string; message: string }> {
  try {
    using register = await openFileRegister({ kind: 'csv', path: fileWith(text) }, description)
    assert.fail(`accepted: ${methodsOf(register).join(' ')}`)
  } catch (error) {
    assert.ok(error instanceof Error && 'code' in error)
    return { code: String(error.code), message: error.message }
  }
}

test('the connector object has the three methods of a register', async () => {
  using register = await openFileRegister(
    { kind: 'csv', path: fileWith('nin,income,member,since\nP1,1,true,2020-02-29\n') },
    description,
  )
  assert.deepEqual(methodsOf(register), ['aggregate', 'describe', 'lookUp'])
  const subject = { scheme: 'test-number', value: 'P1' }
  assert.deepEqual(await register.lookUp(subject, ['since', 'member', 'income']), {
    since: '2020-02-29',
    member: true,
    income: 1,
  })
})

test('columns may stand in any order, with others between, quoted or with a byte-order mark', async () => {
  const text = '\ufeff"since",other,member,"nin",income\n,"a, ""b""\nc",0,P1,-15\n,x,1,P2,\n'
  using register = await openFileRegister({ kind: 'csv', path: fileWith(text) }, description)
  const of = (value: string) =>
    register.lookUp({ scheme: 'test-number', value }, ['since', 'member', 'income'])
  assert.deepEqual(await of('P1'), { since: null, member: false, income: -15 })
  assert.deepEqual(await of('P2'), { since: null, member: true, income: null })
})

test('a file that is not there, or no CSV with the columns, is refused', async () => {
  await assert.rejects(
    openFileRegister({ kind: 'csv', path: join(folder, 'none.csv') }, description),
    {
      code: 'UNAVAILABLE',
    },
  )
  const missing = await refusal('nin,income,since\nP1,1,2020-01-01\n')
  assert.deepEqual(missing, {
    code: 'DESCRIPTION_INVALID',
    message: 'there is no column member in the file',
  })
})

test('subjects that are missing or repeated are refused by their number', async () => {
  const head = 'nin,income,member,since\n'
  assert.deepEqual(await refusal(`${head}SECRET1,1,,\nSECRET1,2,,\nSECRET1,3,,\nP2,,,\n`), {
    code: 'RECORDS_INVALID',
    message: '2 lines that repeat a subject in column nin',
  })
  assert.deepEqual(await refusal(`${head},1,,\nP2,,,\n`), {
    code: 'RECORDS_INVALID',
    message: '1 line without a subject in column nin',
  })
})

test('values of another type are refused by column and number of lines, never by value', async () => {
  const head = 'nin,income,member,since\n'
  const odd: readonly (readonly [string, string])[] = [
    ['P1,SECRET,,\nP2,1.5,,\nP3,7,,\n', '2 lines whose column income is not of the type integer'],
    ['P1,0123,,\n', '1 line whose column income is not of the type integer'],
    ['P1,9007199254740993,,\n', '1 line whose column income is not of the type integer'],
    ['P1,,yes,\n', '1 line whose column member is not of the type boolean'],
    ['P1,,,2021-02-29\n', '1 line whose column since is not of the type date'],
    ['P1,,,01/02/2021\n', '1 line whose column since is not of the type date'],
  ]
  for (const [lines, message] of odd) {
    assert.deepEqual(await refusal(head + lines), { code: 'RECORDS_INVALID', message })
  }
})

test('the locked engine reaches no file, loads nothing and cannot be unlocked', async () => {
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  const file = fileWith('nin\nP1\n')
  await connection.run(`SELECT * FROM read_csv('${file}')`)
  await lockDown(connection)
  const refused = [
    `SELECT * FROM read_csv('${file}')`,
    `SELECT * FROM '/etc/passwd'`,
    `SELECT * FROM read_text('/etc/passwd')`,
    `COPY (SELECT 1) TO '${folder}/out.csv'`,
    `ATTACH '${folder}/other.db'`,
    `INSTALL httpfs`,
    `LOAD httpfs`,
    `EXPORT DATABASE '${folder}/all'`,
    `SET enable_external_access = true`,
    `SET lock_configuration = false`,
    `SET memory_limit = '1GB'`,
  ]
  for (const text of refused) await assert.rejects(connection.run(text), text)
  connection.closeSync()
  instance.closeSync()
})
