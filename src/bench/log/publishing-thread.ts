/** Publishes a log as its gateway does, in a thread beside the writer, whenever it is told to. */
import { readFileSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import { useDigests } from '../../crypto/index.ts'
import { parsePolicy } from '../../log/verify/index.ts'
import { publishJob } from '../../node/index.ts'
import { bestEd25519, folderFiles, nativeDigests, systemClock } from '../../platform/index.ts'
import { openStateReader } from '../../storage/sqlite/index.ts'
import type { PublishingReply, PublishingStart } from './publishing-messages.ts'

/** What the host passed when it started this thread. */
function startOf(passed: unknown): PublishingStart {
  return passed as PublishingStart
}

function reply(message: PublishingReply): void {
  parentPort?.postMessage(message)
}

function fail(cause: unknown): void {
  reply({ type: 'failed', reason: cause instanceof Error ? cause.message : 'unknown reason' })
}

function run(start: PublishingStart): void {
  const reader = openStateReader(start.statePath)
  const job = publishJob({
    reader,
    files: folderFiles(start.published),
    http: { send: () => Promise.reject(new TypeError('no witness is asked')) },
    policy: parsePolicy(readFileSync(start.policyFile, 'utf8')),
    clock: systemClock,
    ed25519: bestEd25519(),
  })
  let size = 0
  async function round(): Promise<void> {
    size = (await job.round())?.head.size ?? size
    reply({ type: 'published', size })
  }
  parentPort?.on('message', (message: 'publish' | 'stop') => {
    if (message === 'publish') {
      round().catch(fail)
      return
    }
    reader[Symbol.dispose]()
    parentPort?.close()
  })
  reply({ type: 'ready' })
}

useDigests(nativeDigests)
try {
  run(startOf(workerData))
} catch (cause) {
  fail(cause)
}
