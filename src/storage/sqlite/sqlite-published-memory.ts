import type { PublishedMemory } from '../../log/index.ts'
import { integerOf } from './columns.ts'
import { openDatabase } from './open-database.ts'

const table =
  'CREATE TABLE IF NOT EXISTS published (origin TEXT PRIMARY KEY, size INTEGER NOT NULL) WITHOUT ROWID'

/**
 * The size published last of the log of `origin`, in a table, made at the first publication, in the
 * file of the head store, which no backup shares with the published folder. Its connection is its own,
 * so that the publisher never waits for the writer.
 *
 * @throws {@link StorageError} as {@link openDatabase}
 */
export function openPublishedMemory(path: string, origin: string): PublishedMemory & Disposable {
  const db = openDatabase(path, { mode: 'write' })
  const isMade = (): boolean =>
    db.get(`SELECT 1 FROM sqlite_master WHERE name = 'published'`) !== undefined
  return {
    size: async () => {
      const row = isMade()
        ? db.get('SELECT size FROM published WHERE origin = ?', origin)
        : undefined
      return row === undefined ? undefined : integerOf(row, 'size')
    },
    remember: async (size) => {
      if (!isMade()) db.script(table)
      db.run(
        `INSERT INTO published (origin, size) VALUES (?, ?)
         ON CONFLICT (origin) DO UPDATE SET size = excluded.size WHERE published.size < excluded.size`,
        origin,
        size,
      )
    },
    [Symbol.dispose]: () => db.close(),
  }
}
