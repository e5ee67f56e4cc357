import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { cliScript } from '../fault/gateway-process.ts'

/** Starts `cloison pages serve -c path` and resolves once it listens; disposing stops it. Rejects with what it said. */
export async function startPagesProcess(path: string): Promise<AsyncDisposable> {
  const child = spawn(process.execPath, [cliScript, 'pages', 'serve', '-c', path], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text))
  const gone = new Promise<void>((resolve) => child.once('close', () => resolve()))
  const listening = new Promise<void>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line.includes('"listening"')) resolve()
    })
    child.once('close', () => reject(new Error(`the pages ended before they listened: ${said}`)))
  })
  await listening
  return {
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM')
      await gone
    },
  }
}
