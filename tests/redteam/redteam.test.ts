import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { test } from 'node:test'
import { allAttacks } from '../../src/redteam/index.ts'
import { cliScript } from '../fault/gateway-process.ts'

interface Row {
  readonly name: string
  readonly isReached: boolean
  readonly code: string
  readonly trace: { readonly kind: string; readonly entry?: { readonly index: number } }
}

interface Report {
  readonly held: boolean
  readonly attacks: readonly Row[]
  readonly processes: readonly { readonly pid: number; readonly port: number }[]
  readonly logs: readonly { readonly ok: boolean; readonly size: number }[]
}

function redteam(...args: readonly string[]): ReturnType<typeof spawnSync> {
  return spawnSync(process.execPath, [cliScript, 'redteam', ...args])
}

/** Attacks at a door where nothing is a question yet, or on files of a gateway that does not run. */
const noTrace: ReadonlySet<string> = new Set([
  'ask-for-a-list',
  'oversize-body',
  'compressed-body',
  'smuggled-request',
  'act-without-token',
  'read-as-officer',
  'locate-and-detain',
  'widen-a-signed-agreement',
  'give-caps-back',
  'edit-the-log',
])

test('every attack on the product is stopped with a code, leaves what the specification says, and both logs verify', () => {
  const { status, stdout, stderr } = redteam('--json')
  assert.equal(status, 0, String(stderr))
  const report = JSON.parse(String(stdout)) as Report
  assert.equal(report.held, true)
  assert.equal(report.attacks.length, allAttacks.length)
  assert.equal(new Set(report.processes.flatMap(({ pid, port }) => [pid, port])).size, 4)
  for (const { name, isReached, code, trace } of report.attacks) {
    assert.equal(isReached, false, name)
    assert.notEqual(code, '', name)
    assert.equal(trace.kind === 'nothing', noTrace.has(name), `${name} leaves ${trace.kind}`)
  }
  const [tax] = report.logs
  const indices = report.attacks.flatMap(({ trace }) => trace.entry?.index ?? [])
  assert.ok(indices.every((index) => index < (tax?.size ?? 0)))
})

test('an attack that is none is named, with those that are', () => {
  const { status, stderr } = redteam('--only', 'nocase')
  assert.equal(status, 2)
  assert.match(String(stderr), /There is no attack "nocase"\. There are: .*no-case/)
})
