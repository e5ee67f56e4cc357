import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/** Plain rows to insert durably, and nothing else. */
export interface FloorPlan {
  readonly rows: number
  /** Rows in one transaction. */
  readonly group: number
  readonly rowBytes: number
}

/** What plain inserts came to. */
export interface Floor {
  /** Rows a second. */
  readonly rate: number
  /** Milliseconds of each transaction. */
  readonly commitsMs: readonly number[]
}

/**
 * Inserts rows into a table of one SQLite file, write-ahead logged with `synchronous=FULL`, a
 * transaction a group: what a log costs that nobody could check.
 */
export function insertFloor(folder: string, { rows, group, rowBytes }: FloorPlan): Floor {
  const path = join(folder, 'floor.db')
  const db = new DatabaseSync(path)
  try {
    db.exec(
      'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 4000',
    )
    db.exec('CREATE TABLE row (id INTEGER PRIMARY KEY, record BLOB NOT NULL)')
    const insert = db.prepare('INSERT INTO row (id, record) VALUES (?, ?)')
    const record = new Uint8Array(rowBytes).fill(7)
    const commitsMs: number[] = []
    const begun = performance.now()
    for (let first = 0; first < rows; first += group) {
      const commit = performance.now()
      db.exec('BEGIN IMMEDIATE')
      for (let id = first; id < Math.min(rows, first + group); id += 1) insert.run(id, record)
      db.exec('COMMIT')
      commitsMs.push(performance.now() - commit)
    }
    return { rate: (rows / (performance.now() - begun)) * 1000, commitsMs }
  } finally {
    db.close()
    for (const side of ['', '-wal', '-shm']) rmSync(`${path}${side}`, { force: true })
  }
}
