import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { type TestContext, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { encodeBase64, utf8 } from '../../src/bytes/index.ts'
import { sha256 } from '../../src/crypto/index.ts'
import {
  formatAddCheckpoint,
  formatCheckpoint,
  formatVerifierKey,
  SIGNATURE_TYPES,
  signNote,
} from '../../src/log/index.ts'
import { bestEd25519 } from '../../src/platform/index.ts'
import { naiveConsistency, naiveRoot } from '../../src/testing/naive-log/index.ts'
import { needStrace } from '../house/needs.ts'
import { waitUntil } from '../house/wait-until.ts'
import { cliScript } from './gateway-process.ts'

const ed25519 = bestEd25519()
const logCount = 6
const most = 400
const branches = ['one', 'other'] as const
type Branch = (typeof branches)[number]
const leaves = Object.fromEntries(
  branches.map((branch) => [
    branch,
    Array.from({ length: most }, (_, index) => sha256(utf8(`${branch} ${index}`))),
  ]),
)
const leavesOf = (branch: Branch, size: number): readonly Uint8Array[] =>
  (leaves[branch] ?? []).slice(0, size)

/** A log of two histories, and what its witness has answered it so far. */
interface TwoFacedLog {
  readonly origin: string
  readonly seed: Uint8Array
  /** The root of every size that was cosigned. */
  readonly cosigned: Map<number, string>
  /** Sizes in the order in which cosignatures came. */
  readonly sizes: number[]
}

function makeLogs(): readonly TwoFacedLog[] {
  return Array.from({ length: logCount }, (_, place) => ({
    origin: `log${place}.localhost/log`,
    seed: new Uint8Array(32).fill(place + 1),
    cosigned: new Map<number, string>(),
    sizes: [],
  }))
}

function writeConfig(dir: string, logs: readonly TwoFacedLog[]): string {
  const path = join(dir, 'witness.yaml')
  writeFileSync(join(dir, 'witness.key'), `${encodeBase64(new Uint8Array(32).fill(99))}\n`)
  const vkeys = logs.map(({ origin, seed }) =>
    formatVerifierKey(origin, SIGNATURE_TYPES.ed25519, ed25519.publicKey(seed)),
  )
  const lines = [
    'version: 1',
    'name: witness.localhost/w1',
    'listen: 127.0.0.1:0',
    'key_file: witness.key',
    'store: { path: witness.db }',
    'logs:',
    ...vkeys.map((vkey) => `  - ${JSON.stringify(vkey)}`),
  ]
  writeFileSync(path, `${lines.join('\n')}\n`)
  return path
}

interface Started {
  readonly child: ChildProcess
  /** `undefined` when it ended before it listened. */
  readonly url: string | undefined
}

async function startWitness(config: string, under: readonly string[] = []): Promise<Started> {
  const [program, ...before] = [...under, process.execPath]
  const args = [...before, cliScript, 'witness', 'serve', '-c', config]
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'ignore'] })
  const line = await Promise.race([
    once(createInterface(child.stdout), 'line').then(([text]) => String(text)),
    once(child, 'exit').then(() => undefined),
  ])
  if (line === undefined) return { child, url: undefined }
  const { port }: { port: number } = JSON.parse(line)
  return { child, url: `http://127.0.0.1:${port}` }
}

function submission(
  { origin, seed }: TwoFacedLog,
  branch: Branch,
  { from, to }: { readonly from: number; readonly to: number },
): { readonly body: string; readonly root: string } {
  const root = naiveRoot([...leavesOf(branch, to)])
  const text = formatCheckpoint({ origin, size: to, root })
  const checkpoint = signNote(
    text,
    [{ name: origin, type: SIGNATURE_TYPES.ed25519, seed }],
    ed25519,
  )
  const proof = from === 0 || from === to ? [] : naiveConsistency([...leavesOf(branch, to)], from)
  const body = formatAddCheckpoint({ oldSize: from, proof, checkpoint })
  return { body, root: encodeBase64(root) }
}

/** Submits both histories at once, again and again, until the witness is gone. */
async function press(log: TwoFacedLog, url: string): Promise<void> {
  let from = 0
  for (;;) {
    const to = Math.min(most, from + 1)
    const replies = await Promise.all(
      branches.map(async (branch) => {
        const { body, root } = submission(log, branch, { from, to })
        const reply = await fetch(`${url}/add-checkpoint`, { method: 'POST', body })
        return { status: reply.status, text: await reply.text(), root }
      }),
    ).catch(() => undefined)
    if (replies === undefined) return
    for (const { status, root } of replies) if (status === 200) noteCosigned(log, to, root)
    const conflict = replies.find(({ status }) => status === 409)
    if (conflict !== undefined) from = Number(conflict.text)
    else if (replies.some(({ status }) => status === 200)) from = to
    const last = log.sizes.at(-1) ?? 0
    assert.ok(from >= last, `${log.origin}: the witness went back from ${last} to ${from}`)
    if (from >= most) return
  }
}

function noteCosigned(log: TwoFacedLog, size: number, root: string): void {
  const before = log.cosigned.get(size)
  assert.ok(before === undefined || before === root, `${log.origin}: two roots of size ${size}`)
  assert.ok(size >= (log.sizes.at(-1) ?? 0), `${log.origin}: ${size} came after a larger size`)
  log.cosigned.set(size, root)
  log.sizes.push(size)
}

function branchOf(log: TwoFacedLog): Branch | undefined {
  const [first] = log.cosigned
  if (first === undefined) return undefined
  const [size, root] = first
  return branches.find((branch) => encodeBase64(naiveRoot([...leavesOf(branch, size)])) === root)
}

/** Everything that was cosigned is one history. */
function assertOneHistory(log: TwoFacedLog): void {
  const branch = branchOf(log)
  for (const [size, root] of log.cosigned) {
    assert.ok(branch !== undefined)
    assert.equal(root, encodeBase64(naiveRoot([...leavesOf(branch, size)])), log.origin)
  }
}

const cosignedIn = (logs: readonly TwoFacedLog[]): number =>
  logs.reduce((sum, { sizes }) => sum + sizes.length, 0)

/** Kills the witness `afterMs` after it was pressed, or after it has cosigned `least` more. */
async function killRound(
  config: string,
  logs: readonly TwoFacedLog[],
  { least, afterMs }: { readonly least: number; readonly afterMs: number },
): Promise<void> {
  const { child, url } = await startWitness(config)
  assert.ok(url !== undefined)
  const before = cosignedIn(logs)
  const pressing = Promise.all(logs.map((log) => press(log, url)))
  const look = (): true | undefined => cosignedIn(logs) >= before + least || undefined
  const pressed = Promise.race([
    waitUntil('a cosignature', look, [{ child, stderr: () => 'nothing is heard of it' }]),
    pressing.then(() => assert.fail('there is nothing left to submit')),
  ])
  await pressed
  await wait(afterMs)
  child.kill('SIGKILL')
  await once(child, 'exit')
  await pressing
}

function freshFolder(t: TestContext): string {
  const dir = mkdtempSync(join(tmpdir(), 'cloison-witness-crash-'))
  t.after(() => rmSync(dir, { recursive: true, force: true }))
  return dir
}

test('killed again and again under two-faced logs, a witness never goes back nor cosigns both', async (t) => {
  const logs = makeLogs()
  const config = writeConfig(freshFolder(t), logs)
  // The first comes as it may, the others in the middle of the work.
  await killRound(config, logs, { least: 0, afterMs: 60 })
  for (const afterMs of [0, 200, 60, 300, 120]) await killRound(config, logs, { least: 1, afterMs })
  const cosigned = cosignedIn(logs)
  assert.ok(cosigned >= 5, `${cosigned} cosignatures`)
  for (const log of logs) assertOneHistory(log)
  console.log(`${cosigned} cosignatures of ${logCount} logs over six kills`)
})

test('killed at an fsync, between persisting and answering, it remembers what nobody heard', async (t) => {
  const strace = needStrace(t)
  if (strace === undefined) return
  let unheard = 0
  for (const fsync of [6, 9, 12]) {
    const logs = makeLogs().slice(0, 1)
    const config = writeConfig(freshFolder(t), logs)
    const [log] = logs
    assert.ok(log !== undefined)
    const inject = `inject=fsync,fdatasync:signal=KILL:when=${fsync}`
    const under = [
      strace,
      '-f',
      '-qq',
      '-o',
      '/dev/null',
      '-e',
      'trace=fsync,fdatasync',
      '-e',
      inject,
    ]
    const first = await startWitness(config, under)
    if (first.url !== undefined) {
      const { url, child } = first
      const gone = once(child, 'exit')
      await press(log, url)
      await gone
    }
    const heard = log.sizes.at(-1) ?? 0
    const second = await startWitness(config)
    assert.ok(second.url !== undefined)
    const status = await fetch(`${second.url}/status`)
    const { logs: kept }: { logs: readonly { size: number | null }[] } = await status.json()
    const size = kept[0]?.size ?? 0
    assert.ok(size >= heard, `${size} is kept, ${heard} was heard`)
    if (size > heard) unheard += 1
    // The history that was persisted goes on; the other one never gets a cosignature.
    const pressing = press(log, second.url)
    await wait(150)
    second.child.kill('SIGKILL')
    await pressing
    assertOneHistory(log)
  }
  assert.ok(unheard > 0, 'no kill came between persisting and answering')
})
