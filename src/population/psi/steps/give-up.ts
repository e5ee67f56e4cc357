import type { JoinPlan, Side } from '../plan/index.ts'
import { abortBytes, abortSent } from './abort.ts'
import type { HolderStep } from './begin-holder.ts'
import type { HolderState } from './holder-state.ts'
import type { Stopped } from './join-step.ts'
import { withMembers } from './read-each.ts'
import type { TallyStep } from './tally-receives.ts'
import type { TallyState } from './tally-state.ts'

/**
 * Why a plan is stopped that no message is at fault for: its time is over, one of its parties cannot go on, or what a party
 * kept of it is not what it wrote.
 */
export type GivenUpCode = 'PLAN_EXPIRED' | 'GIVEN_UP' | 'STATE_DAMAGED'

/** The `join.abort` of a party that cannot go on. It blames nobody. */
export function givenUpBytes(plan: JoinPlan, by: Side | 'tally', code: GivenUpCode): Uint8Array {
  return abortBytes(plan, { by, code, blames: null, shown: [] })
}

function stoppedBy(by: Side | 'tally', code: GivenUpCode): Stopped {
  return { by, code, blames: null }
}

/** Stops a plan as its holder, before the result; afterwards, and once stopped, nothing changes. */
export function giveUpHolder(state: HolderState, code: GivenUpCode): HolderStep {
  const { plan, side, made, taken } = state
  if (state.stopped !== undefined || taken.result !== undefined) return { state, send: [] }
  const abort = givenUpBytes(plan, side, code)
  return {
    state: { ...state, made: withMembers(made, { abort }), stopped: stoppedBy(side, code) },
    send: [abortSent(side, abort)],
  }
}

/** Stops a plan as its tally, before the result; afterwards, and once stopped, nothing changes. */
export function giveUpTally(state: TallyState, code: GivenUpCode): TallyStep {
  const { plan, made } = state
  if (state.stopped !== undefined || made.result !== undefined) return { state, send: [] }
  const abort = givenUpBytes(plan, 'tally', code)
  return {
    state: { ...state, made: { ...made, abort }, stopped: stoppedBy('tally', code) },
    send: [abortSent('tally', abort)],
  }
}
