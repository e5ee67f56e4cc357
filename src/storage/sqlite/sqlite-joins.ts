import {
  type JoinEnd,
  type JoinMessageRow,
  type JoinReader,
  type JoinRow,
  type JoinTransaction,
  mostJoins,
} from '../../population/index.ts'
import { bytesOf, integerOf, optional, textOf } from './columns.ts'
import type { LogTable } from './log-table.ts'
import type { Database, SqlRow } from './open-database.ts'
import { StorageError } from './storage-error.ts'

const named = 'plan = ? AND direction = ? AND party = ? AND digest = ?'

function oneOf<Word extends string>(text: string, words: readonly Word[]): Word {
  const word = words.find((one) => one === text)
  if (word === undefined)
    throw new StorageError('STORE_FAILED', 'A row of the joins has another form.')
  return word
}

function endOf(row: SqlRow): JoinEnd | undefined {
  const state = optional(row, 'state', textOf)
  if (state === undefined) return undefined
  return {
    state: oneOf(state, ['done', 'stopped', 'destroyed']),
    code: optional(row, 'code', textOf) ?? null,
    result: optional(row, 'result', bytesOf),
    abort: optional(row, 'abort', bytesOf),
    atMs: integerOf(row, 'ended_ms'),
  }
}

function joinOf(row: SqlRow, logs: LogTable): JoinRow {
  return {
    planHash: textOf(row, 'plan'),
    qid: textOf(row, 'qid'),
    role: oneOf(textOf(row, 'role'), ['left', 'right', 'tally', 'inspector']),
    analyst: textOf(row, 'analyst'),
    plan: bytesOf(row, 'bytes'),
    signatures: bytesOf(row, 'signatures'),
    reservation: optional(row, 'reservation', textOf) ?? null,
    place: logs.placeOf(integerOf(row, 'idx')),
    begunMs: integerOf(row, 'begun_ms'),
    end: endOf(row),
  }
}

function messageOf(row: SqlRow, logs: LogTable): JoinMessageRow {
  return {
    planHash: textOf(row, 'plan'),
    direction: oneOf(textOf(row, 'direction'), ['sent', 'received']),
    party: textOf(row, 'party'),
    leg: textOf(row, 'leg'),
    digest: textOf(row, 'digest'),
    commitment: textOf(row, 'commitment'),
    place: logs.placeOf(integerOf(row, 'idx')),
    atMs: integerOf(row, 'at_ms'),
    isSettled: integerOf(row, 'settled') === 1,
  }
}

/** The newest of the rows that stand before an index. */
function pageBefore(db: Database, index: number): readonly SqlRow[] {
  const sql = `SELECT * FROM join_run WHERE idx < ? ORDER BY idx DESC LIMIT ${mostJoins}`
  return db.all(sql, index)
}

/** Log time never goes back, so the first row that is older ends it: pages by the index, and nothing behind is read. */
function rowsSince(db: Database, begunMs: number): readonly SqlRow[] {
  const found: SqlRow[] = []
  let page = pageBefore(db, Number.MAX_SAFE_INTEGER)
  for (;;) {
    const young = page.filter((row) => integerOf(row, 'begun_ms') >= begunMs)
    found.push(...young)
    const last = page.at(-1)
    if (last === undefined || young.length < page.length || page.length < mostJoins) return found
    page = pageBefore(db, integerOf(last, 'idx'))
  }
}

/** Reads of joins, through one connection. */
export function sqliteJoinReader(db: Database, logs: LogTable): JoinReader {
  const one = (row: SqlRow | undefined): JoinRow | undefined => row && joinOf(row, logs)
  return {
    join: async (planHash) => one(db.get('SELECT * FROM join_run WHERE plan = ?', planHash)),
    joinByQid: async (qid) => one(db.get('SELECT * FROM join_run WHERE qid = ?', qid)),
    openJoins: async () =>
      db
        .all('SELECT * FROM join_run WHERE state IS NULL ORDER BY idx')
        .map((row) => joinOf(row, logs)),
    keptJoins: async () =>
      db
        .all("SELECT * FROM join_run WHERE state IS NULL OR state = 'done' ORDER BY idx")
        .map((row) => joinOf(row, logs)),
    joins: async () => pageBefore(db, Number.MAX_SAFE_INTEGER).map((row) => joinOf(row, logs)),
    joinsSince: async (begunMs) => rowsSince(db, begunMs).map((row) => joinOf(row, logs)),
    joinMessages: async (planHash) =>
      db
        .all('SELECT * FROM join_message WHERE plan = ? ORDER BY idx', planHash)
        .map((row) => messageOf(row, logs)),
    joinMessage: async ({ planHash, direction, party, digest }) => {
      const sql = `SELECT * FROM join_message WHERE ${named}`
      const row = db.get(sql, planHash, direction, party, digest)
      return row && messageOf(row, logs)
    },
  }
}

function writeJoin(db: Database, logs: LogTable, row: Omit<JoinRow, 'end'>): void {
  db.run(
    'INSERT INTO join_run (plan, qid, role, analyst, bytes, signatures, reservation, idx, begun_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
    row.planHash,
    row.qid,
    row.role,
    row.analyst,
    row.plan,
    row.signatures,
    row.reservation,
    logs.positionOf(row.place),
    row.begunMs,
  )
}

function writeMessage(db: Database, logs: LogTable, row: JoinMessageRow): void {
  db.run(
    'INSERT INTO join_message (idx, plan, direction, party, leg, digest, commitment, at_ms, settled) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
    logs.positionOf(row.place),
    row.planHash,
    row.direction,
    row.party,
    row.leg,
    row.digest,
    row.commitment,
    row.atMs,
    row.isSettled ? 1 : 0,
  )
}

/** Writes of them within the connection's open transaction. */
export function sqliteJoinWrites(
  db: Database,
  logs: LogTable,
): Omit<JoinTransaction, keyof JoinReader> {
  return {
    saveJoin: async (row) => writeJoin(db, logs, row),
    endJoin: async (planHash, { state, code, result, abort, atMs }) => {
      const sql =
        'UPDATE join_run SET state = ?, code = ?, result = ?, abort = ?, ended_ms = ? WHERE plan = ?'
      const last = [result ?? null, abort ?? null] as const
      const { changes } = db.run(sql, state, code, ...last, atMs, planHash)
      if (changes !== 1) throw new StorageError('STORE_FAILED', 'There is no such join.')
    },
    saveJoinMessage: async (row) => writeMessage(db, logs, row),
    settleJoinMessage: async ({ planHash, direction, party, digest }) => {
      const sql = `UPDATE join_message SET settled = 1 WHERE ${named}`
      db.run(sql, planHash, direction, party, digest)
    },
    claimJoinKey: async (key, planHash) => {
      db.run('INSERT INTO join_key (key, plan) VALUES (?, ?) ON CONFLICT DO NOTHING', key, planHash)
      const row = db.get('SELECT plan FROM join_key WHERE key = ?', key)
      return row !== undefined && textOf(row, 'plan') === planHash
    },
  }
}
