import { hmacSha256 } from '../crypto/index.ts'
import { utf8 } from '../bytes/index.ts'
import { LogError, monthOf, type RecordMonth, type WritableRecordKeys } from '../log/index.ts'

/** Monthly keys in memory, derived from one secret: made when they are first needed, gone once destroyed. */
export function memoryRecordKeys(secret: Uint8Array): WritableRecordKeys {
  const made = new Set<RecordMonth>()
  const destroyed = new Set<RecordMonth>()
  const keyOf = (month: RecordMonth): Uint8Array => hmacSha256(secret, utf8(month))
  return {
    of(timeMs) {
      const month = monthOf(timeMs)
      return made.has(month) && !destroyed.has(month) ? keyOf(month) : undefined
    },
    forSealing(timeMs, mustExist) {
      const month = monthOf(timeMs)
      if (destroyed.has(month) || (mustExist && !made.has(month)))
        throw new LogError('RECORD_KEY_MISSING', 'the key of this month is gone')
      made.add(month)
      return keyOf(month)
    },
    months: () => [...made].filter((month) => !destroyed.has(month)).sort(),
    destroy: (month) => void destroyed.add(month),
  }
}
