import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import {
  inspectPostgresJoins,
  joinsSql,
  openRegister,
  registerSql,
} from '../../src/register/index.ts'
import { contractDescription, contractRows, maskPlan, tokensIn } from '../../src/testing/index.ts'
import { needPostgres } from '../house/needs.ts'
import { type PostgresCluster, startCluster } from './postgres-cluster.ts'

const description = contractDescription
const names = { schema: 'public', role: 'gateway', owner: 'cloison_owner' }
const joiner = { ...names, role: 'joiner' }

function tableScript(): string {
  const rows = contractRows().map(
    ({ nin, insured, annual_income: income }) => `('${String(nin)}', ${income}, ${insured})`,
  )
  return `CREATE TABLE people (nin text PRIMARY KEY, annual_income integer, district varchar(20),
      insured boolean, dependants smallint, birth_date date, street text, religion text, secret text);
    INSERT INTO people (nin, annual_income, insured) VALUES ${rows.join(',')};
    REVOKE CONNECT ON DATABASE template1 FROM PUBLIC;`
}

const needy = { name: 'joins over a register in PostgreSQL', skip: () => undefined }
const programs = needPostgres(needy)
if (programs === undefined) test(needy.name, { skip: 'NOT RUN, needs PostgreSQL' })
else describe(needy.name, () => testJoins(programs))

function testJoins(folder: string): void {
  let started: PostgresCluster | undefined
  const running = (): PostgresCluster => {
    if (started === undefined) throw new TypeError('the cluster is not running')
    return started
  }
  const without = () =>
    ({
      kind: 'postgres',
      dsnFile: running().dsnFile('gateway'),
      schema: 'public',
      description,
    }) as const
  const settings = () => ({ ...without(), joinsDsnFile: running().dsnFile('joiner') })
  const masked = async (): Promise<readonly (readonly string[])[]> => {
    const plan = maskPlan({ by: ['insured'] })
    await using register = await openRegister(settings())
    return tokensIn(await register.maskPoints(plan), plan)
  }
  before(async () => {
    started = await startCluster(folder)
    started.psql(tableScript())
    started.psql(registerSql(description, names))
  })
  after(() => started?.[Symbol.dispose]())

  test('there are none until the administrator has granted them, and set a role', async () => {
    await using register = await openRegister(without())
    await assert.rejects(register.maskPoints(maskPlan()), {
      code: 'JOINS_NOT_GRANTED',
      message: /cloison register sql --joins/,
    })
    running().psql(`CREATE ROLE joiner LOGIN`)
    await using other = await openRegister(settings())
    await assert.rejects(other.maskPoints(maskPlan()), { code: 'DESCRIPTION_INVALID' })
    running().psql(joinsSql(description, joiner))
    assert.deepEqual(
      (await masked()).map((group) => group.length),
      [false, true].map((key) => contractRows().filter(({ insured }) => insured === key).length),
    )
  })

  test('the role of look-ups lists nobody, and that of joins does nothing else', () => {
    const as = (role: string, statement: string): string =>
      running().psql(`SET ROLE ${role}; BEGIN; ${statement}`)
    const rows = `SELECT "cloison-join_income".join_rows('{}', '[]', NULL, NULL, NULL)`
    const refused: readonly (readonly [string, string])[] = [
      ['gateway', rows],
      ['joiner', 'SELECT nin FROM people'],
      ['joiner', 'SELECT count(*) FROM people'],
      ['joiner', `SELECT * FROM cloison_income.look_up('P0001')`],
      [
        'joiner',
        `SELECT * FROM cloison_income.aggregate('{}', '[]', 'count', NULL, NULL, NULL, NULL)`,
      ],
      ['joiner', `UPDATE people SET district = 'x'`],
    ]
    for (const [role, statement] of refused)
      assert.throws(() => as(role, statement), /permission denied/, statement)
    // What the role is for, and why it is another one: it does list everybody.
    assert.match(
      as('joiner', `${rows}; FETCH 2 FROM cloison_rows`),
      /^cloison_rows\nP\d{4}\nP\d{4}$/,
    )
  })

  test('its function is closed in the database too', () => {
    const call = (given: string): string =>
      running().psql(
        `SET ROLE joiner; BEGIN; SELECT "cloison-join_income".join_rows(${given}); FETCH 1 FROM cloison_rows`,
      )
    assert.match(call(`'{insured}', '[]', 'annualIncome', 0, 5`), /P\d{4}\|[tf]\|\d/)
    for (const given of [
      `'{nin}', '[]', NULL, NULL, NULL`,
      `'{street}', '[]', NULL, NULL, NULL`,
      `'{secret}', '[]', NULL, NULL, NULL`,
      `'{annualIncome}', '[]', NULL, NULL, NULL`,
      `'{"insured FROM people; --"}', '[]', NULL, NULL, NULL`,
      `'{}', '[{"element": "religion", "keys": ["a"]}]', NULL, NULL, NULL`,
      `'{}', '[{"element": "district", "keys": ["x'' OR true --"]}]', NULL, NULL, NULL`,
      `'{}', '[{"element": "district", "keys": []}]', NULL, NULL, NULL`,
      `'{}', '[]', 'street', 0, 1`,
      `'{}', '[]', 'annualIncome', 1, 0`,
      `'{}', '[]', 'annualIncome', NULL, NULL`,
    ])
      assert.throws(() => call(given), /closed grammar/, given)
  })

  test('a role with a right too many, either of the two, is refused', async () => {
    const execute = 'FUNCTION "cloison-join_income".join_rows(text[],jsonb,text,bigint,bigint)'
    const attempts: readonly (readonly [string, string])[] = [
      ['GRANT SELECT ON people TO joiner', 'REVOKE SELECT ON people FROM joiner'],
      [
        'GRANT USAGE ON SCHEMA cloison_income TO joiner; GRANT EXECUTE ON FUNCTION cloison_income.look_up(text) TO joiner',
        'REVOKE EXECUTE ON FUNCTION cloison_income.look_up(text) FROM joiner; REVOKE USAGE ON SCHEMA cloison_income FROM joiner',
      ],
      ['GRANT pg_read_all_data TO joiner', 'REVOKE pg_read_all_data FROM joiner'],
    ]
    for (const [grant, revoke] of attempts) {
      running().psql(grant)
      await assert.rejects(masked(), { code: 'ROLE_REFUSED' }, grant)
      running().psql(revoke)
    }
    running().psql(
      `GRANT USAGE ON SCHEMA "cloison-join_income" TO gateway; GRANT EXECUTE ON ${execute} TO gateway`,
    )
    await assert.rejects(openRegister(settings()), {
      code: 'ROLE_REFUSED',
      message: /join_rows/,
    })
    running().psql(
      `REVOKE EXECUTE ON ${execute} FROM gateway; REVOKE USAGE ON SCHEMA "cloison-join_income" FROM gateway`,
    )
    assert.equal((await masked()).length, 2)
  })

  test('a function that is not the shipped one is refused, and doctor says what to do', async () => {
    running().psql(`CREATE OR REPLACE FUNCTION "cloison-join_income".join_rows(dimensions text[],
      filters jsonb, measured text, low bigint, high bigint) RETURNS refcursor
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET datestyle = ISO
      AS $$ SELECT 'cloison_rows'::refcursor $$`)
    await assert.rejects(masked(), { code: 'DESCRIPTION_INVALID' })
    const ill = await inspectPostgresJoins(settings(), description)
    assert.match(ill?.mismatch ?? '', /run the script of "cloison register sql --joins" again/)
    running().psql(joinsSql(description, joiner))
    assert.deepEqual(await inspectPostgresJoins(settings(), description), {
      findings: [],
      mismatch: undefined,
    })
    assert.equal(await inspectPostgresJoins(without(), description), undefined)
  })

  test('rows end with an error while the database is away', async () => {
    await using register = await openRegister(settings())
    await running().stop()
    await assert.rejects(register.maskPoints(maskPlan()), { code: 'UNAVAILABLE' })
    await running().start()
    assert.deepEqual((await register.maskPoints(maskPlan())).counts, [1000])
  })
}
