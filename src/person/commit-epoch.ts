import type { BatchContext, Preparation } from '../log/index.ts'
import type { ExchangeTransaction } from './exchange-store.ts'
import type { PersonCommitDeps } from './person-commit-deps.ts'
import type { EpochCommitted, EpochIntent } from './writer.ts'

/** The random function of the handles, as `epoch.closed` names it. */
export const handleFunction = 'ECVRF-EDWARDS25519-SHA512-ELL2'

/**
 * Closes an epoch: its entry and its row, in one transaction. A number is closed once, in order, and
 * for the log that is written to; whatever comes too late writes nothing, so a closing that is tried
 * again after a crash is safe.
 */
export async function prepareEpoch(
  tx: ExchangeTransaction,
  intent: EpochIntent,
  batch: BatchContext,
  deps: PersonCommitDeps,
): Promise<Preparation<EpochCommitted>> {
  const { number, origin, size, root, vrfKey, salt, periodMs } = intent
  const newest = await tx.newestEpoch()
  const isNext = number === (newest === undefined ? 0 : newest.number + 1)
  const isSameKey = newest === undefined || newest.vrfKey === vrfKey
  const isNewestLog = (await tx.logs()).at(-1) === origin
  const isCovered = size <= ((await tx.head())?.size ?? 0)
  const isFree = batch.claim(`epoch ${number}`)
  if (!isNext || !isSameKey || !isNewestLog || !isCovered || !isFree)
    return { complete: async () => ({ type: 'epoch', state: 'overtaken' }) }
  const { index } = batch.add({
    v: 1,
    class: 'governance',
    kind: 'epoch.closed',
    timeMs: batch.timeMs,
    organisation: deps.organisation,
    name: String(number),
    digest: root,
    body: { epoch: number, periodMs, size, vrf: handleFunction, vrfKey },
  })
  const place = { origin, index }
  await tx.saveEpoch({ number, place, size, root, vrfKey, salt, atMs: batch.timeMs })
  return { complete: async () => ({ type: 'epoch', state: 'closed' }) }
}
