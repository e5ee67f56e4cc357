import { type ChildProcess, fork } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { BenchError } from '../bench-error.ts'
import { stopProcess } from '../bench-process.ts'
import type { LoadOrder, LoadReply, LoadRequest, LoadTarget, RoundReport } from './load-messages.ts'

/** A process that makes load, seen from the benchmark. */
export interface LoadHost extends AsyncDisposable {
  /** Makes the requests of a round. Rejects as {@link LoadHost.send}. */
  make(order: LoadOrder): Promise<void>
  /**
   * Sends what was made, and checks answers once the timed section is over.
   *
   * @throws {@link BenchError} `PROCESS_LOST` when the process or the server ends
   */
  send(): Promise<RoundReport>
}

/** As this file is: run from source or built. */
const extension = import.meta.url.endsWith('.ts') ? '.ts' : '.js'
const program = fileURLToPath(new URL(`./load-process${extension}`, import.meta.url))

function reply<Type extends LoadReply['type']>(
  child: ChildProcess,
  type: Type,
): Promise<Extract<LoadReply, { type: Type }>> {
  const { promise, resolve, reject } = Promise.withResolvers<Extract<LoadReply, { type: Type }>>()
  const lost = (): void =>
    reject(new BenchError('PROCESS_LOST', 'The process that makes the load ended.'))
  child.once('exit', lost)
  child.once('message', (message: LoadReply) => {
    child.off('exit', lost)
    if (isOf(message, type)) resolve(message)
    else reject(new BenchError('PROCESS_LOST', reasonOf(message)))
  })
  return promise
}

function isOf<Type extends LoadReply['type']>(
  message: LoadReply,
  type: Type,
): message is Extract<LoadReply, { type: Type }> {
  return message.type === type
}

function reasonOf(message: LoadReply): string {
  return message.type === 'failed' ? message.reason : 'The load process said something else.'
}

/** Starts a load process; `settingsFile` is written for it and holds what it needs to know. */
export async function startLoad(target: LoadTarget, settingsFile: string): Promise<LoadHost> {
  await writeFile(settingsFile, JSON.stringify(target), { mode: 0o600 })
  const child = fork(program, [settingsFile], {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const tell = (message: LoadRequest): void => void child.send(message)
  await reply(child, 'ready')
  return {
    async make(order) {
      tell({ type: 'make', order })
      await reply(child, 'made')
    },
    async send() {
      tell({ type: 'send' })
      return (await reply(child, 'sent')).report
    },
    [Symbol.asyncDispose]: () => stopProcess(child),
  }
}
