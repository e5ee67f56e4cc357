import type { BatchContext, Preparation } from '../../log/index.ts'
import { decide } from './decide-request.ts'
import type { RequestAct, RequestCommitted, RequestIntent, RequestRefusal } from './request-act.ts'
import { extendedDueMs, requestDueMs } from './request-clock.ts'
import { mostRequests, requestEntryKinds, requestWindowMs } from './request-kinds.ts'
import {
  addStep,
  type RequestCommitDeps,
  type RequestDone,
  type RequestGround,
  type RequestStores,
  stepDone,
} from './request-ground.ts'
import type { RequestRow, RequestTransaction } from './request-store.ts'

async function known(
  row: RequestRow,
  { kind, subjectHandle }: Extract<RequestAct, { act: 'file' }>,
  tx: RequestTransaction,
): Promise<RequestDone | RequestRefusal> {
  if (row.kind !== kind || row.subjectHandle !== subjectHandle) return 'REQUEST_CONFLICT'
  const [filed] = await tx.requestSteps(row.number)
  if (filed === undefined) throw new TypeError('a request has its first step')
  return stepDone(row, filed.place, filed.atMs)
}

async function file(
  act: Extract<RequestAct, { act: 'file' }>,
  ground: RequestGround,
): Promise<RequestDone | RequestRefusal> {
  const { tx, batch, deps } = ground
  const { id, kind, subject, subjectHandle, about, elements, text } = act
  const before = await tx.requestById(id)
  if (before !== undefined) return known(before, act, tx)
  if (kind === 'correction' && elements.length === 0) return 'ELEMENTS_MISSING'
  const filedAtMs = batch.timeMs
  const own = await tx.requestsOf(subjectHandle)
  const lately = own.filter((row) => row.filedAtMs > filedAtMs - requestWindowMs)
  if (lately.length >= mostRequests) return 'REQUEST_CAP'
  const number = (await tx.requestCount()) + 1
  const dueMs = requestDueMs(filedAtMs)
  const row = { number, id, kind, subjectHandle, filedAtMs, dueMs, decidedAtMs: null } as const
  await tx.saveRequest({ ...row, state: 'received' })
  const { organisation } = deps
  const { scheme, value } = subject
  const said = { number, organisation, kind, subject: { scheme, value }, about, text }
  const filed = { ...said, elements: [...elements] }
  const step = { number, step: 'filed', kind, text: filed, body: { dueMs } } as const
  return stepDone(row, await addStep(step, ground), filedAtMs)
}

/** Within it, reading the same request again is no further entry. */
const openedForMs = 3_600_000

async function open(row: RequestRow, ground: RequestGround): Promise<RequestDone> {
  const { tx, batch } = ground
  const steps = await tx.requestSteps(row.number)
  const last = steps.findLast(({ step }) => step === 'opened')
  if (last !== undefined && batch.timeMs - last.atMs < openedForMs)
    return stepDone(row, last.place, last.atMs)
  const { number } = row
  const { opened: kind } = requestEntryKinds
  const entry = await addStep({ number, step: 'opened', kind, text: null, body: null }, ground)
  return stepDone(row, entry, batch.timeMs)
}

async function extend(
  row: RequestRow,
  { reason }: Extract<RequestAct, { act: 'extend' }>,
  ground: RequestGround,
): Promise<RequestDone | RequestRefusal> {
  const { tx, batch, deps } = ground
  if (row.state === 'extended') return 'REQUEST_EXTENDED'
  if (batch.timeMs > row.dueMs) return 'EXTENSION_TOO_LATE'
  const { number } = row
  const dueMs = extendedDueMs(row.filedAtMs)
  const text = { number, organisation: deps.organisation, dueMs, reason }
  const { extended: kind } = requestEntryKinds
  await tx.moveRequest({ number, state: 'extended', dueMs, decidedAtMs: null })
  const entry = await addStep({ number, step: 'extended', kind, text, body: { dueMs } }, ground)
  return stepDone({ number, dueMs }, entry, batch.timeMs)
}

async function take(act: RequestAct, ground: RequestGround): Promise<RequestDone | RequestRefusal> {
  if (act.act === 'file') return file(act, ground)
  const row = await ground.tx.request(act.number)
  if (row === undefined) return 'REQUEST_UNKNOWN'
  if (act.act === 'open') return open(row, ground)
  if (row.decidedAtMs !== null) return 'REQUEST_DECIDED'
  return act.act === 'extend' ? extend(row, act, ground) : decide(row, act, ground)
}

/** Takes one step of a request of a person; what it changes takes effect in the transaction of its entry. */
export async function prepareRequest(
  tx: RequestStores,
  intent: RequestIntent,
  batch: BatchContext,
  deps: RequestCommitDeps,
): Promise<Preparation<RequestCommitted>> {
  const done = await take(intent, { tx, batch, deps })
  const committed: RequestCommitted =
    typeof done === 'string' ? { type: 'request', state: 'refused', code: done } : done
  return { complete: () => Promise.resolve(committed) }
}
