import { encodeBase64 } from '../bytes/index.ts'
import type { EpochRow, PersonWriter } from '../person/index.ts'
import type { Clock, Randomness } from '../ports/index.ts'
import { computeEpochMap, type EpochMapDeps } from './epoch-maps.ts'

/** What closing epochs needs from outside. */
export interface CloseEpochDeps extends EpochMapDeps {
  readonly writer: PersonWriter
  readonly clock: Clock
  readonly randomness: Randomness
  readonly periodMs: number
}

/** What became of a round; all but `closed` write nothing. */
export type EpochRound = 'closed' | 'overtaken' | 'not-due' | 'another-key'

/** Counted from the epoch before, for the first one from the first entry. */
async function isDue(
  newest: EpochRow | undefined,
  { reader, clock, periodMs }: CloseEpochDeps,
): Promise<boolean> {
  const since = newest?.atMs ?? (await reader.readEntries(0, 1))[0]?.timeMs
  return since !== undefined && clock.now() - since >= periodMs
}

/**
 * Closes the current epoch if its time has come: computes the map of all chains at the newest head and
 * has the writer make its root an entry. A crash
 * anywhere leaves the epoch open; it is then closed anew, with another salt.
 */
export async function closeEpoch(deps: CloseEpochDeps): Promise<EpochRound> {
  const { reader, writer, subjects, randomness, periodMs } = deps
  const newest = await reader.newestEpoch()
  if (!(await isDue(newest, deps))) return 'not-due'
  const origin = (await reader.logs()).at(-1)
  const size = (await reader.head())?.size
  if (origin === undefined || size === undefined) return 'not-due'
  const vrfKey = encodeBase64(subjects.publicKey)
  if (newest !== undefined && newest.vrfKey !== vrfKey) return 'another-key'
  const number = newest === undefined ? 0 : newest.number + 1
  const salt = randomness.bytes(32)
  const map = await computeEpochMap({ epoch: number, origin, size }, salt, deps)
  const root = encodeBase64(map.root)
  const committed = await writer.commit({
    type: 'epoch',
    number,
    origin,
    size,
    root,
    vrfKey,
    salt,
    periodMs,
  })
  if (committed.type !== 'epoch') throw new TypeError('the writer answered another intent')
  return committed.state
}
