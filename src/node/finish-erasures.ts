import { parseMonth, type WritableRecordKeys } from '../log/index.ts'
import type { SqliteStateStore } from '../storage/sqlite/index.ts'
import type { OrganisationCommitted } from './writer-messages.ts'

/** The two places that an erasure is finished in once its entry is on disk. */
export interface ErasedPlaces {
  readonly store: SqliteStateStore
  readonly recordKeys: WritableRecordKeys
}

/**
 * Finishes what committed entries announce: old pages leave the files of the store, and keys that are
 * said to be destroyed are. What fails here ends the gateway; its next start finishes it.
 */
export function finishErasures(
  results: readonly OrganisationCommitted[],
  { store, recordKeys }: ErasedPlaces,
): void {
  for (const result of results) {
    if (result.type === 'erase' && result.state === 'done' && result.erased > 0)
      store.dropOldPages()
    if (result.type === 'destroy-keys') for (const month of result.months) recordKeys.destroy(month)
  }
}

/** Finishes at a start whatever an earlier life announced and did not live to do. */
export async function finishAnnounced({ store, recordKeys }: ErasedPlaces): Promise<void> {
  store.dropOldPages()
  const announced = await store.transaction((tx) => tx.destroyedMonths())
  const months = announced.flatMap((text) => parseMonth(text) ?? [])
  for (const month of months) recordKeys.destroy(month)
}
