import { decodeUtf8, encodeBase64, readCanonicalJson } from '../../bytes/index.ts'
import { sha256 } from '../../crypto/index.ts'
import {
  type BatchContext,
  type EntryPayload,
  type EntryPlace,
  entryPayload,
  type LogsReader,
  type PreparedEntry,
  type Preparation,
  type Unseal,
} from '../../log/index.ts'
import { addAct } from '../safeguards/index.ts'
import {
  type IdentityCommitted,
  type IdentityIntent,
  identityKinds,
  type IdentityRefusal,
  type ShownEntry,
} from './identity-act.ts'
import { type IdentityTransaction, mostOpenings, openingsWithinMs } from './identity-store.ts'
import { sealedIdentitySchema } from './sealed-identity.ts'

/** What committing an opening needs. */
export interface OpeningDeps extends Unseal {
  readonly organisation: string
}

type Transaction = LogsReader & IdentityTransaction

interface Found {
  readonly place: EntryPlace
  readonly sealed: Uint8Array
  readonly payload: EntryPayload
}

async function find(
  tx: Transaction,
  { log, entry }: IdentityIntent,
  deps: OpeningDeps,
): Promise<Found | undefined> {
  const logs = await tx.logs()
  const origin = log ?? logs.at(-1) ?? ''
  if (!logs.includes(origin)) return undefined
  const [row] = await tx.logOf(origin).readEntries(entry, 1)
  if (row === undefined) return undefined
  const place = { origin, index: entry }
  const sealed = await tx.sealedIdentity(place)
  const payload = entryPayload(row, deps)
  return sealed === undefined || payload === undefined ? undefined : { place, sealed, payload }
}

function shown({ origin, index }: EntryPlace, { r, recordBytes }: EntryPayload): ShownEntry {
  return { log: origin, index, r: encodeBase64(r), record: decodeUtf8(recordBytes) }
}

function addOpening(
  { place, sealed }: Found,
  { case: inCase, reason }: IdentityIntent,
  { batch, organisation }: { readonly batch: BatchContext; readonly organisation: string },
): PreparedEntry {
  const { dpo, inspector } = sealedIdentitySchema.parse(readCanonicalJson(sealed))
  return addAct(batch, organisation, {
    kind: identityKinds.opened,
    name: inspector.organisation,
    digest: encodeBase64(sha256(sealed)),
    body: {
      log: place.origin,
      entry: place.index,
      dpo: dpo.organisation,
      inspector: inspector.organisation,
      case: inCase,
      reason,
    },
  })
}

function refused(code: IdentityRefusal): Preparation<IdentityCommitted> {
  return { complete: () => Promise.resolve({ type: 'identity', state: 'refused', code }) }
}

/**
 * Makes one opening an entry and counts it, in the transaction of the batch: what is asked for is part of the
 * result alone, so it cannot leave before the entry is on disk.
 */
export async function prepareOpening(
  tx: Transaction,
  intent: IdentityIntent,
  batch: BatchContext,
  deps: OpeningDeps,
): Promise<Preparation<IdentityCommitted>> {
  const found = await find(tx, intent, deps)
  if (found === undefined) return refused('IDENTITY_NOT_SEALED')
  // Openings earlier in this batch are rows of this transaction already.
  const before = await tx.identityOpenings(batch.timeMs - openingsWithinMs)
  if (before >= mostOpenings) return refused('IDENTITY_CAP_REACHED')
  const added = addOpening(found, intent, { batch, organisation: deps.organisation })
  const { origin, index, r, recordBytes } = added
  await tx.saveIdentityOpening({ origin, index }, batch.timeMs)
  const opening = { log: origin, index, r: encodeBase64(r), record: decodeUtf8(recordBytes) }
  const { place, payload, sealed } = found
  const entry = shown(place, payload)
  return {
    complete: () => Promise.resolve({ type: 'identity', state: 'done', opening, entry, sealed }),
  }
}
