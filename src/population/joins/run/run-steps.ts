import type { JoinGroup } from '../../../crypto/index.ts'
import type { Clock, Randomness } from '../../../ports/index.ts'
import {
  type AuditDeps,
  beginHolder,
  beginInspector,
  beginTally,
  drawHolderNoise,
  giveUpHolder,
  giveUpTally,
  givenUpBytes,
  holderKeys,
  holderOutbox,
  holderReceives,
  type InspectorDeps,
  inspectorDueMs,
  inspectorOutbox,
  inspectorReceives,
  inspectorWaits,
  isStateDamaged,
  JoinError,
  type JoinDeps,
  type JoinParty,
  readJoinPlan,
  openedCount,
  type Sent,
  type Side,
  type Stopped,
  tallyOutbox,
  tallyReceives,
} from '../../psi/index.ts'
import type {
  Auditing,
  Drawn,
  GivingUp,
  RunLeg,
  KeptMessage,
  OpenedCount,
  Outgoing,
  Processed,
  RunBeginning,
  RunStanding,
} from './join-machine.ts'
import type { JoinRuns, RunFiles } from './run-files.ts'
import { loadRunState, type RunState, saveRunState } from './run-state.ts'

/** What steps of runs need: all of it synchronous, in a thread that has nothing else to do. */
export interface RunStepsDeps {
  readonly runs: JoinRuns
  readonly group: JoinGroup
  readonly randomness: Randomness
  /** Log time. */
  readonly clock: Clock
  /** Gives back at once the memory of what was dropped; left out where that can wait. */
  readonly giveBack?: () => void
  /** What an inspector opens sealed tokens with; absent where this organisation has no such key. */
  readonly audit?: Pick<AuditDeps, 'cipher' | 'openSeal'> | undefined
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
  ['made.opening', 'M7'],
  ['made.evidence', 'M7'],
  ['made.audit', 'M7'],
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

  /** @throws {@link JoinError} `SECRETS_DESTROYED` where there is no key to open anything with */
  beginAudit(run: string, { plan, ...auditing }: Auditing): RunStanding {
    this.#inspectorDeps()
    const files = this.#deps.runs.begin(run)
    const before = loadRunState(files)
    if (before !== undefined) return this.#standing(run, files, before)
    const state = beginInspector(readJoinPlan(plan), auditing, this.#deps)
    return this.#keep(run, files, { role: 'inspector', state })
  }

  /** Where a run stands; `undefined` before it has begun, and once it is destroyed. An audit goes on by its clock. */
  standing(run: string): RunStanding | undefined {
    const files = this.#deps.runs.open(run)
    const state = files && loadRunState(files)
    if (files === undefined || state === undefined) return undefined
    if (state.role !== 'inspector') return this.#standing(run, files, state)
    const after = inspectorWaits(state.state, this.#inspectorDeps())
    return after === state.state
      ? this.#standing(run, files, state)
      : this.#keep(run, files, { role: 'inspector', state: after })
  }

  /** Processes one message. What may not stop a plan is refused, and changes nothing. */
  receive(run: string, { from, file, isKeyFresh }: KeptMessage): Processed {
    const { files, state } = this.#open(run)
    const bytes = files.read(file)
    if (bytes === undefined) throw new JoinError('STATE_INVALID', 'a kept message is missing')
    try {
      const next = this.#stepOf(state, { from, bytes }, isKeyFresh)
      if (stoppedOf(next) !== undefined && stoppedOf(state) === undefined)
        if (!('abort' in next.state.made)) files.write(abortFile, bytes)
      return { standing: this.#keep(run, files, next), refused: undefined }
    } catch (cause) {
      if (!(cause instanceof JoinError)) throw cause
      return { standing: this.#standing(run, files, state), refused: cause.code }
    }
  }

  /** Stops a run that has no result. One that has not begun here, or whose state does not open, has nothing to keep. */
  giveUp(run: string, { plan, by, code }: GivingUp): RunStanding {
    const files = this.#deps.runs.begin(run)
    const before = whatOpens(files)
    if (before !== undefined) return this.#keep(run, files, givenUp(before, code))
    const bytes = givenUpBytes(readJoinPlan(plan), by, code)
    files.write('made.abort', bytes)
    const to = (['left', 'right', 'tally'] as const).filter((party) => party !== by)
    const outbox = [this.#outgoing(run, files, { to, name: 'abort' })]
    return { outbox, stopped: { by, code, blames: null }, abort: bytes, result: undefined }
  }

  #stepDeps(isFirst: boolean): JoinDeps {
    const { group, randomness, clock, giveBack } = this.#deps
    const memory = { claimPlan: () => true, claimKey: () => isFirst }
    return { group, randomness, clock, memory, giveBack }
  }

  #inspectorDeps(): InspectorDeps {
    const { group, clock, audit } = this.#deps
    if (audit === undefined)
      throw new JoinError('SECRETS_DESTROYED', 'there is no key here to open an audit with')
    return { group, clock, ...audit }
  }

  #stepOf(
    run: RunState,
    message: { readonly from: JoinParty; readonly bytes: Uint8Array },
    isKeyFresh: boolean,
  ): RunState {
    const { role, state } = run
    switch (role) {
      case 'holder':
        return { role, state: holderReceives(state, message, this.#stepDeps(isKeyFresh)).state }
      case 'tally':
        return { role, state: tallyReceives(state, message, this.#stepDeps(isKeyFresh)).state }
      case 'inspector':
        return { role, state: inspectorReceives(state, message, this.#inspectorDeps()) }
    }
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
    const outbox = sentBy(state).map((one) => this.#outgoing(run, files, one))
    const abort = 'abort' in state.state.made ? state.state.made.abort : files.read(abortFile)
    const stopped = stoppedOf(state)
    const [opened, dueMs] = [openedBy(state), dueOf(state)]
    return { outbox, stopped, abort, result: resultOf(state), opened, dueMs }
  }

  #outgoing(run: string, files: RunFiles, { to, name }: Omit<Sent, 'bytes'>): Outgoing {
    const file = `made.${name}`
    const leg = legs.get(file)
    if (leg === undefined) throw new TypeError('every message has its leg')
    // Who asks is the tally, and has the result already.
    const parties = to.filter((party) => party !== 'analyst')
    const sha = this.#digest(run, files, file)
    const isList = listNames.has(file)
    const length = files.length(file) ?? 0
    return { leg, to: parties, file, sha256: sha, length, isList }
  }

  /** A list never changes under its name, so each is hashed once. */
  #digest(run: string, files: RunFiles, file: string): Uint8Array {
    const name = `${run} ${file}`
    const known = this.#digests.get(name)
    if (known !== undefined) return known
    if (this.#digests.size >= mostDigests) this.#digests.clear()
    const digest = files.digest(file)
    this.#digests.set(name, digest)
    return digest
  }
}

function whatOpens(files: RunFiles): RunState | undefined {
  try {
    return loadRunState(files)
  } catch (cause) {
    if (isStateDamaged(cause)) return undefined
    throw cause
  }
}

function sentBy({ role, state }: RunState): readonly Sent[] {
  switch (role) {
    case 'holder':
      return holderOutbox(state)
    case 'tally':
      return tallyOutbox(state)
    case 'inspector':
      return inspectorOutbox(state)
  }
}

function resultOf({ role, state }: RunState): Uint8Array | undefined {
  switch (role) {
    case 'holder':
      return state.taken.result
    case 'tally':
      return state.made.result
    case 'inspector':
      return state.made.finding
  }
}

/** An audit does not stop: what is missing in it is found. */
function stoppedOf({ role, state }: RunState): Stopped | undefined {
  return role === 'inspector' ? undefined : state.stopped
}

function openedBy({ role, state }: RunState): OpenedCount | undefined {
  return role === 'holder' ? openedCount(state) : undefined
}

function dueOf({ role, state }: RunState): number | undefined {
  return role === 'inspector' ? inspectorDueMs(state) : undefined
}

function givenUp({ role, state }: RunState, code: GivingUp['code']): RunState {
  switch (role) {
    case 'holder':
      return { role, state: giveUpHolder(state, code).state }
    case 'tally':
      return { role, state: giveUpTally(state, code).state }
    case 'inspector':
      return { role, state }
  }
}
