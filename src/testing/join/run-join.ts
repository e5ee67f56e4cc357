import {
  beginHolder,
  beginTally,
  drawHolderNoise,
  holderKeys,
  type HolderNoise,
  holderReceives,
  type HolderState,
  type JoinDeps,
  type JoinParty,
  type JoinPlan,
  type Received,
  type Sent,
  type Side,
  tallyReceives,
  type TallyState,
} from '../../population/psi/index.ts'
import { maskedRows, sampleDeps } from './sample-join.ts'

/** A message on its way. */
export interface Carried extends Received {
  readonly to: JoinParty
}

/** What a test may do to a run. */
export interface RunTerms {
  /** Tokens of each group of each side's list. */
  readonly rows: Readonly<Record<Side, readonly (readonly Uint8Array[])[]>>
  readonly deps?: Partial<Record<Side | 'tally', JoinDeps>>
  readonly noise?: Partial<Record<Side, HolderNoise>>
  /** What arrives in place of a message; left out: the message. */
  readonly tamper?: (message: Carried) => Carried | readonly Carried[]
  /** What one party sees of its state before each step: it may put another in its place. */
  readonly corrupt?: (state: HolderState) => HolderState
}

/** Everything of a run that a test may look at. */
export interface JoinRun {
  readonly plan: JoinPlan
  readonly holders: Record<Side, HolderState>
  tally: TallyState
  /** All messages that were delivered, in their order. */
  readonly carried: Carried[]
  readonly noise: Readonly<Record<Side, HolderNoise>>
  readonly deps: Readonly<Record<Side | 'tally', JoinDeps>>
}

/** Runs a plan to its end: messages are delivered in the order in which they are sent. */
export function runJoin(plan: JoinPlan, terms: RunTerms): JoinRun {
  const deps = {
    left: terms.deps?.left ?? sampleDeps(),
    right: terms.deps?.right ?? sampleDeps(),
    tally: terms.deps?.tally ?? sampleDeps(),
  }
  const noiseOf = (side: Side): HolderNoise =>
    terms.noise?.[side] ?? drawHolderNoise(plan, side, deps[side].randomness)
  const noise = { left: noiseOf('left'), right: noiseOf('right') }
  const begin = (side: Side): { state: HolderState; send: readonly Sent[] } => {
    const keys = holderKeys(deps[side].randomness)
    const rows = maskedRows(plan, keys, terms.rows[side], deps[side].group)
    return beginHolder({ plan, side, noise: noise[side], keys, rows }, deps[side])
  }
  const [left, right] = [begin('left'), begin('right')]
  const run: JoinRun = {
    plan,
    holders: { left: left.state, right: right.state },
    tally: beginTally(plan, deps.tally).state,
    carried: [],
    noise,
    deps,
  }
  const queue = [...carry('left', left.send), ...carry('right', right.send)]
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const tampered = terms.tamper?.(next) ?? next
    for (const message of isOne(tampered) ? [tampered] : tampered) {
      run.carried.push(message)
      queue.push(...deliver(run, message, terms))
    }
  }
  return run
}

function isOne(carried: Carried | readonly Carried[]): carried is Carried {
  return !Array.isArray(carried)
}

/** What `from` sends, one by one. */
export function carry(from: JoinParty, send: readonly Sent[]): Carried[] {
  return send.flatMap(({ to, bytes }) => to.map((party) => ({ from, to: party, bytes })))
}

/** Delivers one message to a party of a run, and gives what it sends then. */
export function deliver(
  run: JoinRun,
  message: Carried,
  terms: Pick<RunTerms, 'corrupt'> = {},
): Carried[] {
  const { to } = message
  if (to === 'tally') {
    const step = tallyReceives(run.tally, message, run.deps.tally)
    run.tally = step.state
    return carry('tally', step.send)
  }
  if (to !== 'left' && to !== 'right') return []
  const before = run.holders[to]
  const step = holderReceives(terms.corrupt?.(before) ?? before, message, run.deps[to])
  run.holders[to] = step.state
  return carry(to, step.send)
}
