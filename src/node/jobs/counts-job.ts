import { type CountsBook, countsBook, countsKind, monthCountsJson } from '../../oversight/index.ts'
import { aesGcm, systemClock, systemRandomness, systemTimers } from '../../platform/index.ts'
import type { OpenGateway } from '../open-gateway.ts'

/** The counts for everybody, of a running gateway; nothing is counted before its job's first round. */
export function gatewayCounts(
  { reader, writer, keys }: Pick<OpenGateway, 'reader' | 'writer' | 'keys'>,
  log: string,
): CountsBook {
  return countsBook({
    reader,
    aead: aesGcm(systemRandomness),
    recordKeys: keys.record,
    clock: systemClock,
    timers: systemTimers,
    publish: async (counts) => {
      const committed = await writer.commit({
        type: 'governance',
        kind: countsKind,
        name: counts.month,
        digest: null,
        body: monthCountsJson(counts),
        agreement: undefined,
      })
      if (committed.type !== 'governance') throw new TypeError('the commit was of another kind')
      return { log, entry: committed.index }
    },
  })
}
