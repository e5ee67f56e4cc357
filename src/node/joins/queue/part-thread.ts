import { parentPort, workerData } from 'node:worker_threads'
import {
  type GroupOperation,
  type GroupOrder,
  systemRandomness,
  systemTimers,
  undiciHttpClient,
} from '../../../platform/index.ts'
import {
  computeRemotely,
  type PartOrder,
  readPlace,
  type RemotePartsDeps,
} from '../../../storage/join-queue/index.ts'
import { openParts, type PlacedQueue } from './open-parts.ts'

/** A thread that has its parts of a batch computed by workers; started by `queuedJoinGroup`. */

interface ThreadStart {
  readonly placed: PlacedQueue
  readonly ready: SharedArrayBuffer
}

/** What the starting thread passed; structured clone keeps its form. */
function startOf(passed: unknown): ThreadStart {
  return passed as ThreadStart
}

/** Shared memory is copied: it is wiped when the batch is over. Identifiers are hashed in the masking process alone. */
function orderOf(operation: GroupOperation): PartOrder {
  if (operation.kind === 'hash') throw new TypeError('identifiers are in no part of a join')
  return operation
}

async function carryOut(order: GroupOrder, deps: RemotePartsDeps): Promise<void> {
  const { operation, output, place, found, open } = order
  try {
    const result = await computeRemotely(orderOf(operation), deps)
    if (operation.kind === 'check') found[place] = readPlace(result)
    else if (result.length === output.length) output.set(result)
    else throw new TypeError('a result has as many points as its order')
  } catch {
    Atomics.add(open, 1, 1)
  }
  Atomics.sub(open, 0, 1)
  Atomics.notify(open, 0)
}

function say(ready: SharedArrayBuffer, what: 1 | -1): void {
  const flag = new Int32Array(ready)
  Atomics.store(flag, 0, what)
  Atomics.notify(flag, 0)
}

async function run({ placed, ready }: ThreadStart): Promise<void> {
  try {
    const { queue, parts } = await openParts(placed, undiciHttpClient())
    const deps = { queue, parts, randomness: systemRandomness, timers: systemTimers }
    parentPort?.on('message', (order: GroupOrder) => void carryOut(order, deps))
    say(ready, 1)
  } catch {
    say(ready, -1)
  }
}

void run(startOf(workerData))
