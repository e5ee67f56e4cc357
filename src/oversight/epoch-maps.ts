import { decodeBase64 } from '../bytes/index.ts'
import { type EpochMap, epochMapBuilder, type MapContext } from '../log/index.ts'
import type { ChainHead, ExchangeReader, SubjectHandles } from '../person/index.ts'
import type { Timers } from '../ports/index.ts'

/** What computing an epoch's map needs. */
export interface EpochMapDeps {
  readonly reader: ExchangeReader
  readonly subjects: SubjectHandles
  readonly timers: Timers
}

/** Chains read at a time: some milliseconds of work before others get their turn. */
const pageSize = 200

/**
 * Computes the map of an epoch from the chains as they were at its size: no identifier is needed, and
 * whenever it is computed again it is the same. Gives way to other work between pages.
 */
export async function computeEpochMap(
  context: MapContext,
  salt: Uint8Array,
  { reader, subjects, timers }: EpochMapDeps,
): Promise<EpochMap> {
  const builder = epochMapBuilder(context, { key: subjects.blindingKey, salt })
  const before = { origin: context.origin, index: context.size }
  const pause = (): Promise<void> => timers.sleep(0)
  let after: ChainHead | undefined
  for (;;) {
    const page = await reader.chainHeads(before, after, pageSize)
    for (const { subjectHandle, chain, seq, commitment } of page)
      builder.add({ handle: decodeBase64(subjectHandle), chain, count: seq + 1, commitment })
    after = page.at(-1)
    if (after === undefined) return builder.finish(pause)
    await pause()
  }
}

/** The map of one epoch at a time, kept for the next who asks. */
export interface EpochMaps {
  /** Computed once for each epoch, however many ask at the same time. */
  of(epoch: MapContext, salt: Uint8Array): Promise<EpochMap>
}

/** Keeps the map that was asked for last; about 100 bytes a chain. */
export function epochMaps(deps: EpochMapDeps): EpochMaps {
  let kept: { readonly name: string; readonly map: Promise<EpochMap> } | undefined
  return {
    of(context, salt) {
      const name = `${context.origin} ${context.epoch} ${context.size}`
      if (kept?.name === name) return kept.map
      const map = computeEpochMap(context, salt, deps)
      kept = { name, map }
      // A failed computation is tried again by whoever asks next.
      map.catch(() => {
        if (kept?.map === map) kept = undefined
      })
      return map
    },
  }
}
