import { encodeBase64, type JsonObject, utf8 } from '../../bytes/index.ts'
import { sha256 } from '../../crypto/index.ts'
import type { BatchContext, PreparedEntry, Preparation } from '../../log/index.ts'
import type { Randomness } from '../../ports/index.ts'
import {
  type NewOrder,
  type SafeguardAct,
  type SafeguardCommitted,
  type SafeguardIntent,
  safeguardKinds,
  type SafeguardRefusal,
} from './safeguard-act.ts'
import type { SafeguardTransaction } from './safeguard-store.ts'

/** What committing these acts needs. */
export interface SafeguardCommitDeps {
  readonly organisation: string
  readonly randomness: Randomness
}

/** What is written of an act, apart from whose it is and when. */
export interface PublicAct {
  readonly kind: string
  readonly name: string | null
  readonly digest: string | null
  readonly body: JsonObject | null
}

/** Adds a governance entry to the batch. */
export function addAct(
  batch: BatchContext,
  organisation: string,
  { kind, name, digest, body }: PublicAct,
): PreparedEntry {
  const { timeMs } = batch
  return batch.add({
    v: 1,
    class: 'governance',
    kind,
    timeMs,
    organisation,
    name,
    digest,
    body,
  })
}

/** What an act came to, before the batch is on disk. */
type Written = readonly PreparedEntry[] | SafeguardRefusal

/** What an act is written on. */
export interface SafeguardGround {
  readonly tx: SafeguardTransaction
  readonly batch: BatchContext
  readonly deps: SafeguardCommitDeps
}

/** The exchange id names the entry to those who may open it, and to nobody else. */
async function review(
  { consumer, exchangeId, finding }: Extract<SafeguardAct, { act: 'review' }>,
  { tx, batch, deps }: SafeguardGround,
): Promise<Written> {
  const row = await tx.emergency(consumer, exchangeId)
  if (row === undefined) return 'EMERGENCY_UNKNOWN'
  await tx.saveFinding(consumer, exchangeId, finding)
  const { reviewed: kind } = safeguardKinds
  const body = { exchangeId, finding }
  return [addAct(batch, deps.organisation, { kind, name: row.agreement, digest: null, body })]
}

/** Blinded, since a handle by itself would tie all public acts about one person together. */
function blinded(salt: Uint8Array, subjectHandle: string): string {
  return encodeBase64(sha256(utf8('cloison/restriction/v1\n'), salt, utf8(subjectHandle)))
}

/** Places or lifts one person's restriction, in the transaction of the batch; `RESTRICTION_UNCHANGED` where it is so already. */
export async function restrictPerson(
  { act, subjectHandle }: Extract<SafeguardAct, { subjectHandle: string }>,
  { tx, batch, deps }: SafeguardGround,
): Promise<readonly PreparedEntry[] | 'RESTRICTION_UNCHANGED'> {
  const known = await tx.restriction(subjectHandle)
  const placing = act === 'restrict'
  if (placing === (known !== undefined)) return 'RESTRICTION_UNCHANGED'
  const salt = known?.salt ?? deps.randomness.bytes(32)
  const entry = addAct(batch, deps.organisation, {
    kind: placing ? safeguardKinds.placed : safeguardKinds.lifted,
    name: null,
    digest: blinded(salt, subjectHandle),
    body: null,
  })
  const { origin, index } = entry
  if (placing) await tx.saveRestriction({ subjectHandle, salt, place: { origin, index } })
  else await tx.liftRestriction(subjectHandle)
  return [entry]
}

async function withhold(order: NewOrder, { tx, batch, deps }: SafeguardGround): Promise<Written> {
  const { issuedAtMs, untilMs } = order
  if (issuedAtMs > batch.timeMs || untilMs <= batch.timeMs) return 'ORDER_NOT_IN_FORCE'
  const before = (await tx.secrecyOrders()).filter(({ agreement }) => agreement === order.agreement)
  if (before.some((one) => one.untilMs >= untilMs)) return 'ORDER_NOT_LATER'
  const entry = addAct(batch, deps.organisation, {
    kind: before.length === 0 ? safeguardKinds.withheld : safeguardKinds.extended,
    name: order.name,
    digest: order.digest,
    body: { law: order.law, authority: order.authority, issuedAtMs, untilMs },
  })
  const { origin, index } = entry
  await tx.saveSecrecyOrder({ ...order, place: { origin, index }, withheld: 0, opened: false })
  return [entry]
}

async function open({ tx, batch, deps }: SafeguardGround): Promise<Written> {
  const ended = (await tx.secrecyOrders()).filter(
    ({ untilMs, opened }) => !opened && untilMs <= batch.timeMs,
  )
  const written: PreparedEntry[] = []
  for (const { place, name, digest, untilMs, withheld } of ended) {
    await tx.openSecrecyOrder(place)
    const body = { untilMs, withheld }
    written.push(
      addAct(batch, deps.organisation, { kind: safeguardKinds.opened, name, digest, body }),
    )
  }
  return written
}

function write(intent: SafeguardIntent, ground: SafeguardGround): Promise<Written> {
  switch (intent.act) {
    case 'review':
      return review(intent, ground)
    case 'restrict':
    case 'unrestrict':
      return restrictPerson(intent, ground)
    case 'withhold':
      return withhold(intent.order, ground)
    case 'open':
      return open(ground)
  }
}

/** Writes an act about an emergency, a person's restriction or an order; it takes effect in the same transaction. */
export async function prepareSafeguard(
  tx: SafeguardTransaction,
  intent: SafeguardIntent,
  batch: BatchContext,
  deps: SafeguardCommitDeps,
): Promise<Preparation<SafeguardCommitted>> {
  const written = await write(intent, { tx, batch, deps })
  const committed: SafeguardCommitted =
    typeof written === 'string'
      ? { type: 'safeguard', state: 'refused', code: written }
      : { type: 'safeguard', state: 'done', indices: written.map(({ index }) => index) }
  return { complete: () => Promise.resolve(committed) }
}
