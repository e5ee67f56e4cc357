import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

/** How a start that was tried came out: it listens, or it ended with a message. */
export type TriedStart =
  | { readonly state: 'listening'; stop(): Promise<void> }
  | { readonly state: 'ended'; readonly exitCode: number | null; readonly message: string }

/** Starts a process of this Node and resolves when it listens or has ended, whichever is first. */
export function runUntilListening(args: readonly string[]): Promise<TriedStart> {
  const child = spawn(process.execPath, [...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  let message = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (message += text))
  const ended = new Promise<number | null>((resolve) => {
    child.once('close', resolve)
    child.once('error', () => resolve(null))
  })
  return new Promise((resolve) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (!line.includes('"listening"')) return
      resolve({
        state: 'listening',
        async stop() {
          child.kill('SIGTERM')
          await ended
        },
      })
    })
    void ended.then((exitCode) => resolve({ state: 'ended', exitCode, message }))
  })
}
