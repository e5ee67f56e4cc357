import { equalBytes, releaseBytes } from '../../../bytes/index.ts'
import { sha256 } from '../../../crypto/index.ts'
import { answerAudit } from '../audit/answer-audit.ts'
import { holderEvidence } from '../audit/show-evidence.ts'
import { isJoinFault, JoinError, type JoinFaultCode } from '../join-error.ts'
import { auditSchema, emptyList, pointsOf, readList, readMessage } from '../messages/index.ts'
import { groupLengths, peerOf, planHash, sumOf } from '../plan/index.ts'
import { checkList, checkReceived, maskReceived } from '../points/index.ts'
import { abortBytes, abortFrom, abortSent } from './abort.ts'
import { checkTime, type HolderStep } from './begin-holder.ts'
import { checkResult } from './check-result.ts'
import {
  type HolderMade,
  type HolderSecrets,
  type HolderState,
  type HolderTaken,
  holderTaken,
  holderWaitsFor,
} from './holder-state.ts'
import { type JoinDeps, type JoinParty, type Received, type Sent, sentFrom } from './join-step.ts'
import { messageKind } from './message-kind.ts'
import { noticeBytes, openPlaces } from './open-places.ts'
import { hasMember, withMembers } from './read-each.ts'
import { fillRemasked } from './remask-list.ts'
import { checkKey, readCommit } from './take-commit.ts'

/** What a message has a holder make, in the order in which it is sent. */
const replies: Readonly<Record<HolderTaken, readonly HolderMade[]>> = {
  commit: ['blinded', 'ownList'],
  blinded: ['peerList', 'remasked'],
  challenge: ['openings'],
  result: [],
  opening: ['evidence'],
  audit: ['audited'],
}

/**
 * The next step of a holder. A message that came before changes nothing and has the same replies. A fault of the peer or the
 * tally before the result stops the plan, with an abort as reply; the charge stays.
 *
 * @throws {@link JoinError} for what may not stop a plan: anything after the result, from an inspector, or from somebody who
 * has no part in this step; `SECRETS_DESTROYED`
 */
export function holderReceives(state: HolderState, message: Received, deps: JoinDeps): HolderStep {
  const kind = messageKind(message.bytes)
  // Two that have stopped do not answer each other's aborts.
  if (state.stopped !== undefined) return { state, send: kind === 'abort' ? [] : outboxOf(state) }
  secretsOf(state)
  if (kind === 'abort') return takeAbort(state, message)
  try {
    const known = holderTaken.find((one) => one === kind)
    if (known === undefined)
      throw new JoinError('MESSAGE_MALFORMED', 'this is no message to a holder')
    return takeMessage(state, { kind: known, ...message }, deps)
  } catch (error) {
    if (!isJoinFault(error) || !mayStop(state, message.from)) throw error
    return stopped(state, message, error.code)
  }
}

/** All messages that the state has for others, in their order: to be sent again after a restart. */
export function holderOutbox(state: HolderState): readonly Sent[] {
  return outboxOf(state)
}

/** Whether a message is the inspector's to send: after the result, and without an end of the plan. */
function isOfAudit(kind: HolderTaken): boolean {
  return kind === 'opening' || kind === 'audit'
}

function mayStop({ side, taken }: HolderState, from: JoinParty): boolean {
  return !hasMember(taken, 'result') && (from === peerOf(side) || from === 'tally')
}

function senderOf(state: HolderState, kind: HolderTaken): JoinParty {
  if (kind === 'commit' || kind === 'blinded') return peerOf(state.side)
  return isOfAudit(kind) ? 'inspector' : 'tally'
}

function takeMessage(
  state: HolderState,
  { kind, from, bytes }: Received & { readonly kind: HolderTaken },
  deps: JoinDeps,
): HolderStep {
  if (from !== senderOf(state, kind))
    throw new JoinError('MESSAGE_UNEXPECTED', 'the message is not this sender’s to send')
  if (hasMember(state.taken, kind)) {
    const before = state.taken[kind] ?? new Uint8Array(0)
    if (!equalBytes(before, bytes))
      throw new JoinError('MESSAGE_CHANGED', 'another message came in this one’s place')
    return { state, send: repliesTo(state, kind) }
  }
  if (holderWaitsFor(state) !== (kind === 'opening' ? 'audit' : kind))
    throw new JoinError('MESSAGE_UNEXPECTED', 'the plan has not come to this message')
  if (!isOfAudit(kind)) checkTime(state.plan, deps.clock.now())
  const next = take(state, { kind, bytes }, deps)
  const after = { ...next, taken: withMembers(next.taken, { [kind]: bytes }) }
  return { state: after, send: repliesTo(after, kind) }
}

function take(
  state: HolderState,
  { kind, bytes }: { readonly kind: HolderTaken; readonly bytes: Uint8Array },
  deps: JoinDeps,
): HolderState {
  switch (kind) {
    case 'commit':
      return takeCommit(state, bytes, deps)
    case 'blinded':
      return takeBlinded(state, bytes, deps)
    case 'challenge':
      return withMade(state, {
        openings: openPlaces(state, secretsOf(state), { bytes, deps }),
      })
    case 'result':
      checkResult(state, bytes)
      return state
    case 'opening':
      return withMade(state, { evidence: holderEvidence(state, bytes, deps) })
    case 'audit':
      return withMade(state, {
        audited: answerAudit(state, secretsOf(state), { bytes, deps }),
      })
  }
}

function takeCommit(state: HolderState, bytes: Uint8Array, deps: JoinDeps): HolderState {
  const { plan, side, made } = state
  const { key } = readCommit(plan, peerOf(side), bytes)
  const own = deps.group.base(secretsOf(state).scalar)
  checkKey(key, { ...deps, plan, other: own })
  const commit = sha256(made.commit ?? new Uint8Array(0))
  const points = pointsOf(made.blinded ?? new Uint8Array(0))
  return withMade(state, { ownList: noticeBytes(plan, { side, owner: side, commit }, points) })
}

function takeBlinded(state: HolderState, bytes: Uint8Array, deps: JoinDeps): HolderState {
  const { plan, side, taken } = state
  const { group, randomness, progress, giveBack } = deps
  const secrets = secretsOf(state)
  const owner = peerOf(side)
  const hash = planHash(plan)
  const commitBytes = taken.commit ?? new Uint8Array(0)
  const commit = readCommit(plan, owner, commitBytes)
  const lengths = groupLengths(plan, { kind: 'blinded', owner, sizes: commit.sizes })
  const points = readList(bytes, { kind: 'blinded', planHash: hash, owner }, sumOf(lengths))
  checkBlinded(state, points, deps)
  giveBack?.()
  const { scalar } = secrets
  const masked = maskReceived(points, { group, scalar, progress })
  const added = sumOf(groupLengths(plan, { kind: 'remasked', owner, sizes: commit.sizes }))
  const remasked = emptyList({ kind: 'remasked', planHash: hash, owner }, added)
  const outputs = fillRemasked(plan, owner, {
    group,
    randomness,
    masked,
    lengths,
    key: commit.key,
    // Read once.
    dummies: { ...secrets.dummies },
    points: pointsOf(remasked),
  })
  releaseBytes(masked)
  const notice = { side, owner, commit: sha256(commitBytes) }
  const peerList = noticeBytes(plan, notice, points)
  return {
    ...withMade(state, { peerList, remasked }),
    secrets: withMembers(secrets, { outputs }),
  }
}

/** The peer's list, and what of the own it must not have; nothing of either is held afterwards. */
function checkBlinded(state: HolderState, points: Uint8Array, { group }: JoinDeps): void {
  const own = pointsOf(state.made.blinded ?? new Uint8Array(0))
  checkReceived(checkList(points), { group, own: [own, group.base(secretsOf(state).scalar)] })
}

function takeAbort(state: HolderState, { from, bytes }: Received): HolderStep {
  const stop = abortFrom(state.plan, from, bytes)
  if (stop === undefined)
    throw new JoinError('MESSAGE_UNEXPECTED', 'the abort is not this sender’s to send')
  if (!mayStop(state, from)) return { state, send: [] }
  return { state: { ...state, stopped: stop }, send: [] }
}

function stopped(state: HolderState, { from, bytes }: Received, code: JoinFaultCode): HolderStep {
  const { plan, side } = state
  const blames = from === 'tally' || from === peerOf(side) ? from : null
  const fault = { by: side, code, blames, shown: [bytes] } as const
  const abort = abortBytes(plan, fault)
  const after = withMade({ ...state, stopped: { by: side, code, blames } }, { abort })
  return { state: after, send: outboxOf(after) }
}

function withMade(state: HolderState, made: Partial<Record<HolderMade, Uint8Array>>): HolderState {
  return { ...state, made: withMembers(state.made, made) }
}

function secretsOf({ secrets }: HolderState): HolderSecrets {
  if (secrets === undefined)
    throw new JoinError('SECRETS_DESTROYED', 'keys and lists of this plan have been destroyed')
  return secrets
}

function repliesTo(state: HolderState, kind: HolderTaken): readonly Sent[] {
  return replies[kind].flatMap((made) => sentOf(state, made))
}

function outboxOf(state: HolderState): readonly Sent[] {
  if (state.stopped !== undefined) return sentOf(state, 'abort')
  if (state.secrets === undefined) return []
  const kinds = holderTaken.filter((kind) => hasMember(state.taken, kind))
  return [...sentOf(state, 'commit'), ...kinds.flatMap((kind) => repliesTo(state, kind))]
}

function sentOf(state: HolderState, made: HolderMade): readonly Sent[] {
  if (!hasMember(state.made, made)) return []
  const sent = (...to: readonly JoinParty[]): readonly Sent[] => sentFrom(state.made, made, to)
  switch (made) {
    case 'commit':
      return sent(peerOf(state.side), 'tally')
    case 'blinded':
      return sent(peerOf(state.side))
    case 'evidence':
      return sent('inspector')
    case 'audited':
      return [...sent('inspector'), ...openedLists(state)]
    case 'abort':
      return [abortSent(state.side, state.made.abort ?? new Uint8Array(0))]
    case 'ownList':
    case 'peerList':
    case 'remasked':
    case 'openings':
      return sent('tally')
  }
}

/** What the inspector needs for an audit of this side's dummies: M2, and the peer's list as this side masked it. */
function openedLists({ plan, side, made, taken }: HolderState): readonly Sent[] {
  const { audit } = taken
  if (audit === undefined || readMessage(auditSchema, audit, planHash(plan)).dummiesOf !== side)
    return []
  return (['blinded', 'remasked'] as const).flatMap((name) => sentFrom(made, name, ['inspector']))
}
