import type { BatchContext, Preparation } from '../../log/index.ts'
import type { ExchangeTransaction } from '../exchange-store.ts'
import type { PersonCommitDeps } from '../person-commit-deps.ts'
import type {
  DecideSignalIntent,
  RaisedSignal,
  SignalDecided,
  SignalsCommitted,
  SignalsIntent,
} from './signal-intents.ts'

/** After a decision the same topic is quiet for as long: the same questions would raise it again each day. */
export const quietAfterDecisionMs: number = 30 * 86_400_000

/** Most signals that one run raises; what is left is found again by the next one. */
export const mostRaised = 64

async function isQuiet(
  tx: ExchangeTransaction,
  { topic }: RaisedSignal,
  nowMs: number,
): Promise<boolean> {
  const newest = await tx.signalAbout(topic)
  if (newest === undefined) return false
  const { decision } = newest
  return decision === undefined || nowMs - decision.atMs < quietAfterDecisionMs
}

/** Makes each signal of a run an entry, keeps its document, and lets go of what the run has counted. */
export async function prepareSignals(
  tx: ExchangeTransaction,
  intent: SignalsIntent,
  batch: BatchContext,
  deps: PersonCommitDeps,
): Promise<Preparation<SignalsCommitted>> {
  const entries: number[] = []
  for (const signal of intent.raised) {
    if (entries.length >= mostRaised) break
    if (!batch.claim(`signal ${signal.topic}`) || (await isQuiet(tx, signal, batch.timeMs)))
      continue
    const { id, topic, document, r, digest, body } = signal
    const { origin, index } = batch.add({
      v: 1,
      class: 'governance',
      kind: 'signal.raised',
      timeMs: batch.timeMs,
      organisation: deps.organisation,
      name: id,
      digest,
      body,
    })
    await tx.saveSignal({ id, topic, place: { origin, index }, atMs: batch.timeMs, document, r })
    entries.push(index)
  }
  await tx.saveDayCounts(intent.counts)
  await tx.dropTraces(intent.dropBeforeMs, intent.dropBeforeDay)
  return { complete: async () => ({ type: 'signals', entries }) }
}

/** Writes a person's decision on a signal, once. */
export async function prepareSignalDecision(
  tx: ExchangeTransaction,
  { id, verdict, by }: DecideSignalIntent,
  batch: BatchContext,
  deps: PersonCommitDeps,
): Promise<Preparation<SignalDecided>> {
  const row = await tx.signal(id)
  if (row === undefined)
    return { complete: async () => ({ type: 'decide-signal', state: 'unknown' }) }
  if (row.decision !== undefined || !batch.claim(`decide ${id}`))
    return { complete: async () => ({ type: 'decide-signal', state: 'decided-before' }) }
  const { origin, index } = batch.add({
    v: 1,
    class: 'governance',
    kind: 'signal.decided',
    timeMs: batch.timeMs,
    organisation: deps.organisation,
    name: id,
    digest: null,
    body: { by, signal: row.place.index, verdict },
  })
  const place = { origin, index }
  await tx.saveSignalDecision(id, { verdict, by, place, atMs: batch.timeMs })
  return { complete: async () => ({ type: 'decide-signal', state: 'decided', index }) }
}
