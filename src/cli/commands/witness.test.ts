import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import test from 'node:test'
import { CommanderError } from 'commander'
import { encodeBase64 } from '../../bytes/index.ts'
import { formatCheckpoint, formatVerifierKey, signNote } from '../../log/index.ts'
import { bestEd25519, claimPort } from '../../platform/index.ts'
import { loadWitnessConfig, startWitness } from '../../witness/index.ts'
import type { CliIo, ExitCode } from '../cli-io.ts'
import { witnessCommand } from './witness.ts'

const folder = mkdtempSync(join(tmpdir(), 'cloison-witness-cli-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
const origin = 'tax.localhost/log'
const logSeed = new Uint8Array(32).fill(3)
const key = bestEd25519().publicKey(logSeed)
const config = join(folder, 'witness.yaml')
writeFileSync(join(folder, 'witness.key'), `${encodeBase64(new Uint8Array(32).fill(4))}\n`)
writeFileSync(
  config,
  `version: 1\nname: witness.localhost/w1\nlisten: 127.0.0.1:0\nkey_file: witness.key\n` +
    `store: { path: witness.db }\nlogs: [${JSON.stringify(formatVerifierKey(origin, 1, key))}]\n`,
)

async function run(
  args: readonly string[],
): Promise<{ readonly code: ExitCode; readonly stdout: string; readonly stderr: string }> {
  const seen = { code: 0 as ExitCode, stdout: '', stderr: '' }
  const io: CliIo = {
    stdout: (text) => void (seen.stdout += text),
    stderr: (text) => void (seen.stderr += text),
    isTty: false,
    env: {},
    now: () => 0,
    exit: (code) => void (seen.code = code),
  }
  try {
    await witnessCommand(io).parseAsync(args, { from: 'user' })
  } catch (cause) {
    if (!(cause instanceof CommanderError)) throw cause
    seen.code = cause.exitCode === 0 ? 0 : 2
  }
  return seen
}

test('status shows what a witness cosigns, and an absent witness is exit 5', async () => {
  let url: string
  // Nobody else listens there once it is closed.
  const at = { ...(await loadWitnessConfig(config)), port: await claimPort() }
  {
    await using witness = await startWitness(at, () => {})
    url = `http://127.0.0.1:${witness.port}`
    const { code, stdout } = await run(['status', url])
    assert.equal(code, 0)
    assert.match(stdout, /^witness\.localhost\/w1 cosigns\n {2}tax\.localhost\/log: nothing yet\n/)
    const json: unknown = JSON.parse((await run(['status', `${url}/`, '--json'])).stdout)
    assert.ok(typeof json === 'object' && json !== null && 'vkey' in json)
  }
  const gone = await run(['status', url])
  assert.deepEqual([gone.code, gone.stdout], [5, ''])
})

test('a configuration that cannot be used is exit 2, with a sentence', async () => {
  const { code, stderr } = await run(['serve', '-c', join(folder, 'nowhere.yaml')])
  assert.equal(code, 2)
  assert.match(stderr, /nowhere\.yaml cannot be read/)
  assert.equal((await run(['serve'])).code, 2)
  const help = await run(['serve', '--help'])
  assert.deepEqual([help.code, help.stdout.startsWith('Examples:\n')], [0, true])
})

/** `witness serve` in a process of its own, from its first line on. */
async function serve(): Promise<{ readonly child: ChildProcess; readonly url: string }> {
  const io = new URL('../cli-io.ts', import.meta.url).href
  const command = new URL('witness.ts', import.meta.url).href
  const script =
    `import { processIo } from ${JSON.stringify(io)};` +
    `import { witnessCommand } from ${JSON.stringify(command)};` +
    `await witnessCommand(processIo()).parseAsync(['serve', '-c', ${JSON.stringify(config)}], { from: 'user' })`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = await once(createInterface(child.stdout), 'line')
  const { event, port, pid }: { event: string; port: number; pid: number } = JSON.parse(
    String(line),
  )
  assert.deepEqual([event, pid], ['listening', child.pid])
  return { child, url: `http://127.0.0.1:${port}` }
}

test('serve says in one line when it listens, and stops on a signal', async () => {
  const { child, url } = await serve()
  assert.equal((await fetch(`${url}/status`)).status, 200)
  child.kill('SIGTERM')
  assert.deepEqual(await once(child, 'exit'), [0, null])
})

test('what was cosigned is remembered although the witness is killed', async () => {
  const submit = (url: string, old: number, size: number): Promise<Response> => {
    const text = formatCheckpoint({ origin, size, root: new Uint8Array(32) })
    const note = signNote(text, [{ name: origin, type: 1, seed: logSeed }], bestEd25519())
    return fetch(`${url}/add-checkpoint`, { method: 'POST', body: `old ${old}\n\n${note}` })
  }
  const first = await serve()
  assert.equal((await submit(first.url, 0, 7)).status, 200)
  first.child.kill('SIGKILL')
  await once(first.child, 'exit')
  const second = await serve()
  const again = await submit(second.url, 0, 9)
  assert.deepEqual([again.status, await again.text()], [409, '7\n'])
  second.child.kill('SIGKILL')
  await once(second.child, 'exit')
})
