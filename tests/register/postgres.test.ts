import assert from 'node:assert/strict'
import { execFile, execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { promisify } from 'node:util'
import { parse, stringify } from 'yaml'
import { inspectPostgres, joinsSql, openRegister, registerSql } from '../../src/register/index.ts'
import { contractDescription, contractRows, registerContract } from '../../src/testing/index.ts'
import { cliScript } from '../fault/gateway-process.ts'
import { needPostgres } from '../house/needs.ts'
import { type PostgresCluster, startCluster } from './postgres-cluster.ts'

const names = { schema: 'public', role: 'gateway', owner: 'cloison_owner' }
const description = contractDescription
const subject = { scheme: 'test-number', value: 'P0001' }

/** A literal; only for this file's own rows. */
function literal(value: boolean | number | string | null): string {
  return typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value)
}

function tableScript(): string {
  const rows = contractRows().map((row) => `(${Object.values(row).map(literal).join(',')})`)
  return `CREATE TABLE people (nin text PRIMARY KEY, annual_income integer, district varchar(20),
      insured boolean, dependants smallint, birth_date date, street text, religion text, secret text);
    INSERT INTO people VALUES ${rows.join(',')};
    REVOKE CONNECT ON DATABASE template1 FROM PUBLIC;`
}

const needy = { name: 'a register in PostgreSQL', skip: () => undefined }
const programs = needPostgres(needy)
if (programs === undefined) test(needy.name, { skip: 'NOT RUN, needs PostgreSQL' })
else describe(needy.name, () => testRegister(programs))

function testRegister(folder: string): void {
  let started: PostgresCluster | undefined
  const running = (): PostgresCluster => {
    if (started === undefined) throw new TypeError('the cluster is not running')
    return started
  }
  const settings = () =>
    ({
      kind: 'postgres',
      dsnFile: running().dsnFile('gateway'),
      joinsDsnFile: running().dsnFile('joiner'),
      schema: 'public',
      description,
    }) as const
  before(async () => {
    started = await startCluster(folder)
    started.psql(tableScript())
    started.psql(registerSql(description, names))
    started.psql(joinsSql(description, { ...names, role: 'joiner' }))
  })
  after(() => started?.[Symbol.dispose]())

  registerContract('postgres', () => openRegister(settings()))

  test('its role reads no table and changes none', () => {
    const asGateway = (statement: string): string =>
      running().psql(`SET ROLE gateway; ${statement}`)
    const refused = [
      'SELECT * FROM people',
      'SELECT nin FROM people',
      'SELECT count(*) FROM people',
      'TABLE people',
      'COPY people TO STDOUT',
      `UPDATE people SET district = 'x'`,
      'DELETE FROM people',
      `SELECT pg_read_file('PG_VERSION')`,
      'CREATE TABLE cloison_income.copy (x text)',
    ]
    for (const statement of refused) {
      assert.throws(() => asGateway(statement), /permission denied/, statement)
    }
    assert.equal(asGateway(`SELECT district FROM cloison_income.look_up('P0001')`), 'south')
    assert.equal(asGateway(`SELECT count(*) FROM cloison_income.look_up(NULL)`), '0')
  })

  test('its table is closed in the database too', () => {
    const table = (call: string): string =>
      running().psql(`SET ROLE gateway; SELECT * FROM cloison_income.aggregate(${call})`)
    assert.equal(table(`'{}', '[]', 'count', NULL, NULL, NULL, NULL`), '[]|{1000}')
    const refused = [
      `'{nin}', '[]', 'count', NULL, NULL, NULL, NULL`,
      `'{annualIncome}', '[]', 'count', NULL, NULL, NULL, NULL`,
      `'{street}', '[]', 'count', NULL, NULL, NULL, NULL`,
      `'{secret}', '[]', 'count', NULL, NULL, NULL, NULL`,
      `'{"district FROM people; --"}', '[]', 'count', NULL, NULL, NULL, NULL`,
      `'{}', '[{"element": "religion", "keys": ["a"]}]', 'count', NULL, NULL, NULL, NULL`,
      `'{}', '[{"element": "district", "keys": ["x'' OR true --"]}]', 'count', NULL, NULL, NULL, NULL`,
      `'{}', '[{"element": "district", "keys": []}]', 'count', NULL, NULL, NULL, NULL`,
      `'{}', '[{"element": "birthDate", "keys": ["1911-02-15"]}]', 'count', NULL, NULL, NULL, NULL`,
      `'{}', '[]', 'sum', 'district', 0, 1, NULL`,
      `'{}', '[]', 'sum', 'annualIncome', 1, 0, NULL`,
      `'{}', '[]', 'list', 'annualIncome', 0, 1, NULL`,
      `'{}', '[]', NULL, NULL, NULL, NULL, NULL`,
      `'{}', '[]', 'buckets', 'annualIncome', 0, 64, 1`,
      `'{}', '[]', 'buckets', 'annualIncome', 0, 64, 0`,
    ]
    for (const call of refused) assert.throws(() => table(call), /closed grammar/, call)
  })

  const rights: readonly (readonly [string, string, string])[] = [
    ['ROLE_ATTRIBUTE', 'ALTER ROLE gateway SUPERUSER', 'ALTER ROLE gateway NOSUPERUSER'],
    ['ROLE_ATTRIBUTE', 'ALTER ROLE gateway CREATEDB', 'ALTER ROLE gateway NOCREATEDB'],
    ['ROLE_ATTRIBUTE', 'ALTER ROLE gateway CREATEROLE', 'ALTER ROLE gateway NOCREATEROLE'],
    ['ROLE_ATTRIBUTE', 'ALTER ROLE gateway BYPASSRLS', 'ALTER ROLE gateway NOBYPASSRLS'],
    ['ROLE_ATTRIBUTE', 'ALTER ROLE gateway REPLICATION', 'ALTER ROLE gateway NOREPLICATION'],
    ['ROLE_MEMBER', 'GRANT pg_read_all_data TO gateway', 'REVOKE pg_read_all_data FROM gateway'],
    ['ROLE_MEMBER', 'GRANT cloison_owner TO gateway', 'REVOKE cloison_owner FROM gateway'],
    ['ROLE_OWNER', 'ALTER TABLE people OWNER TO gateway', 'ALTER TABLE people OWNER TO dba'],
    ['ROLE_READS', 'GRANT SELECT ON people TO gateway', 'REVOKE SELECT ON people FROM gateway'],
    [
      'ROLE_READS',
      'GRANT SELECT (nin) ON people TO PUBLIC',
      'REVOKE SELECT (nin) ON people FROM PUBLIC',
    ],
    [
      'ROLE_READS',
      'GRANT SELECT ON pg_authid TO gateway',
      'REVOKE SELECT ON pg_authid FROM gateway',
    ],
    [
      'ROLE_READS',
      'CREATE VIEW everyone AS TABLE people; GRANT SELECT ON everyone TO PUBLIC',
      'DROP VIEW everyone',
    ],
    ['ROLE_WRITES', 'GRANT INSERT ON people TO gateway', 'REVOKE INSERT ON people FROM gateway'],
    ['ROLE_WRITES', 'GRANT DELETE ON people TO gateway', 'REVOKE DELETE ON people FROM gateway'],
    [
      'ROLE_WRITES',
      'GRANT UPDATE (nin) ON people TO gateway',
      'REVOKE UPDATE (nin) ON people FROM gateway',
    ],
    ['ROLE_WRITES', 'CREATE SEQUENCE s; GRANT USAGE ON SEQUENCE s TO gateway', 'DROP SEQUENCE s'],
    [
      'ROLE_EXECUTES',
      'GRANT EXECUTE ON FUNCTION pg_read_file(text) TO gateway',
      'REVOKE EXECUTE ON FUNCTION pg_read_file(text) FROM gateway',
    ],
    [
      'ROLE_EXECUTES',
      'CREATE FUNCTION f() RETURNS SETOF people LANGUAGE sql SECURITY DEFINER AS $$ TABLE people $$',
      'DROP FUNCTION f()',
    ],
    [
      'ROLE_CREATES',
      'GRANT CREATE ON SCHEMA public TO gateway',
      'REVOKE CREATE ON SCHEMA public FROM gateway',
    ],
    [
      'ROLE_CREATES',
      'GRANT CREATE ON DATABASE postgres TO gateway',
      'REVOKE CREATE ON DATABASE postgres FROM gateway',
    ],
    [
      'ROLE_CONNECTS',
      'GRANT CONNECT ON DATABASE template1 TO PUBLIC',
      'REVOKE CONNECT ON DATABASE template1 FROM PUBLIC',
    ],
    [
      'ROLE_FOREIGN',
      'CREATE FOREIGN DATA WRAPPER w; CREATE SERVER far FOREIGN DATA WRAPPER w; GRANT USAGE ON FOREIGN SERVER far TO gateway',
      'DROP FOREIGN DATA WRAPPER w CASCADE',
    ],
  ]
  test('a role as the script makes it has no right too many', async () => {
    assert.deepEqual(await inspectPostgres(settings(), description), {
      findings: [],
      mismatch: undefined,
    })
  })

  for (const [code, grant, revoke] of rights) {
    test(`finds ${code} after: ${grant.slice(0, 60)}`, async () => {
      running().psql(grant)
      const { findings } = await inspectPostgres(settings(), description)
      assert.ok(findings.some((one) => one.code === code && one.fix !== '' && one.what !== ''))
      running().psql(revoke)
    })
  }

  test('does not open with a role that reads the table', async () => {
    running().psql('GRANT SELECT ON people TO gateway')
    await assert.rejects(openRegister(settings()), {
      code: 'ROLE_REFUSED',
      message: /can SELECT from public.people/,
    })
    running().psql('REVOKE SELECT ON people FROM gateway')
    await using register = await openRegister(settings())
    assert.deepEqual(await register.lookUp(subject, ['dependants']), { dependants: 1 })
  })

  test('doctor names each right with its remedy, and counts', async () => {
    const file = writeConfig(running())
    const well = await doctor(file)
    const found = well.checks.filter(({ what }) => what.startsWith('registers.income'))
    assert.deepEqual(
      found.map(({ ok }) => ok),
      [true, true, true],
      JSON.stringify(found),
    )
    assert.match(found.at(-1)?.found ?? '', /^1000 rows, one a person; without a declared key: /)
    running().psql('GRANT SELECT ON people TO gateway')
    const ill = await doctor(file)
    running().psql('REVOKE SELECT ON people FROM gateway')
    const right = ill.checks.find(({ fix }) => fix?.startsWith('REVOKE SELECT') === true)
    assert.match(right?.found ?? '', /ROLE_READS: its role can SELECT from public.people/)
    assert.equal(ill.ok, false)
    assert.doesNotMatch(JSON.stringify([well, ill]), /P\d{4}|Rue|not for anyone/)
  })

  test('does not open on a function that is not the shipped one', async () => {
    running()
      .psql(`CREATE OR REPLACE FUNCTION cloison_income.aggregate(dimensions text[], filters jsonb,
      kind text, measured text, low bigint, high bigint, width bigint)
      RETURNS TABLE (cell jsonb, numbers numeric[])
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET datestyle = ISO
      AS $$ SELECT to_jsonb(p), '{1}'::numeric[] FROM public.people AS p $$`)
    await assert.rejects(openRegister(settings()), { code: 'DESCRIPTION_INVALID' })
    running().psql(registerSql(description, names))
    await using register = await openRegister(settings())
    assert.equal(register.describe().name, 'income')
  })

  test('does not open on a table that could hold a person twice', async () => {
    running().psql('ALTER TABLE people DROP CONSTRAINT people_pkey')
    await assert.rejects(openRegister(settings()), {
      code: 'DESCRIPTION_INVALID',
      message: /unique/,
    })
    running().psql('ALTER TABLE people ADD PRIMARY KEY (nin)')
    running().psql('ALTER TABLE people ALTER COLUMN insured TYPE text')
    await assert.rejects(openRegister(settings()), {
      message: /insured is not declared as boolean/,
    })
    running().psql('ALTER TABLE people ALTER COLUMN insured TYPE boolean USING insured::boolean')
  })

  test('is unavailable while the database is away, and comes back', async () => {
    await using register = await openRegister(settings())
    const asked = (): Promise<unknown> => register.lookUp(subject, ['dependants'])
    assert.deepEqual(await asked(), { dependants: 1 })
    await running().stop()
    await assert.rejects(asked(), { code: 'UNAVAILABLE' })
    await running().start()
    assert.deepEqual(await asked(), { dependants: 1 })
  })

  test('a connector that was started before its database answers once it is there', async () => {
    await running().stop()
    await assert.rejects(openRegister(settings()), { code: 'UNAVAILABLE' })
    await running().start()
    await using register = await openRegister(settings())
    assert.deepEqual(await register.lookUp(subject, ['dependants']), { dependants: 1 })
  })
}

interface DoctorReport {
  readonly ok: boolean
  readonly checks: readonly {
    readonly what: string
    readonly ok: boolean
    readonly found: string
    readonly fix?: string
  }[]
}

/** A founded organisation whose one register is the cluster's. */
function writeConfig(cluster: PostgresCluster): string {
  const folder = mkdtempSync(join(tmpdir(), 'cloison-doctor-'))
  after(() => rmSync(folder, { recursive: true, force: true }))
  const file = join(folder, 'cloison.yaml')
  const names = ['--org', 'tax', '--name', 'Tax', '--origin', 'tax.localhost/log/2026h2']
  execFileSync(process.execPath, [
    cliScript,
    'init',
    ...names,
    '--dir',
    folder,
    '--address',
    'Tax',
    '1 Mint Street',
  ])
  writeFileSync(join(folder, 'income.json'), JSON.stringify(description))
  const register = {
    kind: 'postgres',
    dsn_file: cluster.dsnFile('gateway'),
    description_file: 'income.json',
  }
  const settings: unknown = parse(readFileSync(file, 'utf8'))
  writeFileSync(file, stringify({ ...Object(settings), registers: { income: register } }))
  return file
}

async function doctor(file: string): Promise<DoctorReport> {
  const run = promisify(execFile)
  const { stdout } = await run(process.execPath, [cliScript, 'doctor', '-c', file, '--json']).catch(
    (cause: { stdout: string }) => cause,
  )
  const report: DoctorReport = JSON.parse(stdout)
  return report
}
