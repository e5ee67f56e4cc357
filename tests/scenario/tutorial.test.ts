import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join, resolve } from 'node:path'
import { after, test } from 'node:test'
import { needPostgres } from '../house/needs.ts'
import { startCluster } from '../register/postgres-cluster.ts'
import { blocksOf, onFreePorts } from './typed-page.ts'

const root = resolve(import.meta.dirname, '../..')
const tutorial = readFileSync(join(root, 'docs/tutorials/connect-a-register.md'), 'utf8')

interface Run {
  readonly code: number | null
  /** What was printed, both streams. */
  readonly output: string
}

/** Types the blocks into one shell that ends at the first command that fails. */
function typeIn(
  blocks: readonly string[],
  folder: string,
  env: Readonly<Record<string, string>>,
): Promise<Run> {
  const script = ['set -euo pipefail', ...blocks.map((block, at) => `: block ${at}\n${block}`)]
  const shell = spawn('bash', ['-c', script.join('\n')], { cwd: folder, env, detached: true })
  let output = ''
  const take = (chunk: Buffer): void => void (output += chunk.toString())
  shell.stdout.on('data', take)
  shell.stderr.on('data', take)
  return new Promise((done) => {
    shell.on('close', (code) => done({ code, output }))
    after(() => {
      // Gateways of a run that broke off: none when it went well.
      if (shell.pid !== undefined && shell.exitCode === null) process.kill(-shell.pid, 'SIGKILL')
    })
  })
}

function environment(programs: string, more: Readonly<Record<string, string>>) {
  const folders = [dirname(process.execPath), root, programs, process.env['PATH'] ?? '']
  return { PATH: folders.join(delimiter), HOME: process.env['HOME'] ?? '/', ...more }
}

// A loop of the tutorial waits for gateways: one that does not start must not wait for ever.
const patience = { timeout: 1_200_000 }

test(
  'a reader of the tutorial gets from an empty folder to an allowed question',
  patience,
  async (t) => {
    const programs = needPostgres(t)
    if (programs === undefined) return
    using cluster = await startCluster(programs)
    const folder = mkdtempSync(join(tmpdir(), 'cloison-tutorial-'))
    t.after(() => rmSync(folder, { recursive: true, force: true }))
    const socket = dirname(cluster.dsnFile('dba'))
    const blocks = blocksOf(await onFreePorts(tutorial))
    const env = environment(programs, { PGHOST: socket, PGUSER: 'dba' })
    const { code, output } = await typeIn(blocks, folder, env)
    assert.equal(code, 0, output)
    assert.match(output, /WRONG {3}registers\.income: ROLE_CONNECTS: .*\n +to do: REVOKE CONNECT/)
    assert.match(output, /^ok +peers\.tax signature: /m)
    assert.match(output, /^rent-support v1 +active /m)
    assert.match(output, /^income_below_limit: true$/m)
    assert.match(output, /^refused: CASE_CLOSED$/m)
    assert.match(output, /^refused, exit code 4$/m)
    assert.match(output, /^tax\.localhost\/log\/2026h2 is good: 6 entries/m)
    assert.match(output, /^housing\.localhost\/log\/2026h2 is good: 7 entries/m)
    assert.doesNotMatch(output, /Person \d|0000000874|0000004366/, 'nobody is named')
    for (const file of readdirSync(folder).filter((name) => name.endsWith('.out')))
      assert.doesNotMatch(readFileSync(join(folder, file), 'utf8'), /\d{10}/, file)
  },
)

test('a step that fails ends the run, and a tutorial without one is seen', async () => {
  const env = environment('', {})
  const broken = await typeIn(['echo one', 'cloison no-such-command', 'echo three'], root, env)
  assert.equal(broken.code, 2)
  assert.match(broken.output, /^one$/m)
  assert.doesNotMatch(broken.output, /^three$/m)
  assert.deepEqual(blocksOf('```sql\nSELECT 1\n```\n'), [])
  assert.ok(blocksOf(tutorial).length >= 10)
})
