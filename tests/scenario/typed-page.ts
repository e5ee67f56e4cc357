import { spawn } from 'node:child_process'
import { claimPort } from '../../src/platform/index.ts'

/** The blocks of a page that a reader types, in their order. */
export function blocksOf(markdown: string): readonly string[] {
  return [...markdown.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, block]) => block ?? '')
}

/** A page word for word, but for its ports, which other programs may use. */
export async function onFreePorts(text: string): Promise<string> {
  let changed = text
  for (const port of new Set(text.match(/(?<=127\.0\.0\.1:)8\d{3}/g)))
    changed = changed.replaceAll(`127.0.0.1:${port}`, `127.0.0.1:${await claimPort()}`)
  return changed
}

/** One shell into which block after block is typed. */
export interface TypingShell extends Disposable {
  /** Resolves with what the block printed, both streams; rejects with it once a command fails. */
  type(block: string): Promise<string>
}

const mark = '=== typed ==='

/** Starts a shell in a folder; it ends at the first command that fails. */
export function openShell(folder: string, env: Readonly<Record<string, string>>): TypingShell {
  const shell = spawn('bash', { cwd: folder, env, detached: true, stdio: ['pipe', 'pipe', 'pipe'] })
  let output = ''
  let heard = (): void => undefined
  const take = (text: string): void => {
    output += text
    heard()
  }
  shell.stdout.setEncoding('utf8').on('data', take)
  shell.stderr.setEncoding('utf8').on('data', take)
  const ended = new Promise<number | null>((done) => shell.once('close', done))
  shell.stdin.write('exec 2>&1\nset -euo pipefail\n')
  return {
    async type(block) {
      output = ''
      const typed = new Promise<'typed'>((done) => {
        heard = () => {
          if (output.endsWith(`${mark}\n`)) done('typed')
        }
      })
      shell.stdin.write(`${block}\necho '${mark}'\n`)
      if ((await Promise.race([typed, ended])) !== 'typed') throw new Error(output)
      return output.slice(0, -mark.length - 1)
    },
    [Symbol.dispose]() {
      if (shell.pid !== undefined && shell.exitCode === null) process.kill(-shell.pid, 'SIGKILL')
    },
  }
}
