import { type JoinGroup, sha256 } from '../../../crypto/index.ts'
import type { Clock, Randomness } from '../../../ports/index.ts'
import {
  beginHolder,
  beginTally,
  drawHolderNoise,
  giveUpHolder,
  giveUpTally,
  givenUpBytes,
  holderKeys,
  holderOutbox,
  holderReceives,
  JoinError,
  type JoinDeps,
  type JoinParty,
  readJoinPlan,
  type Sent,
  type Side,
  tallyOutbox,
  tallyReceives,
} from '../../psi/index.ts'
import type {
  Drawn,
  GivingUp,
  RunLeg,
  KeptMessage,
  Outgoing,
  Processed,
  RunBeginning,
  RunStanding,
} from './join-machine.ts'
import type { JoinRuns, RunFiles } from './run-files.ts'
import { loadRunState, partsOfRun, type RunState, saveRunState } from './run-state.ts'

/** What steps of runs need: all of it synchronous, in a thread that has nothing else to do. */
export interface RunStepsDeps {
  readonly runs: JoinRuns
  readonly group: JoinGroup
  readonly randomness: Randomness
  /** Log time. */
  readonly clock: Clock
}

/** The legs of the messages that parties make, by the names that their states have for them. */
const legs: ReadonlyMap<string, RunLeg> = new Map([
  ['made.commit', 'M1'],
  ['made.blinded', 'M2'],
  ['made.ownList', 'M2'],
  ['made.peerList', 'M2'],
  ['made.remasked', 'M3'],
  ['made.challenge', 'M4'],
  ['made.openings', 'M5'],
  ['made.result', 'M6'],
  ['made.audited', 'M7'],
  ['made.abort', 'ABORT'],
])
const listNames: ReadonlySet<string> = new Set(['made.blinded', 'made.remasked'])

/** Digests of the newest runs' messages that stay in memory. */
const mostDigests = 1_000

/** Another party's abort, as it came. */
const abortFile = 'abort'

/** The steps of runs over their files: reads a state, takes one step, keeps what is new. */
export class RunSteps {
  readonly #deps: RunStepsDeps
  readonly #digests = new Map<string, Uint8Array>()

  constructor(deps: RunStepsDeps) {
    this.#deps = deps
  }

  /** Noise and keys of a holder; nothing is kept of them yet. */
  draw(plan: Uint8Array, side: Side): Drawn {
    const { randomness } = this.#deps
    return {
      noise: drawHolderNoise(readJoinPlan(plan), side, randomness),
      keys: holderKeys(randomness),
    }
  }

  /** @throws {@link JoinError} `ROWS_REFUSED`, `PLAN_EXPIRED` */
  begin(run: string, { plan, ...beginning }: RunBeginning): RunStanding {
    const files = this.#deps.runs.begin(run)
    const before = loadRunState(files)
    if (before !== undefined) return this.#standing(run, files, before)
    const step = beginHolder({ ...beginning, plan: readJoinPlan(plan) }, this.#stepDeps(true))
    return this.#keep(run, files, { role: 'holder', state: step.state })
  }

  /** @throws {@link JoinError} `PLAN_EXPIRED` */
  beginTally(run: string, plan: Uint8Array): RunStanding {
    const files = this.#deps.runs.begin(run)
    const before = loadRunState(files)
    if (before !== undefined) return this.#standing(run, files, before)
    const step = beginTally(readJoinPlan(plan), this.#stepDeps(true))
    return this.#keep(run, files, { role: 'tally', state: step.state })
  }

  /** Where a run stands; `undefined` before it has begun, and once it is destroyed. */
  standing(run: string): RunStanding | undefined {
    const files = this.#deps.runs.open(run)
    const state = files && loadRunState(files)
    return files && state && this.#standing(run, files, state)
  }

  /** Processes one message. What may not stop a plan is refused, and changes nothing. */
  receive(run: string, { from, file, isKeyFresh }: KeptMessage): Processed {
    const { files, state } = this.#open(run)
    const bytes = files.read(file)
    if (bytes === undefined) throw new JoinError('STATE_INVALID', 'a kept message is missing')
    try {
      const next = stepOf(state, { from, bytes }, this.#stepDeps(isKeyFresh))
      if (next.state.stopped !== undefined && state.state.stopped === undefined)
        if (!('abort' in next.state.made)) files.write(abortFile, bytes)
      return { standing: this.#keep(run, files, next), refused: undefined }
    } catch (cause) {
      if (!(cause instanceof JoinError)) throw cause
      return { standing: this.#standing(run, files, state), refused: cause.code }
    }
  }

  /** Stops a run that has no result. One that has not begun here has nothing to keep. */
  giveUp(run: string, { plan, by, code }: GivingUp): RunStanding {
    const files = this.#deps.runs.begin(run)
    const before = loadRunState(files)
    if (before !== undefined) return this.#keep(run, files, givenUp(before, code))
    const bytes = givenUpBytes(readJoinPlan(plan), by, code)
    files.write('made.abort', bytes)
    const to = (['left', 'right', 'tally'] as const).filter((party) => party !== by)
    const outbox = [this.#outgoing(run, { to, bytes }, 'made.abort')]
    return { outbox, stopped: { by, code, blames: null }, abort: bytes, result: undefined }
  }

  #stepDeps(isFirst: boolean): JoinDeps {
    const { group, randomness, clock } = this.#deps
    return { group, randomness, clock, memory: { claimPlan: () => true, claimKey: () => isFirst } }
  }

  #open(run: string): { readonly files: RunFiles; readonly state: RunState } {
    const files = this.#deps.runs.open(run)
    const state = files && loadRunState(files)
    if (files === undefined || state === undefined)
      throw new JoinError('SECRETS_DESTROYED', 'nothing of this run is kept here')
    return { files, state }
  }

  #keep(run: string, files: RunFiles, state: RunState): RunStanding {
    saveRunState(files, state)
    return this.#standing(run, files, state)
  }

  #standing(run: string, files: RunFiles, state: RunState): RunStanding {
    const { lists } = partsOfRun(state)
    const nameOf = (bytes: Uint8Array): string => {
      for (const [name, one] of lists) if (one === bytes) return name
      throw new TypeError('what is sent is a list of the state')
    }
    const sent = state.role === 'holder' ? holderOutbox(state.state) : tallyOutbox(state.state)
    return {
      outbox: sent.map((one) => this.#outgoing(run, one, nameOf(one.bytes))),
      stopped: state.state.stopped,
      abort: state.state.made.abort ?? files.read(abortFile),
      result: state.role === 'holder' ? state.state.taken.result : state.state.made.result,
    }
  }

  #outgoing(run: string, { to, bytes }: Sent, file: string): Outgoing {
    const leg = legs.get(file)
    if (leg === undefined) throw new TypeError('every message has its leg')
    // Who asks is the tally, and has the result already.
    const parties = to.filter((party) => party !== 'analyst')
    const sha = this.#digest(`${run} ${file}`, bytes)
    const isList = listNames.has(file)
    return { leg, to: parties, file, sha256: sha, length: bytes.length, isList }
  }

  /** A list never changes under its name, so each is hashed once. */
  #digest(name: string, bytes: Uint8Array): Uint8Array {
    const known = this.#digests.get(name)
    if (known !== undefined) return known
    if (this.#digests.size >= mostDigests) this.#digests.clear()
    const digest = sha256(bytes)
    this.#digests.set(name, digest)
    return digest
  }
}

function stepOf(
  { role, state }: RunState,
  message: { readonly from: JoinParty; readonly bytes: Uint8Array },
  deps: JoinDeps,
): RunState {
  return role === 'holder'
    ? { role, state: holderReceives(state, message, deps).state }
    : { role, state: tallyReceives(state, message, deps).state }
}

function givenUp({ role, state }: RunState, code: GivingUp['code']): RunState {
  return role === 'holder'
    ? { role, state: giveUpHolder(state, code).state }
    : { role, state: giveUpTally(state, code).state }
}
