import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { test } from 'node:test'
import { allAttacks, type DragnetCounts, type DragnetReport } from '../../src/redteam/index.ts'
import { cliScript } from '../fault/gateway-process.ts'
import { wantsLongRuns } from '../house/needs.ts'
import { leavesNoTrace } from './leaves-no-trace.ts'

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
  readonly dragnet: DragnetReport
}

interface Ended {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

function redteam(...args: readonly string[]): Ended {
  return spawnSync(process.execPath, [cliScript, 'redteam', ...args], {
    encoding: 'utf8',
    maxBuffer: 16 * 1_048_576,
  })
}

function pathNamed(paths: readonly DragnetCounts[], part: string): DragnetCounts {
  return paths.find(({ path }) => path.includes(part)) ?? assert.fail(part)
}

function assertDragnet({ real, realNames, simulated, names, log, processes }: DragnetReport): void {
  assert.equal(new Set(processes.map(({ pid }) => pid)).size, 3)
  assert.equal(log.ok, true)
  for (const [paths, people] of [
    [real, realNames],
    [simulated, names],
  ] as const) {
    for (const part of ['placeholder', 'none supplied']) {
      const { asked, answered, refused } = pathNamed(paths, part)
      assert.deepEqual([asked, answered, refused], [people, 0, { PRECONDITION_FAILED: people }])
    }
    assert.equal(pathNamed(paths, 'without a case').answered, 0)
    assert.equal(pathNamed(paths, 'the address itself').answered, 0)
    assert.equal(pathNamed(paths, 'lists of the names').answered, 0)
  }
  const matched = pathNamed(real, 'the true one supplied')
  assert.equal(matched.answered, 100, 'what the cap allows, no more and no less')
  assert.equal(matched.entries, realNames)
}

test('asked for 150 people at once by every path, a real gateway answers what the caps allow, and refuses every placeholder', () => {
  const { status, stdout, stderr } = redteam('--only', 'dragnet', '--names', '150', '--json')
  assert.equal(status, 0, stderr)
  const report = JSON.parse(stdout) as Report
  assert.equal(report.held, true)
  assertDragnet(report.dragnet)
})

test('an attack that is none is named, with those that are', () => {
  const { status, stderr } = redteam('--only', 'nocase')
  assert.equal(status, 2)
  assert.match(stderr, /There is no attack "nocase"\. There are: dragnet, .*no-case/)
})

test('asked for 1.28 million people, and attacked in every way, both tables hold and all logs verify', (t) => {
  if (!wantsLongRuns()) return t.skip('a long run: ./test --all')
  const { status, stdout, stderr } = redteam('--json')
  assert.equal(status, 0, stderr)
  const report = JSON.parse(stdout) as Report
  assert.equal(report.held, true)
  assert.equal(report.attacks.length, allAttacks.length)
  assert.equal(new Set(report.processes.flatMap(({ pid, port }) => [pid, port])).size, 4)
  for (const { name, isReached, code, trace } of report.attacks) {
    assert.equal(isReached, false, name)
    assert.notEqual(code, '', name)
    assert.equal(trace.kind === 'nothing', leavesNoTrace.has(name), `${name} leaves ${trace.kind}`)
  }
  const [tax] = report.logs
  const indices = report.attacks.flatMap(({ trace }) => trace.entry?.index ?? [])
  assert.ok(indices.every((index) => index < (tax?.size ?? 0)))
  assertDragnet(report.dragnet)
  assert.equal(report.dragnet.names, 1_280_000)
  for (const { path, answered, most } of report.dragnet.simulated)
    assert.equal(answered, most, `${path}: the arithmetic of the caps is exact`)
})
