import { Worker } from 'node:worker_threads'
import { type JoinGroup, packedCount, POINT_BYTES } from '../../../crypto/index.ts'
import { PlatformError } from '../../platform-error.ts'
import type { JoinTier } from '../join-tier.ts'
import { carryOut } from './carry-out.ts'
import type { GroupOperation, GroupOrder, GroupThreadStart } from './group-order.ts'

/** A group that computes with several threads. Disposing ends them; afterwards it computes alone. */
export interface ThreadedJoinGroup extends JoinGroup, AsyncDisposable {
  /** How many compute at the same time, the calling one included. */
  readonly threads: number
}

/**
 * Starts one of the other threads. It sets `ready` to 1 once it takes orders, carries each order out, and counts `open` down;
 * −1 in `ready` says that it cannot.
 */
export type StartThread = (ready: SharedArrayBuffer) => Worker

/** As this file is: run from source or built. */
const extension = import.meta.url.endsWith('.ts') ? '.ts' : '.js'

/** Fewer points than this for each thread are computed where they are: sharing them costs as much. */
const leastPart = 64
const startMs = 20_000
const stallMs = 600_000

/**
 * The same group over `threads` threads of this process, the calling one included, which waits while the others compute: only
 * for a thread or process that has nothing else to do. Points, scalars and identifiers reach the others in memory that they
 * share, which is wiped when the batch is done. The bytes are those of the group alone, for every number of threads.
 */
export function threadedJoinGroup(
  tier: JoinTier,
  threads: number,
  start: StartThread = (ready) => startHere(tier.name, ready),
): ThreadedJoinGroup {
  if (!Number.isSafeInteger(threads) || threads < 1)
    throw new RangeError(`threads are counted from 1, not ${threads}`)
  const crew = new GroupCrew(tier, threads - 1, start)
  const { group } = tier
  return {
    threads,
    hash: (identifiers, dst) => {
      const counted = { count: identifiers.length, input: undefined }
      return crew.points(counted, (from, to) => ({
        kind: 'hash',
        identifiers: identifiers.slice(from, to),
        dst,
      }))
    },
    mask: (scalar, points) => {
      const common = shared(scalar)
      try {
        return crew.points(packed(points), (from, to, input) => ({
          kind: 'mask',
          scalar: common,
          input: part(input, from, to),
        }))
      } finally {
        common.fill(0)
      }
    },
    base: (scalars) =>
      crew.points(packed(scalars), (from, to, input) => ({
        kind: 'base',
        input: part(input, from, to),
      })),
    share: (scalars, point) =>
      crew.points(packed(scalars), (from, to, input) => ({
        kind: 'share',
        point,
        input: part(input, from, to),
      })),
    firstOffCurve: (points) => crew.firstOffCurve(points),
    edwards: group.edwards,
    [Symbol.asyncDispose]: () => crew[Symbol.asyncDispose](),
  }
}

/** A batch: how much there is, and what is packed, if anything is. */
interface Batch {
  readonly count: number
  readonly input: Uint8Array | undefined
}

type MakePart = (from: number, to: number, input: Uint8Array) => GroupOperation

function packed(input: Uint8Array): Batch {
  return { count: packedCount(input), input }
}

function part(input: Uint8Array, from: number, to: number): Uint8Array {
  return input.subarray(from * POINT_BYTES, to * POINT_BYTES)
}

function shared(bytes: Uint8Array): Uint8Array {
  const copy = new Uint8Array(new SharedArrayBuffer(bytes.length))
  copy.set(bytes)
  return copy
}

/** The other threads, started with the first batch that is worth it. */
class GroupCrew implements AsyncDisposable {
  readonly #tier: JoinTier
  readonly #wanted: number
  readonly #start: StartThread
  #workers: readonly Worker[] | undefined

  constructor(tier: JoinTier, wanted: number, start: StartThread) {
    this.#tier = tier
    this.#wanted = wanted
    this.#start = start
  }

  points(batch: Batch, make: MakePart): Uint8Array {
    if (!this.#isWorthIt(batch.count)) return this.#alone(make(0, batch.count, batch.input ?? none))
    const output = new Uint8Array(new SharedArrayBuffer(batch.count * POINT_BYTES))
    this.#together(batch, { make, output, found: new Int32Array(0) })
    const points = output.slice()
    output.fill(0)
    return points
  }

  firstOffCurve(points: Uint8Array): number {
    const count = packedCount(points)
    if (!this.#isWorthIt(count)) return this.#tier.group.firstOffCurve(points)
    const found = new Int32Array(new SharedArrayBuffer(4 * (this.#wanted + 1))).fill(-1)
    const make: MakePart = (from, to, input) => ({ kind: 'check', input: part(input, from, to) })
    const size = this.#together({ count, input: points }, { make, output: none, found })
    const place = found.findIndex((one) => one >= 0)
    return place < 0 ? -1 : place * size + (found[place] ?? 0)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const workers = this.#workers ?? []
    this.#workers = []
    await Promise.all(workers.map((worker) => worker.terminate()))
  }

  #isWorthIt(count: number): boolean {
    return this.#wanted > 0 && count >= leastPart * (this.#wanted + 1) && this.#started().length > 0
  }

  #alone(operation: GroupOperation): Uint8Array {
    const result = carryOut(this.#tier.group, operation)
    return result.kind === 'points' ? result.points : none
  }

  /** Deals a batch out and computes the last part here; returns the size of the parts. */
  #together(
    { count, input }: Batch,
    { make, output, found }: { make: MakePart; output: Uint8Array; found: Int32Array },
  ): number {
    const workers = this.#started()
    const size = Math.ceil(count / (workers.length + 1))
    const given = input === undefined ? none : shared(input)
    const open = new Int32Array(new SharedArrayBuffer(8))
    open[0] = workers.length
    const orderOf = (place: number): GroupOrder => {
      const [from, to] = [Math.min(count, place * size), Math.min(count, (place + 1) * size)]
      const into = output.length === 0 ? output : part(output, from, to)
      return { operation: make(from, to, given), output: into, place, found, open }
    }
    for (const [place, worker] of workers.entries()) worker.postMessage(orderOf(place))
    try {
      const last = orderOf(workers.length)
      const result = carryOut(this.#tier.group, last.operation)
      if (result.kind === 'points') last.output.set(result.points)
      else found[workers.length] = result.place
    } finally {
      waitFor(open)
      given.fill(0)
    }
    if ((open[1] ?? 0) > 0)
      throw new PlatformError('JOIN_GROUP_FAILED', 'A thread of the join did not finish its part.')
    return size
  }

  #started(): readonly Worker[] {
    this.#workers ??= startThreads(this.#wanted, this.#start)
    return this.#workers
  }
}

const none = new Uint8Array(0)

/** Ends only when nobody writes into the shared memory any more, or a thread has stalled. */
function waitFor(open: Int32Array): void {
  for (;;) {
    const left = Atomics.load(open, 0)
    if (left === 0) return
    if (Atomics.wait(open, 0, left, stallMs) === 'timed-out')
      throw new PlatformError('JOIN_GROUP_FAILED', 'A thread of the join has stalled.')
  }
}

/** A thread of this machine that computes its parts with the same implementation. */
function startHere(tier: JoinTier['name'], ready: SharedArrayBuffer): Worker {
  const workerData: GroupThreadStart = { tier, ready }
  return new Worker(new URL(`./group-worker${extension}`, import.meta.url), { workerData })
}

/** Threads that take orders; none where one of them does not start. */
function startThreads(count: number, start: StartThread): readonly Worker[] {
  const readies = Array.from({ length: count }, () => new SharedArrayBuffer(4))
  const workers = readies.map((ready) => {
    const worker = start(ready)
    worker.on('error', () => undefined)
    worker.unref()
    return worker
  })
  const areReady = readies.every((ready) => {
    const flag = new Int32Array(ready)
    Atomics.wait(flag, 0, 0, startMs)
    return Atomics.load(flag, 0) === 1
  })
  if (areReady) return workers
  for (const worker of workers) void worker.terminate()
  return []
}
