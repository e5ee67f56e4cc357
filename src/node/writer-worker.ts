import { parentPort, workerData } from 'node:worker_threads'
import { storeFailure } from '../storage/sqlite/index.ts'
import { useDigests } from '../crypto/index.ts'
import { nativeDigests } from '../platform/index.ts'
import { type OpenWriter, openWriter } from './open-writer.ts'
import {
  unpackIntent,
  type WriterReply,
  type WriterRequest,
  type WriterStart,
} from './writer-messages.ts'

/** The thread that alone writes an organisation's store; started by the gateway's writer host. */

function reply(message: WriterReply): void {
  parentPort?.postMessage(message)
}

/** After a failure nothing is known about the disk, so the thread ends and the gateway with it. */
function fail(thrown: unknown): void {
  const cause = storeFailure(thrown) ?? thrown
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'WRITER_FAILED'
  reply({
    type: 'failed',
    code,
    message: cause instanceof Error ? cause.message : 'unknown reason',
  })
  parentPort?.close()
}

async function serve(writer: OpenWriter, request: WriterRequest): Promise<void> {
  if (request.type === 'stop') {
    // Closing the stores writes their logs back, so that each is one whole file.
    writer[Symbol.dispose]()
    parentPort?.close()
    return
  }
  if (request.type === 'know') {
    for (const one of request.agreements) writer.know(one)
    return
  }
  const { id, batch } = request
  try {
    const results = await writer.log.commit(batch.map(unpackIntent))
    reply({ type: 'committed', id, results })
  } catch (cause) {
    fail(cause)
  }
}

/** What the host passed when it started this thread; structured clone keeps its form. */
function startOf(passed: unknown): WriterStart {
  return passed as WriterStart
}

async function run(start: WriterStart): Promise<void> {
  try {
    const writer = await openWriter(start.settings, start.agreements)
    // The host sends one batch at a time, so commits never overlap.
    parentPort?.on('message', (request: WriterRequest) => void serve(writer, request))
    reply({ type: 'ready', keyActs: writer.keyActs })
  } catch (cause) {
    fail(cause)
  }
}

useDigests(nativeDigests)
void run(startOf(workerData))
