import { encodeBase64 } from '../../bytes/index.ts'
import type { BatchContext, Preparation } from '../../log/index.ts'
import type { JoinRow, LedgerTransaction } from '../ledger/index.ts'
import type { RefusalCode } from '../query/index.ts'
import { decideChargeNow, saveChargeOf } from './charge-budget.ts'
import type {
  AnyJoinParties,
  BeginJoinCommitted,
  BeginJoinIntent,
  EndJoinCommitted,
  EndJoinIntent,
  JoinAuditAct,
  JoinCommitted,
  JoinIntent,
  JoinMessageCommitted,
  JoinMessageIntent,
  JoinParties,
  RefuseAuditCommitted,
  RefuseAuditIntent,
} from './join-intents.ts'
import type { PopulationCommitDeps } from './population-commit-deps.ts'
import { addPopulationEntry, loggedEntry } from './population-entry.ts'

const ready = <Result>(result: Result): Preparation<Result> => ({
  complete: () => Promise.resolve(result),
})

function refuse(
  batch: BatchContext,
  { parties }: BeginJoinIntent,
  code: RefusalCode,
  spent?: Extract<BeginJoinCommitted, { state: 'refused' }>['spent'],
): Preparation<BeginJoinCommitted> {
  const { provider } = parties
  const outcome = { kind: 'population.refused', outcome: 'deny', code } as const
  const entry = addPopulationEntry(
    batch,
    { parties, provider },
    { ...outcome, resultDigest: null, peer: null },
  )
  return {
    complete: async (proofs) => ({
      type: 'join-begin',
      state: 'refused',
      code,
      spent,
      entry: await loggedEntry(entry, proofs),
    }),
  }
}

/** Whoever is charged has an agreement. */
function underAgreement(parties: AnyJoinParties): JoinParties {
  const { agreement, purpose, legalBasis } = parties
  if (agreement === null || purpose === null || legalBasis === null)
    throw new TypeError('a charge is under an agreement')
  return { ...parties, agreement, purpose, legalBasis }
}

async function saveBegun(
  tx: LedgerTransaction,
  { parties, join, charge }: BeginJoinIntent,
  batch: BatchContext,
  decided: Parameters<typeof saveChargeOf>[2]['charge'] | null,
): Promise<Preparation<BeginJoinCommitted>> {
  const { provider } = parties
  const kind = charge === null ? 'join.message' : 'population.reserved'
  const entry = addPopulationEntry(
    batch,
    { parties, provider },
    { kind, outcome: 'permit', code: null, resultDigest: null, peer: null },
  )
  const reservation =
    charge === null || decided === null
      ? null
      : await saveChargeOf(
          tx,
          { population: charge.population, parties: underAgreement(parties) },
          { charge: decided, entry, organisation: provider },
          batch,
        )
  const place = { origin: entry.origin, index: entry.index }
  const row = { ...join, reservation, place, begunMs: batch.timeMs }
  await tx.saveJoin(row)
  return ready({ type: 'join-begin', state: 'begun', row: { ...row, end: undefined } })
}

/**
 * Decides on live state, the agreement's standing first; then the plan is begun for good and the charge written, in one
 * commit. What was begun before costs nothing and is not begun again. Whoever asks chooses the number of a plan: one that
 * another plan has here is refused with `SHAPE_REFUSED`.
 */
async function prepareBegin(
  tx: LedgerTransaction,
  intent: BeginJoinIntent,
  batch: BatchContext,
  { refusalNow }: PopulationCommitDeps,
): Promise<Preparation<BeginJoinCommitted>> {
  const { parties, join, charge } = intent
  const row = await tx.join(join.planHash)
  if (row !== undefined) return ready({ type: 'join-begin', state: 'known', row })
  if ((await tx.joinByQid(join.qid)) !== undefined) return refuse(batch, intent, 'SHAPE_REFUSED')
  const { agreement } = parties
  const ended = agreement === null ? undefined : await refusalNow?.(agreement, batch.timeMs)
  if (ended !== undefined) return refuse(batch, intent, ended)
  if (charge === null) return saveBegun(tx, intent, batch, null)
  const charging = { ...charge, parties: underAgreement(parties) }
  const decision = await decideChargeNow(tx, charging, batch.timeMs)
  return decision.outcome === 'refuse'
    ? refuse(batch, intent, 'BUDGET_SPENT', decision.spent)
    : saveBegun(tx, intent, batch, decision.charge)
}

async function prepareMessage(
  tx: LedgerTransaction,
  { parties, message, key }: JoinMessageIntent,
  batch: BatchContext,
): Promise<Preparation<JoinMessageCommitted>> {
  const type = 'join-message'
  const isKeyFresh = key === null || (await tx.claimJoinKey(key, message.planHash))
  const before = await tx.joinMessage(message)
  if (before !== undefined) {
    const { place, commitment } = before
    return ready({ type, state: 'known', place, commitment, isKeyFresh })
  }
  const { provider } = parties
  const entry = addPopulationEntry(
    batch,
    { parties, provider },
    {
      kind: 'join.message',
      outcome: null,
      code: message.leg,
      resultDigest: message.digest,
      peer: null,
    },
  )
  const place = { origin: entry.origin, index: entry.index }
  const commitment = encodeBase64(entry.commitment)
  const row = { ...message, place, commitment, atMs: batch.timeMs, isSettled: false }
  await tx.saveJoinMessage(row)
  return ready({ type, state: 'new', place, commitment, isKeyFresh })
}

function endOutcome(
  { end, resultDigest }: EndJoinIntent,
  { reservation }: JoinRow,
): Parameters<typeof addPopulationEntry>[2] {
  return end.state === 'done'
    ? {
        kind: 'population.released',
        outcome: 'permit',
        code: null,
        resultDigest,
        peer: reservation,
      }
    : {
        kind: 'population.refused',
        outcome: 'deny',
        code: end.code,
        resultDigest: null,
        peer: reservation,
      }
}

async function prepareEnd(
  tx: LedgerTransaction,
  intent: EndJoinIntent,
  batch: BatchContext,
  { organisation }: Pick<PopulationCommitDeps, 'organisation'>,
): Promise<Preparation<EndJoinCommitted>> {
  const { parties, planHash, end, audit } = intent
  const row = await tx.join(planHash)
  if (row === undefined) throw new TypeError('a join ends that was not begun')
  const isOver = row.end !== undefined
  const isGone = row.end?.state === 'destroyed'
  if (isGone || (isOver && end.state !== 'destroyed')) return ready({ type: 'join-end' })
  if (audit !== undefined) addAuditAct(batch, audit, organisation)
  if (!isOver && row.role !== 'inspector') {
    const { provider } = parties
    addPopulationEntry(batch, { parties, provider }, endOutcome(intent, row))
  }
  await tx.endJoin(planHash, { ...(row.end ?? end), state: end.state, atMs: batch.timeMs })
  return ready({ type: 'join-end' })
}

function addAuditAct(
  batch: BatchContext,
  { kind, qid, digest, body }: JoinAuditAct,
  organisation: string,
): void {
  const head = { v: 1, class: 'governance', timeMs: batch.timeMs } as const
  batch.add({ ...head, kind, organisation, name: qid, digest, body: { ...body } })
}

function prepareRefusal(
  { parties, code, digest }: RefuseAuditIntent,
  batch: BatchContext,
): Preparation<RefuseAuditCommitted> {
  const { provider } = parties
  const outcome = { kind: 'population.refused', outcome: 'deny', code } as const
  addPopulationEntry(batch, { parties, provider }, { ...outcome, resultDigest: digest, peer: null })
  return ready({ type: 'join-refuse' })
}

/** Prepares one intent about a join inside the writer's transaction. */
export async function prepareJoin(
  tx: LedgerTransaction,
  intent: JoinIntent,
  batch: BatchContext,
  deps: PopulationCommitDeps,
): Promise<Preparation<JoinCommitted>> {
  switch (intent.type) {
    case 'join-begin':
      return prepareBegin(tx, intent, batch, deps)
    case 'join-message':
      return prepareMessage(tx, intent, batch)
    case 'join-settle':
      await tx.settleJoinMessage(intent.message)
      return ready({ type: 'join-settle' })
    case 'join-end':
      return prepareEnd(tx, intent, batch, deps)
    case 'join-refuse':
      return prepareRefusal(intent, batch)
  }
}
