import { canonicalBytes, concatBytes, utf8 } from '../../bytes/index.ts'
import { sha256 } from '../../crypto/index.ts'
import type { ExchangeRecord } from '../../log/index.ts'

const tag = utf8('cloison/commitment/v1\n')

/** The leaf that an opened exchange must have (`spec/log-entry.md`): 34 bytes. */
export function entryLeaf(r: Uint8Array, record: ExchangeRecord): Uint8Array {
  const agreement = record.agreement && { ...record.agreement }
  const bytes = canonicalBytes({ ...record, agreement, elements: [...record.elements] })
  return concatBytes(Uint8Array.of(1, 1), sha256(tag, r, bytes))
}
