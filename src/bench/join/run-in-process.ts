import {
  gatherMaskedRows,
  type JoinGroup,
  type MaskedRows,
  maskTokens,
} from '../../crypto/index.ts'
import { aesCtr, sodiumSealedBox, systemClock, systemRandomness } from '../../platform/index.ts'
import {
  beginHolder,
  beginTally,
  drawHolderNoise,
  holderKeys,
  holderReceives,
  type HolderState,
  type JoinDeps,
  type JoinParty,
  type JoinPlan,
  planHash,
  type Received,
  type Sent,
  type Side,
  tallyReceives,
  type TallyState,
} from '../../population/psi/index.ts'
import { BenchError } from '../bench-error.ts'

/** Seconds of processor time of a whole run, all parties together, and the table. */
export interface InProcessRun {
  /** Hashing and masking of both registers' rows. */
  readonly rows: number
  /** M1 to M3 and the table. */
  readonly lists: number
  /** M4 and M5: opening places, and checking them. */
  readonly openings: number
  /** Bytes of all messages. */
  readonly bytes: number
  readonly result: Uint8Array
}

interface Message extends Received {
  readonly to: JoinParty
}

/** Processor time so far, in seconds. */
export function processorSeconds(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1_000_000
}

/** Masks the tokens of one side, as its register's process does. */
function maskedOf(
  plan: JoinPlan,
  keys: ReturnType<typeof holderKeys>,
  tokens: readonly (readonly Uint8Array[])[],
  group: JoinGroup,
): MaskedRows {
  const sealedBox = sodiumSealedBox()
  if (sealedBox === undefined) throw new BenchError('TIER_UNKNOWN', 'Joins need libsodium.')
  const all = tokens.flat()
  const listed = {
    counts: tokens.map((one) => one.length),
    longest: all.reduce((longest, one) => Math.max(longest, one.length), 1),
    [Symbol.iterator]: () => all[Symbol.iterator](),
  }
  const inspectorKey = sealedBox.publicKey(new Uint8Array(32).fill(7))
  const request = { ...keys, planHash: planHash(plan), inspectorKey }
  const deps = { group, randomness: systemRandomness, cipher: aesCtr, sealedBox }
  return gatherMaskedRows(maskTokens(request, listed, deps))
}

/** One run of a plan with all its parties in this thread: what they compute, without a network, a log or a store. */
export class InProcessJoin {
  readonly #deps: JoinDeps
  readonly #states: Record<Side, HolderState>
  readonly #queue: Message[] = []
  #tally: TallyState
  #bytes = 0

  private constructor(plan: JoinPlan, group: JoinGroup, rows: Readonly<Record<Side, Begun>>) {
    const memory = { claimPlan: () => true, claimKey: () => true }
    this.#deps = { group, randomness: systemRandomness, clock: systemClock, memory }
    const begin = (side: Side): HolderState => {
      const noise = drawHolderNoise(plan, side, systemRandomness)
      const step = beginHolder({ plan, side, noise, ...rows[side] }, this.#deps)
      this.#queue.push(...carried(side, step.send))
      return step.state
    }
    this.#states = { left: begin('left'), right: begin('right') }
    this.#tally = beginTally(plan, this.#deps).state
  }

  /** Runs a plan over the tokens of both sides. */
  static run(
    plan: JoinPlan,
    group: JoinGroup,
    tokens: Readonly<Record<Side, readonly (readonly Uint8Array[])[]>>,
  ): InProcessRun {
    const begun = processorSeconds()
    const rowsOf = (side: Side): Begun => {
      const keys = holderKeys(systemRandomness)
      return { keys, rows: maskedOf(plan, keys, tokens[side], group) }
    }
    const rows = { left: rowsOf('left'), right: rowsOf('right') }
    const masked = processorSeconds()
    const join = new InProcessJoin(plan, group, rows)
    const openings = join.#deliverAll()
    const ended = processorSeconds()
    const { result } = join.#tally.made
    if (result === undefined)
      throw new BenchError('RUN_REJECTED', `The join stopped: ${join.#tally.stopped?.code ?? '?'}.`)
    return {
      rows: masked - begun,
      lists: ended - masked - openings,
      openings,
      bytes: join.#bytes,
      result,
    }
  }

  /** Seconds that went into openings. */
  #deliverAll(): number {
    let openings = 0
    for (let next = this.#queue.shift(); next !== undefined; next = this.#queue.shift()) {
      const begun = processorSeconds()
      this.#bytes += next.bytes.length
      const isOpening = next.to !== 'tally' ? next.from === 'tally' : this.#isAsked()
      this.#deliver(next)
      if (isOpening) openings += processorSeconds() - begun
    }
    return openings
  }

  #isAsked(): boolean {
    return this.#tally.made.challenge !== undefined
  }

  #deliver(message: Message): void {
    const { to } = message
    if (to === 'tally') {
      const step = tallyReceives(this.#tally, message, this.#deps)
      this.#tally = step.state
      this.#queue.push(...carried('tally', step.send))
    } else if (to === 'left' || to === 'right') {
      const step = holderReceives(this.#states[to], message, this.#deps)
      this.#states[to] = step.state
      this.#queue.push(...carried(to, step.send))
    }
  }
}

interface Begun {
  readonly keys: ReturnType<typeof holderKeys>
  readonly rows: MaskedRows
}

function carried(from: JoinParty, send: readonly Sent[]): Message[] {
  return send.flatMap(({ to, bytes }) => to.map((party) => ({ from, to: party, bytes })))
}
