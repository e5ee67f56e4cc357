import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { encodeBase64 } from '../../src/bytes/index.ts'
import { sqlCaseSource } from '../../src/node/index.ts'
import { nobleEd25519 } from '../../src/crypto/index.ts'
import {
  caseSql,
  type CaseSourceSettings,
  inspectPostgresCases,
  openCaseSource,
  parseCaseDescription,
} from '../../src/register/index.ts'
import { caseContract, contractCaseDescription, contractCases } from '../../src/testing/index.ts'
import { needPostgres } from '../house/needs.ts'
import { type PostgresCluster, startCluster } from './postgres-cluster.ts'

const names = { schema: 'public', role: 'gateway', owner: 'cases_owner' }
const description = parseCaseDescription(contractCaseDescription)
const seed = new Uint8Array(32).fill(7)
const issuer = 'cases.housing'

/** A literal; only for this file's own rows. */
function literal(value: boolean | string | null): string {
  return typeof value === 'string' ? `'${value}'` : String(value)
}

/** The described table is a view, as a case system's administrator would make one. */
function tableScript(): string {
  const rows = contractCases.map((row) => `(${Object.values(row).map(literal).join(',')})`)
  const columns = ['reference', 'official', 'nin', 'is_open', 'purpose', 'is_kin', 'is_bystander']
  const order = Object.keys(contractCases[0] ?? {}).map(
    (member) =>
      ({ isOpen: 'is_open', isKin: 'is_kin', isBystander: 'is_bystander' })[member] ?? member,
  )
  return `CREATE TABLE stored (reference varchar(40), official text, nin text, is_open boolean,
      purpose text, is_kin boolean, is_bystander boolean, secret text);
    INSERT INTO stored (${order.join(', ')}) VALUES ${rows.join(',')};
    CREATE VIEW cases AS SELECT ${columns.join(', ')}, secret FROM stored;
    REVOKE CONNECT ON DATABASE template1 FROM PUBLIC;`
}

const needy = { name: 'a case system in PostgreSQL', skip: () => undefined }
const programs = needPostgres(needy)
if (programs === undefined) test(needy.name, { skip: 'NOT RUN, needs PostgreSQL' })
else describe(needy.name, () => testCases(programs))

function testCases(folder: string): void {
  const own = mkdtempSync(join(tmpdir(), 'cloison-case-key-'))
  const keyFile = join(own, 'case.key')
  writeFileSync(keyFile, `${encodeBase64(seed)}\n`, { mode: 0o600 })
  let started: PostgresCluster | undefined
  const running = (): PostgresCluster => {
    if (started === undefined) throw new TypeError('the cluster is not running')
    return started
  }
  const place = () => ({ dsnFile: running().dsnFile('gateway'), schema: 'public' })
  const settings = (): CaseSourceSettings => ({
    kind: 'postgres',
    ...place(),
    issuer,
    keyFile,
    description,
  })
  before(async () => {
    started = await startCluster(folder)
    started.psql(tableScript())
    started.psql(caseSql(description, names))
  })
  after(() => {
    started?.[Symbol.dispose]()
    rmSync(own, { recursive: true, force: true })
  })

  caseContract('postgres', async () => {
    const opened = openCaseSource(settings())
    const publicKey = nobleEd25519.publicKey(seed)
    const close = async (): Promise<void> => opened[Symbol.asyncDispose]()
    return { source: sqlCaseSource(opened), issuer, publicKey, [Symbol.asyncDispose]: close }
  })

  test('its role reads no case, official or party', () => {
    const asGateway = (statement: string): string =>
      running().psql(`SET ROLE gateway; ${statement}`)
    const refused = [
      'TABLE cases',
      'SELECT reference FROM cases',
      'SELECT count(*) FROM stored',
      `UPDATE stored SET is_open = true`,
      `SELECT pg_read_file('PG_VERSION')`,
    ]
    for (const statement of refused) {
      assert.throws(() => asGateway(statement), /permission denied/, statement)
    }
    const vouch = `SELECT verdict FROM cases_for_cloison.vouch`
    assert.equal(asGateway(`${vouch}('RS-1', 'official-1', 'demo-nin', '0000000197')`), 'GRANTED')
    assert.equal(asGateway(`${vouch}('%', '%', '%', '%')`), 'CASE_UNKNOWN')
    assert.equal(asGateway(`${vouch}(NULL, NULL, NULL, NULL)`), '')
  })

  test('a role as the script makes it has no right too many', async () => {
    const found = await inspectPostgresCases(place(), description)
    assert.deepEqual(found, { findings: [], mismatch: undefined })
  })

  test('does not open with a role that reads the cases', async () => {
    running().psql('GRANT SELECT ON cases TO gateway')
    await using opened = openCaseSource(settings())
    await assert.rejects(opened.describe(), {
      code: 'ROLE_REFUSED',
      message: /can SELECT from public.cases/,
    })
    running().psql('REVOKE SELECT ON cases FROM gateway')
  })

  test('does not open on a function that vouches for everybody, or beside another', async () => {
    const changes = [
      `CREATE OR REPLACE FUNCTION cases_for_cloison.vouch(reference text, official text, scheme text,
         subject text) RETURNS TABLE (verdict text, purposes bigint, purpose text, kin boolean,
         bystander boolean)
         LANGUAGE sql STRICT STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
         SET datestyle = ISO AS $$ SELECT 'GRANTED', 1::bigint, 'p', false, false $$`,
      `CREATE FUNCTION cases_for_cloison.look_up(text) RETURNS SETOF public.cases
         LANGUAGE sql SECURITY DEFINER AS $$ TABLE public.cases $$`,
    ]
    for (const change of changes) {
      running().psql(change)
      await using opened = openCaseSource(settings())
      await assert.rejects(opened.describe(), { code: 'DESCRIPTION_INVALID' })
      running().psql('DROP SCHEMA cases_for_cloison CASCADE')
      running().psql(caseSql(description, names))
    }
    await using again = openCaseSource(settings())
    assert.equal((await again.describe()).name, issuer)
  })

  test('a column of another type is refused', async () => {
    const wrong = { ...description, open: 'purpose' }
    await using opened = openCaseSource({ ...settings(), description: wrong })
    await assert.rejects(opened.describe(), { message: /column purpose of cases is not bool/ })
  })
}
