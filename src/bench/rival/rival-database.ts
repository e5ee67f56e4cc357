import { Pool } from 'pg'
import { benchIncome, benchSubject } from '../fixture/bench-people.ts'
import { postgresUser } from './postgres-server.ts'

/** What an audit row says. */
export interface AuditRow {
  readonly subject: string
  readonly official: string
  readonly detail: object
}

/** The rival's database. */
export interface RivalDatabase {
  /** Finds one person by primary key. */
  lookUp(subject: string): Promise<number | undefined>
  /** Inserts one audit row; resolves once it is committed. */
  audit(row: AuditRow): Promise<void>
}

const schema = `
CREATE TABLE income (nin text PRIMARY KEY, annual_income integer NOT NULL);
CREATE TABLE audit (id bigserial PRIMARY KEY, subject text NOT NULL, ts timestamptz NOT NULL DEFAULT now(), official text NOT NULL, detail jsonb NOT NULL);
CREATE INDEX audit_subject ON audit (subject, ts);
`

async function load(pool: Pool, people: number): Promise<void> {
  await pool.query(schema)
  const places = Array.from({ length: people }, (_, place) => place)
  await pool.query('INSERT INTO income SELECT * FROM unnest($1::text[], $2::integer[])', [
    places.map(benchSubject),
    places.map(benchIncome),
  ])
  await pool.query('VACUUM ANALYZE income')
  await pool.query('CHECKPOINT')
}

/**
 * Fills an empty cluster with the people and opens it: a pool of 10 connections, every statement
 * prepared once a connection, `synchronous_commit` on.
 */
export async function openRivalDatabase(port: number, people: number): Promise<RivalDatabase> {
  const pool = new Pool({
    host: '127.0.0.1',
    port,
    user: postgresUser,
    database: 'postgres',
    max: 10,
  })
  await load(pool, people)
  return {
    async lookUp(subject) {
      const { rows } = await pool.query<{ annual_income: number }>({
        name: 'look-up',
        text: 'SELECT annual_income FROM income WHERE nin = $1',
        values: [subject],
      })
      return rows[0]?.annual_income
    },
    async audit({ subject, official, detail }) {
      await pool.query({
        name: 'audit',
        text: 'INSERT INTO audit (subject, official, detail) VALUES ($1, $2, $3)',
        values: [subject, official, JSON.stringify(detail)],
      })
    },
  }
}
