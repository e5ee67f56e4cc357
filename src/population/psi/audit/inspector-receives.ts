import { equalBytes } from '../../../bytes/index.ts'
import { JoinError } from '../join-error.ts'
import { writeMessage } from '../messages/index.ts'
import { type JoinPlan, planHash, type Side, sides } from '../plan/index.ts'
import { type JoinDeps, type Received, type Sent, sentFrom } from '../steps/join-step.ts'
import { hasMember, withMembers } from '../steps/read-each.ts'
import { messageKind } from '../steps/message-kind.ts'
import { agreeEvidence, showingParties } from './agree-evidence.ts'
import { auditCommitment, auditSeed, drawnAudit } from './audit-draw.ts'
import type { InspectorState, InspectorTaken } from './inspector-state.ts'
import { inspectorTaken } from './inspector-state.ts'
import type { AuditDeps } from './judge-audit.ts'
import { findingBytes, pointsOfRun } from './make-finding.ts'

/** What the steps of an inspector take from outside. */
export interface InspectorDeps extends AuditDeps, Pick<JoinDeps, 'clock'> {}

/** Begins the audit of a plan: the inspector is bound to a nonce, and has seen nothing. */
export function beginInspector(
  plan: JoinPlan,
  { dummiesOf, patienceMs }: Pick<InspectorState, 'dummiesOf' | 'patienceMs'>,
  { randomness, clock }: Pick<JoinDeps, 'randomness' | 'clock'>,
): InspectorState {
  const nonce = randomness.bytes(32)
  const hash = planHash(plan)
  const commitment = auditCommitment(hash, nonce)
  const opening = writeMessage({ v: 1, kind: 'join.opening', planHash: hash, commitment })
  return {
    plan,
    dummiesOf,
    nonce,
    patienceMs,
    openedMs: clock.now(),
    askedMs: undefined,
    made: { opening },
    taken: {},
  }
}

/**
 * The next step of an inspector: collects what the three show, draws once all of it is there, and judges once both holders
 * have answered. A message that came before changes nothing.
 *
 * @throws {@link JoinError} `MESSAGE_UNEXPECTED`, `MESSAGE_CHANGED`: nothing of it counts
 */
export function inspectorReceives(
  state: InspectorState,
  { from, bytes }: Received,
  deps: InspectorDeps,
): InspectorState {
  const kind = takenKind(from, bytes)
  if (kind === undefined)
    throw new JoinError('MESSAGE_UNEXPECTED', 'the message is not this sender’s to send')
  if (hasMember(state.taken, kind)) {
    if (equalBytes(state.taken[kind] ?? new Uint8Array(0), bytes)) return state
    throw new JoinError('MESSAGE_CHANGED', 'another message came in this one’s place')
  }
  if (!isInTime(state, kind))
    throw new JoinError('MESSAGE_UNEXPECTED', 'the audit does not wait for this message now')
  return inspectorWaits({ ...state, taken: withMembers(state.taken, { [kind]: bytes }) }, deps)
}

/** The same without a message: goes on where all is there, or where it has been waited for long enough. */
export function inspectorWaits(state: InspectorState, deps: InspectorDeps): InspectorState {
  if (state.made.finding !== undefined) return state
  return state.made.audit === undefined ? drawnOrWaiting(state, deps) : judgedOrWaiting(state, deps)
}

/** Log time from which what is missing is waited for no more; `undefined` once there is a finding. */
export function inspectorDueMs({
  made,
  openedMs,
  askedMs,
  patienceMs,
}: InspectorState): number | undefined {
  return made.finding === undefined ? (askedMs ?? openedMs) + patienceMs : undefined
}

/** All messages that the state has for others: to be sent again after a restart. The finding is sent to nobody. */
export function inspectorOutbox({ made }: InspectorState): readonly Sent[] {
  return [
    ...sentFrom(made, 'opening', showingParties),
    ...sentFrom(made, 'audit', ['left', 'right']),
  ]
}

function takenKind(from: Received['from'], bytes: Uint8Array): InspectorTaken | undefined {
  const name = `${from}.${messageKind(bytes) ?? ''}`
  return inspectorTaken.find((one) => one === name)
}

/** Evidence comes before the draw, which has every share in it; answers and lists come after it. */
function isInTime({ made }: InspectorState, kind: InspectorTaken): boolean {
  return made.finding === undefined && (made.audit === undefined) === kind.endsWith('.evidence')
}

function drawnOrWaiting(state: InspectorState, deps: InspectorDeps): InspectorState {
  const { plan, taken, nonce, dummiesOf } = state
  const nowMs = deps.clock.now()
  const isThere = showingParties.every((party) => hasMember(taken, `${party}.evidence`))
  if (!isThere && nowMs < (inspectorDueMs(state) ?? 0)) return state
  const { run, shares, ...reading } = agreeEvidence(state)
  if (run === undefined) {
    const finding = findingBytes(state, { run, shares, ...reading }, { ...deps, nowMs })
    return { ...state, made: { ...state.made, finding } }
  }
  const hash = planHash(plan)
  const audit = drawnAudit({
    planHash: hash,
    seed: auditSeed(hash, nonce, shares),
    points: pointsOfRun(plan, run),
    auditK: plan.auditK,
    dummiesOf,
  })
  return { ...state, askedMs: nowMs, made: { ...state.made, audit } }
}

function judgedOrWaiting(state: InspectorState, deps: InspectorDeps): InspectorState {
  const nowMs = deps.clock.now()
  if (!isAnswered(state) && nowMs < (inspectorDueMs(state) ?? 0)) return state
  const finding = findingBytes(state, agreeEvidence(state), { ...deps, nowMs })
  return { ...state, made: { ...state.made, finding } }
}

function isAnswered({ taken, dummiesOf }: InspectorState): boolean {
  const wanted: InspectorTaken[] = sides.map((side: Side) => `${side}.audited` as const)
  if (dummiesOf !== null) wanted.push(`${dummiesOf}.blinded`, `${dummiesOf}.remasked`)
  return wanted.every((kind) => hasMember(taken, kind))
}
