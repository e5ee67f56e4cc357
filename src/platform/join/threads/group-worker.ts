import { parentPort, workerData } from 'node:worker_threads'
import { useDigests } from '../../../crypto/index.ts'
import { nativeDigests } from '../../native-digests.ts'
import { joinTiers } from '../best-join-group.ts'
import { carryOut } from './carry-out.ts'
import type { GroupOrder, GroupThreadStart } from './group-order.ts'

/** A thread that computes parts of a group's batches; started by `threadedJoinGroup`. */

/** What the starting thread passed; structured clone keeps its form. */
function startOf(passed: unknown): GroupThreadStart {
  return passed as GroupThreadStart
}

function run({ tier, ready }: GroupThreadStart): void {
  const group = joinTiers().find(({ name }) => name === tier)?.group
  if (group === undefined) return
  parentPort?.on('message', ({ operation, output, place, found, open }: GroupOrder) => {
    try {
      const result = carryOut(group, operation)
      if (result.kind === 'points') output.set(result.points)
      else found[place] = result.place
    } catch {
      Atomics.add(open, 1, 1)
    }
    Atomics.sub(open, 0, 1)
    Atomics.notify(open, 0)
  })
  Atomics.store(new Int32Array(ready), 0, 1)
  Atomics.notify(new Int32Array(ready), 0)
}

useDigests(nativeDigests)
run(startOf(workerData))
