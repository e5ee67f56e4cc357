import type { EntryPlace } from '../../log/index.ts'
import type { IdentityReader, IdentityTransaction } from '../../person/index.ts'
import { type MemoryTables, pairKey, requireNew } from './memory-tables.ts'
import type { PortCall } from './port-call.ts'

/** The key of an entry's sealed identity. */
export function identityKey({ origin, index }: EntryPlace): string {
  return pairKey(origin, String(index))
}

/** Reads of sealed identities and their openings. */
export function memoryIdentityReader(tables: () => MemoryTables, call: PortCall): IdentityReader {
  return {
    sealedIdentity: (place) =>
      call('sealedIdentity', () => tables().sealedIdentities.get(identityKey(place))),
    identityOpenings: (afterMs) =>
      call(
        'identityOpenings',
        () => tables().identityOpenings.filter((atMs) => atMs > afterMs).length,
      ),
  }
}

/** Writes of them. */
export function memoryIdentityWrites(
  draft: MemoryTables,
  call: PortCall,
): Omit<IdentityTransaction, keyof IdentityReader> {
  return {
    saveSealedIdentity: (place, sealed) =>
      call('saveSealedIdentity', () => {
        const key = identityKey(place)
        requireNew(draft.sealedIdentities.has(key), 'a sealed identity')
        draft.sealedIdentities.set(key, sealed)
      }),
    saveIdentityOpening: (_by, atMs) =>
      call('saveIdentityOpening', () => void draft.identityOpenings.push(atMs)),
  }
}
