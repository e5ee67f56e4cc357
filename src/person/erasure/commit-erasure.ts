import { addMonths } from '../../agreement/index.ts'
import type { Json } from '../../bytes/index.ts'
import {
  type BatchContext,
  type GovernanceRecord,
  monthOf,
  monthStartMs,
  parseMonth,
  type Preparation,
  type PreparedEntry,
  type RecordMonth,
} from '../../log/index.ts'
import type { ExchangeTransaction } from '../exchange-store.ts'
import { type ErasedBody, erasureKinds } from './erasure-act.ts'
import type { EraseCommitted, EraseIntent, KeysCommitted, KeysIntent } from './erasure-intent.ts'
import {
  defaultRetention,
  type ErasureDeps,
  type ErasurePlan,
  planErasure,
} from './plan-erasure.ts'

function publicEntry(
  batch: BatchContext,
  { organisation }: ErasureDeps,
  said: {
    readonly kind: string
    readonly name: string | null
    readonly body: { readonly [key: string]: Json }
  },
): PreparedEntry {
  const record: GovernanceRecord = {
    v: 1,
    class: 'governance',
    timeMs: batch.timeMs,
    organisation,
    digest: null,
    ...said,
  }
  return batch.add(record)
}

function bodyOf(intent: EraseIntent, plan: ErasurePlan, deps: ErasureDeps): ErasedBody {
  const { accountingYears } = deps.retention ?? defaultRetention
  return {
    reason: intent.reason,
    entries: plan.exchanges.length,
    ranges: plan.ranges,
    accountingYears,
    retentionDays: plan.retentionDays,
  }
}

/** The entry first, then what it announces: all in the writer's transaction, so both are there or neither. */
async function eraseAll(
  tx: ExchangeTransaction,
  intent: EraseIntent,
  plan: ErasurePlan,
  { batch, deps }: { readonly batch: BatchContext; readonly deps: ErasureDeps },
): Promise<number> {
  const { log } = plan
  const body = bodyOf(intent, plan, deps)
  const said = { ...body, ranges: body.ranges.map((range) => [...range]) }
  const { origin, index } = publicEntry(batch, deps, {
    kind: erasureKinds.erased,
    name: log,
    body: said,
  })
  const by = { origin, index }
  for (const [first, last] of plan.ranges) await tx.saveErasure({ origin: log, first, last, by })
  for (const exchange of plan.exchanges) await tx.eraseRecord(exchange)
  return index
}

/**
 * Decides again, on live state and at the batch's log time, and erases all records that are meant, or
 * none of them.
 */
export async function prepareErasure(
  tx: ExchangeTransaction,
  intent: EraseIntent,
  batch: BatchContext,
  deps: ErasureDeps,
): Promise<Preparation<EraseCommitted>> {
  // One act a batch: a second one would be judged by rows that the first has changed.
  const plan = batch.claim('erase')
    ? await planErasure(tx, intent.selection, batch.timeMs, deps)
    : ({ state: 'busy' } as const)
  if (plan.state !== 'ready') return { complete: async () => ({ type: 'erase', ...plan }) }
  const { exchanges, next, log } = plan
  const entry = exchanges.length === 0 ? null : await eraseAll(tx, intent, plan, { batch, deps })
  const erased = exchanges.length
  return { complete: async () => ({ type: 'erase', state: 'done', log, entry, erased, next }) }
}

async function overMonths(
  tx: ExchangeTransaction,
  { before, present }: KeysIntent,
  nowMs: number,
): Promise<readonly RecordMonth[]> {
  const known = new Set(await tx.destroyedMonths())
  const over: RecordMonth[] = []
  for (const text of present) {
    const month = parseMonth(text)
    if (month === undefined || known.has(month)) continue
    if (month >= before || month >= monthOf(nowMs)) continue
    const startMs = monthStartMs(month)
    if (!(await tx.hasRecords(startMs, addMonths(startMs, 1)))) over.push(month)
  }
  return over
}

/**
 * Announces that keys of months without a record left are destroyed; whoever commits this destroys
 * them once it is durable. Months that still have a record, or are not over, keep their keys.
 */
export async function prepareKeyDestruction(
  tx: ExchangeTransaction,
  intent: KeysIntent,
  batch: BatchContext,
  deps: ErasureDeps,
): Promise<Preparation<KeysCommitted>> {
  const months = await overMonths(tx, intent, batch.timeMs)
  if (months.length === 0)
    return { complete: async () => ({ type: 'destroy-keys', entry: null, months }) }
  const body = { months: [...months] }
  const { origin, index } = publicEntry(batch, deps, {
    kind: erasureKinds.keyDestroyed,
    name: null,
    body,
  })
  for (const month of months) await tx.saveDestroyedMonth(month, { origin, index })
  return { complete: async () => ({ type: 'destroy-keys', entry: index, months }) }
}
