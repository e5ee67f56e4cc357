import { concatBytes } from '../../bytes/index.ts'
import { type ExchangeRecord, makeEntry, type SealedEntry } from '../../log/index.ts'
import { aesGcm, systemRandomness } from '../../platform/index.ts'
import { makeExchangeId } from '../../protocol/index.ts'
import { openWritableRecordKeys } from '../../storage/record-keys/index.ts'
import type { LogWorld } from './log-world.ts'

/** Different entries in a pool; a log repeats them. */
const poolSize = 1_024

/** The smallest record that the log takes: about 370 bytes of canonical JSON. */
export function smallRecord(timeMs: number): ExchangeRecord {
  return {
    v: 1,
    class: 'exchange',
    kind: 'join.message',
    timeMs,
    exchangeId: makeExchangeId(systemRandomness.bytes(16)),
    consumer: 'housing',
    provider: 'tax',
    agreement: null,
    purpose: null,
    legalBasis: null,
    elements: [],
    outcome: null,
    code: null,
    cap: null,
    official: null,
    case: null,
    consent: null,
    notice: null,
    noticeUntilMs: null,
    questionDigest: null,
    resultDigest: null,
    peer: null,
    chain: null,
  }
}

/** Entries that were made and sealed under the world's record key, so that appending is all that is left. */
export function sealedEntries(world: LogWorld, timeMs: number): readonly SealedEntry[] {
  const folder = { path: world.settings.recordKeyFolder }
  const recordKey = openWritableRecordKeys(folder, systemRandomness).forSealing(timeMs, false)
  const aead = aesGcm(systemRandomness)
  return Array.from({ length: poolSize }, () => {
    const { leaf, r, recordBytes } = makeEntry(smallRecord(timeMs), systemRandomness.bytes(32))
    const payload = concatBytes(r, new Uint8Array(32), recordBytes)
    return { leaf, sealed: aead.seal(recordKey, payload, leaf) }
  })
}
