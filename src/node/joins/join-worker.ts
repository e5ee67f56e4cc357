import { parentPort, workerData } from 'node:worker_threads'
import { useDigests } from '../../crypto/index.ts'
import {
  collectGarbage,
  joinGroupOf,
  nativeDigests,
  systemClock,
  systemRandomness,
  threadedJoinGroup,
} from '../../platform/index.ts'
import { RunSteps } from '../../population/index.ts'
import { JoinError } from '../../population/psi/index.ts'
import { auditSeal } from './audit-seal.ts'
import type { JoinFolders, JoinOrderResult, JoinReply, JoinRequest } from './join-orders.ts'
import { joinRunsIn } from './join-run-place.ts'
import { queuedJoinGroup } from './queue/queued-join-group.ts'

/** The thread that computes the steps of joins, one after the other; started by the gateway's join thread. */

function carryOut(steps: RunSteps, order: JoinRequest): JoinOrderResult {
  switch (order.name) {
    case 'draw':
      return steps.draw(...order.given)
    case 'begin':
      return steps.begin(...order.given)
    case 'beginTally':
      return steps.beginTally(...order.given)
    case 'beginAudit':
      return steps.beginAudit(...order.given)
    case 'standing':
      return steps.standing(...order.given)
    case 'receive':
      return steps.receive(...order.given)
    case 'giveUp':
      return steps.giveUp(...order.given)
  }
}

/** Of what failed, code and sentence alone: nothing of a run's bytes. */
function failure(id: number, cause: unknown): JoinReply {
  if (cause instanceof JoinError) return { id, refused: cause.code, message: cause.message }
  const message = cause instanceof Error ? cause.message : 'unknown reason'
  const code = cause instanceof Error && 'code' in cause ? `${String(cause.code)}: ` : ''
  return { id, failed: `${code}${message}` }
}

function answer(steps: RunSteps, request: JoinRequest): JoinReply {
  const { id } = request
  try {
    return { id, result: carryOut(steps, request) }
  } catch (cause) {
    return failure(id, cause)
  }
}

/** What the host passed when it started this thread; structured clone keeps its form. */
function foldersOf(passed: unknown): JoinFolders {
  return passed as JoinFolders
}

function run(folders: JoinFolders): void {
  const steps = new RunSteps({
    runs: joinRunsIn(folders),
    group:
      folders.queue === undefined
        ? threadedJoinGroup(joinGroupOf(folders.tier), folders.threads)
        : queuedJoinGroup(joinGroupOf(folders.tier), folders.queue),
    randomness: systemRandomness,
    clock: systemClock,
    giveBack: collectGarbage,
    audit: auditSeal(folders),
  })
  parentPort?.on('message', (request: JoinRequest) => {
    parentPort?.postMessage(answer(steps, request))
    // The next step begins with its own lists; those of this one may have a hundred megabytes.
    collectGarbage()
  })
}

useDigests(nativeDigests)
run(foldersOf(workerData))
