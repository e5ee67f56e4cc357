import { equalBytes } from '../../../bytes/index.ts'
import { UniformDraws } from '../../privacy/index.ts'
import { tallyEvidence } from '../audit/show-evidence.ts'
import { JoinError } from '../join-error.ts'
import { challengeSchema, readMessage, writeMessage } from '../messages/index.ts'
import { listNoticeOwner } from './notice-owner.ts'
import { type JoinPlan, planHash, type Side, sides, sumOf } from '../plan/index.ts'
import { drawPlaces } from '../points/index.ts'
import { abortBytes, abortFrom, abortSent } from './abort.ts'
import { checkTime, claimRun } from './begin-holder.ts'
import { type JoinDeps, type Received, type Sent, sentFrom } from './join-step.ts'
import { messageKind } from './message-kind.ts'
import {
  checkFreshKey,
  checkOpenings,
  readCommits,
  readTalliedList,
  takenBytes,
  type TalliedList,
  TallyFault,
} from './tally-lists.ts'
import { hasMember, withMembers } from './read-each.ts'
import { resultBytes } from './tally-table.ts'
import { type TallyState, type TallyTaken, tallyTaken } from './tally-state.ts'

/** A state, to be kept, and then what is to be sent. */
export interface TallyStep {
  readonly state: TallyState
  readonly send: readonly Sent[]
}

/**
 * Begins a plan as its tally.
 *
 * @throws {@link JoinError} `PLAN_RAN`, `PLAN_EXPIRED`
 */
export function beginTally(plan: JoinPlan, deps: Pick<JoinDeps, 'clock' | 'memory'>): TallyStep {
  claimRun(plan, planHash(plan), deps)
  return { state: { plan, made: {}, taken: {}, stopped: undefined }, send: [] }
}

/**
 * The next step of the tally: it collects what both holders send, in whatever order, and holds the key of an M1 against those
 * of other plans as it comes; draws the places to be opened once
 * all lists are there, and makes the table once all openings hold. A message that came before changes nothing.
 *
 * @throws {@link JoinError} for what may not stop a plan: anything after the result, or from somebody who is neither holder nor inspector
 */
export function tallyReceives(state: TallyState, message: Received, deps: JoinDeps): TallyStep {
  const { from, bytes } = message
  switch (from) {
    case 'left':
    case 'right':
      return holderSends(state, { from, bytes }, deps)
    case 'inspector':
      return takeOpening(state, bytes, deps)
    case 'tally':
    case 'analyst':
      throw new JoinError('MESSAGE_UNEXPECTED', 'the message is not this sender’s to send')
  }
}

function holderSends(
  state: TallyState,
  { from, bytes }: Received & { readonly from: Side },
  deps: JoinDeps,
): TallyStep {
  if (messageKind(bytes) === 'abort') return takeAbort(state, { from, bytes })
  if (state.stopped !== undefined) return { state, send: tallyOutbox(state) }
  const kind = takenKind(from, bytes)
  if (kind === undefined) return stoppedBy(state, { code: 'MESSAGE_MALFORMED', from, bytes })
  const isKnown = hasMember(state.taken, kind)
  // A list that was destroyed after the result is not taken once more.
  if (!isKnown && hasMember(state.made, 'result'))
    throw new JoinError('MESSAGE_UNEXPECTED', 'the plan has its result')
  if (isKnown)
    return equalBytes(takenBytes(state, kind), bytes)
      ? { state, send: tallyOutbox(state) }
      : stoppedBy(state, { code: 'MESSAGE_CHANGED', from, bytes })
  if (kind.endsWith('.openings') && state.made.challenge === undefined)
    return stoppedBy(state, { code: 'MESSAGE_UNEXPECTED', from, bytes })
  const taken = withMembers(state.taken, { [kind]: bytes })
  return advance({ ...state, taken }, { from, bytes }, deps)
}

/** All messages that the state has for others: to be sent again after a restart. */
export function tallyOutbox({ made }: TallyState): readonly Sent[] {
  if (made.abort !== undefined) return [abortSent('tally', made.abort)]
  const asked = sentFrom(made, 'challenge', ['left', 'right'])
  if (made.result === undefined) return asked
  const result = sentFrom(made, 'result', ['left', 'right', 'analyst'])
  return [...asked, ...result, ...sentFrom(made, 'evidence', ['inspector'])]
}

/** Shows the inspector, once, what an audit is drawn and judged by. */
function takeOpening(state: TallyState, bytes: Uint8Array, deps: JoinDeps): TallyStep {
  const { made, taken } = state
  const before = taken['inspector.opening']
  if (made.result === undefined || messageKind(bytes) !== 'opening')
    throw new JoinError('MESSAGE_UNEXPECTED', 'the plan has not come to this message')
  if (before !== undefined && !equalBytes(before, bytes))
    throw new JoinError('MESSAGE_CHANGED', 'another message came in this one’s place')
  if (before !== undefined) return { state, send: tallyOutbox(state) }
  const evidence = tallyEvidence(state, bytes, deps)
  const opened = { ...state, taken: withMembers(taken, { 'inspector.opening': bytes }) }
  return sending(opened, { evidence })
}

function takenKind(from: Side, bytes: Uint8Array): TallyTaken | undefined {
  const kind = messageKind(bytes)
  if (kind === 'list') {
    const owner = listNoticeOwner(bytes)
    return owner === undefined ? undefined : `${from}.list.${owner}`
  }
  return tallyTaken.find((one) => one === `${from}.${kind ?? ''}`)
}

function advance(
  state: TallyState,
  { from, bytes }: Received & { readonly from: Side },
  deps: JoinDeps,
): TallyStep {
  try {
    checkTime(state.plan, deps.clock.now())
    if (messageKind(bytes) === 'commit') checkFreshKey(state, from, deps)
    return proceed(state, deps)
  } catch (error) {
    if (error instanceof JoinError && error.code === 'PLAN_EXPIRED')
      return stoppedBy(state, { code: error.code, from, bytes })
    if (!(error instanceof TallyFault)) throw error
    const { code, blames } = error
    const shown = error.shown.map((kind) => takenBytes(state, kind))
    const abort = abortBytes(state.plan, { by: 'tally', code, blames, shown })
    const after: TallyState = {
      ...state,
      made: { ...state.made, abort },
      stopped: { by: 'tally', code, blames },
    }
    return { state: after, send: tallyOutbox(after) }
  }
}

function proceed(state: TallyState, deps: JoinDeps): TallyStep {
  const { plan, made, taken } = state
  const isThere = (kind: TallyTaken): boolean => hasMember(taken, kind)
  const lists = tallyTaken.filter((kind) => !kind.endsWith('.openings'))
  if (made.challenge === undefined) {
    if (!lists.every(isThere)) return { state, send: [] }
    const challenge = drawChallenge(plan, listsOf(state, deps), deps)
    return sending(state, { challenge })
  }
  if (!tallyTaken.every(isThere)) return { state, send: [] }
  const pair = listsOf(state, deps)
  const places = readMessage(challengeSchema, made.challenge, planHash(plan))
  for (const side of sides) checkOpenings(state, { list: pair[side], places: places[side] }, deps)
  return sending(state, { result: resultBytes(plan, pair) })
}

function listsOf(state: TallyState, deps: JoinDeps): Record<Side, TalliedList> {
  const commits = readCommits(state, deps)
  return {
    left: readTalliedList(state, 'left', commits),
    right: readTalliedList(state, 'right', commits),
  }
}

function sending(state: TallyState, made: TallyState['made']): TallyStep {
  const after = { ...state, made: { ...state.made, ...made } }
  return { state: after, send: tallyOutbox(after).slice(-1) }
}

function drawChallenge(
  plan: JoinPlan,
  lists: Readonly<Record<Side, TalliedList>>,
  { randomness }: JoinDeps,
): Uint8Array {
  const draws = new UniformDraws(randomness)
  const places = (side: Side): number[] =>
    drawPlaces(draws, sumOf(lists[side].inputLengths), plan.auditK)
  const [left, right] = [places('left'), places('right')]
  return writeMessage({ v: 1, kind: 'join.challenge', planHash: planHash(plan), left, right })
}

function takeAbort(state: TallyState, { from, bytes }: Received): TallyStep {
  const stop = abortFrom(state.plan, from, bytes)
  if (stop === undefined)
    throw new JoinError('MESSAGE_UNEXPECTED', 'the abort is not this sender’s to send')
  // A holder that refuses the table: both messages are evidence, and the table was sent.
  // Two that have stopped do not answer each other's aborts.
  if (state.made.result !== undefined || state.stopped !== undefined) return { state, send: [] }
  return { state: { ...state, stopped: stop }, send: [] }
}

/** A message that is at fault by itself. After the result it stops nothing. */
function stoppedBy(
  state: TallyState,
  { code, from, bytes }: Received & { readonly from: Side; readonly code: TallyFault['code'] },
): TallyStep {
  if (state.made.result !== undefined)
    throw new JoinError(code, 'the message comes after the result, and changes nothing')
  const abort = abortBytes(state.plan, { by: 'tally', code, blames: from, shown: [bytes] })
  const after: TallyState = {
    ...state,
    made: { ...state.made, abort },
    stopped: { by: 'tally', code, blames: from },
  }
  return { state: after, send: tallyOutbox(after) }
}
