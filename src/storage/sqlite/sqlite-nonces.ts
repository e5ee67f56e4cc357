import type { NonceUse } from '../../person/index.ts'
import { integerOf, textOf } from './columns.ts'
import type { Database } from './open-database.ts'

/**
 * The nonces that a store remembers. On disk they lie in the order in which they came, since a row under a
 * random key costs a page of its own at every commit; what is looked up is in memory. Of a peer that signs as
 * fast as it may, those of three minutes are there at most.
 */
export interface NonceBook {
  /** Remembers a nonce within the open transaction, and that it was replayed. */
  use(keyId: string, nonce: string, expiresAtMs: number): NonceUse
  /** Forgets those that have expired, in the order in which they came, up to the first that has not. */
  purge(nowMs: number): void
  /** Reads all of them anew: after a rollback what was remembered since is not there. */
  forget(): void
}

interface Remembered {
  readonly place: number
  readonly expiresAtMs: number
  told: boolean
}

interface Book {
  /** In the order of their places. */
  readonly kept: Map<string, Remembered>
  next: number
}

function readBook(db: Database): Book {
  const book: Book = { kept: new Map(), next: 0 }
  const rows = db.all('SELECT place, key_id, nonce, expires_ms, told FROM nonce ORDER BY place')
  for (const row of rows) {
    const place = integerOf(row, 'place')
    book.kept.set(nameOf(textOf(row, 'key_id'), textOf(row, 'nonce')), {
      place,
      expiresAtMs: integerOf(row, 'expires_ms'),
      told: integerOf(row, 'told') === 1,
    })
    book.next = place + 1
  }
  return book
}

function nameOf(keyId: string, nonce: string): string {
  return `${keyId} ${nonce}`
}

/** The nonces of one connection that alone writes, read when they are first needed. */
export function nonceBook(db: Database): NonceBook {
  let read: Book | undefined
  const book = (): Book => (read ??= readBook(db))
  return {
    use(keyId, nonce, expiresAtMs) {
      const all = book()
      const name = nameOf(keyId, nonce)
      const known = all.kept.get(name)
      if (known === undefined) {
        const place = all.next
        all.next += 1
        all.kept.set(name, { place, expiresAtMs, told: false })
        db.run(
          'INSERT INTO nonce (place, key_id, nonce, expires_ms, told) VALUES (?, ?, ?, ?, 0)',
          place,
          keyId,
          nonce,
          expiresAtMs,
        )
        return 'fresh'
      }
      if (known.told) return 'noise'
      known.told = true
      db.run('UPDATE nonce SET told = 1 WHERE place = ?', known.place)
      return 'replayed'
    },
    purge(nowMs) {
      const { kept } = book()
      let last: number | undefined
      for (const [name, { expiresAtMs, place }] of kept) {
        if (expiresAtMs >= nowMs) break
        kept.delete(name)
        last = place
      }
      if (last !== undefined) db.run('DELETE FROM nonce WHERE place <= ?', last)
    },
    forget() {
      read = undefined
    },
  }
}
