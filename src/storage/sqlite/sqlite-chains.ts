import type { EntryPlace } from '../../log/index.ts'
import type { ChainEnd, ChainHead, ChainName, ChainRow, EpochRow } from '../../person/index.ts'
import { bytesOf, integerOf, optional, textOf } from './columns.ts'
import type { LogTable } from './log-table.ts'
import type { Database, SqlRow } from './open-database.ts'
import { StorageError } from './storage-error.ts'

/** The newest link of a subject's chain. */
export function readChainEnd(
  db: Database,
  subjectHandle: string,
  chain: ChainName,
): ChainEnd | undefined {
  const row = db.get(
    'SELECT seq, commitment FROM chain WHERE subject = ? AND chain = ? ORDER BY seq DESC LIMIT 1',
    subjectHandle,
    chain,
  )
  if (row === undefined) return undefined
  return { seq: integerOf(row, 'seq'), commitment: textOf(row, 'commitment') }
}

function nameOf(row: SqlRow): ChainName {
  const name = textOf(row, 'chain')
  if (name === 'open' || name === 'withheld') return name
  throw new StorageError('STORE_FAILED', 'A link is in an unknown chain.')
}

function headOf(row: SqlRow): ChainHead {
  return {
    subjectHandle: textOf(row, 'subject'),
    chain: nameOf(row),
    seq: integerOf(row, 'seq'),
    commitment: textOf(row, 'commitment'),
  }
}

const linkColumns = 'idx, subject, chain, seq, commitment, prev, c'

function linkOf(row: SqlRow, logs: LogTable): ChainRow {
  return {
    ...headOf(row),
    place: logs.placeOf(integerOf(row, 'idx')),
    prev: optional(row, 'prev', textOf),
    c: bytesOf(row, 'c'),
  }
}

/** One link of a subject's chain. */
export function readChainLink(
  db: Database,
  logs: LogTable,
  link: Pick<ChainRow, 'subjectHandle' | 'chain' | 'seq'>,
): ChainRow | undefined {
  const row = db.get(
    `SELECT ${linkColumns} FROM chain WHERE subject = ? AND chain = ? AND seq = ?`,
    link.subjectHandle,
    link.chain,
    link.seq,
  )
  return row === undefined ? undefined : linkOf(row, logs)
}

/** The link that an entry is. */
export function readChainLinkAt(
  db: Database,
  logs: LogTable,
  place: EntryPlace,
): ChainRow | undefined {
  const row = db.get(`SELECT ${linkColumns} FROM chain WHERE idx = ?`, logs.positionOf(place))
  return row === undefined ? undefined : linkOf(row, logs)
}

/** Ends of chains as they were before an entry. */
export function readChainHeads(
  db: Database,
  logs: LogTable,
  page: {
    readonly before: EntryPlace
    readonly after: Pick<ChainHead, 'subjectHandle' | 'chain'> | undefined
    readonly most: number
  },
): readonly ChainHead[] {
  const { before, after, most } = page
  // With one MAX, the other columns are those of its row: SQLite, "Bare columns in an aggregate query".
  return db
    .all(
      `SELECT subject, chain, MAX(seq) AS seq, commitment FROM chain
       WHERE (subject, chain) > (?, ?) AND idx < ? GROUP BY subject, chain ORDER BY subject, chain LIMIT ?`,
      after?.subjectHandle ?? '',
      after?.chain ?? '',
      logs.positionOf(before),
      most,
    )
    .map(headOf)
}

/** Adds a link to a subject's chain. */
export function writeChain(db: Database, logs: LogTable, row: ChainRow): void {
  db.run(
    `INSERT INTO chain (${linkColumns}) VALUES (?, ?, ?, ?, ?, ?, ?)`,
    logs.positionOf(row.place),
    row.subjectHandle,
    row.chain,
    row.seq,
    row.commitment,
    row.prev ?? null,
    row.c,
  )
}

/** Places of the entries about one subject, oldest first. */
export function readEntriesAbout(
  db: Database,
  logs: LogTable,
  subjectHandle: string,
): readonly EntryPlace[] {
  return db
    .all('SELECT idx FROM chain WHERE subject = ? ORDER BY idx', subjectHandle)
    .map((row) => logs.placeOf(integerOf(row, 'idx')))
}

const epochColumns = 'number, idx, size, root, vrf_key, salt, at_ms'

function epochOf(row: SqlRow, logs: LogTable): EpochRow {
  return {
    number: integerOf(row, 'number'),
    place: logs.placeOf(integerOf(row, 'idx')),
    size: integerOf(row, 'size'),
    root: textOf(row, 'root'),
    vrfKey: textOf(row, 'vrf_key'),
    salt: bytesOf(row, 'salt'),
    atMs: integerOf(row, 'at_ms'),
  }
}

/** A closed epoch by its number; the newest one without. */
export function readEpoch(db: Database, logs: LogTable, number?: number): EpochRow | undefined {
  const row =
    number === undefined
      ? db.get(`SELECT ${epochColumns} FROM epoch ORDER BY number DESC LIMIT 1`)
      : db.get(`SELECT ${epochColumns} FROM epoch WHERE number = ?`, number)
  return row === undefined ? undefined : epochOf(row, logs)
}

/** Adds a closed epoch. */
export function writeEpoch(db: Database, logs: LogTable, row: EpochRow): void {
  db.run(
    `INSERT INTO epoch (${epochColumns}) VALUES (?, ?, ?, ?, ?, ?, ?)`,
    row.number,
    logs.positionOf(row.place),
    row.size,
    row.root,
    row.vrfKey,
    row.salt,
    row.atMs,
  )
}
