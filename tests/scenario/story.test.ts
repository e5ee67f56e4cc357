import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { DatabaseSync } from 'node:sqlite'
import { after, before, test } from 'node:test'
import { cliScript } from '../fault/gateway-process.ts'
import { readEntries, readHead, readKeys, rootOf } from './stranger.ts'

const organisations = ['tax', 'social', 'housing', 'inspector'] as const

interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

interface Story {
  readonly processes: readonly { name: string; pid: number; port: number }[]
  readonly steps: readonly {
    title: string
    entries: readonly { organisation: string; index: number; leaf: string }[]
  }[]
}

/** Runs the command; `onLine` may act upon what it prints while it runs. */
function run(args: readonly string[], onLine?: (line: string) => void): Promise<Ended> {
  const child = spawn(process.execPath, [cliScript, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()))
  createInterface({ input: child.stdout }).on('line', (line) => onLine?.(line))
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, stdout, stderr })))
}

const folder = mkdtempSync(join(tmpdir(), 'cloison-story-'))
const kept = join(folder, 'kept')
let told: Ended
let story: Story

before(async () => {
  const started = performance.now()
  told = await run(['demo', '--story', '--port', '18400', '--keep', kept])
  console.log(`# story told in ${((performance.now() - started) / 1000).toFixed(1)} s`)
  assert.equal(told.code, 0, `${told.stdout}\n${told.stderr}`)
  story = JSON.parse(readFileSync(join(kept, 'story.json'), 'utf8'))
})

after(() => rmSync(folder, { recursive: true, force: true }))

test('the story is told by processes of their own, with distinct pids and ports', () => {
  assert.deepEqual(story.processes.map(({ name }) => name).toSorted(), [
    'cases',
    'consent',
    'housing',
    'housing-witness',
    'inspector',
    'inspector-witness',
    'social',
    'social-witness',
    'tax',
    'tax-witness',
    'witness',
  ])
  assert.equal(new Set(story.processes.map(({ pid }) => pid)).size, 11)
  assert.equal(new Set(story.processes.map(({ port }) => port)).size, 11)
  for (const { pid, port } of story.processes) {
    assert.match(told.stdout, new RegExp(`process +${pid} +port ${port} `))
  }
})

test('a stranger recomputes every root and opens checkpoint and cosignature', () => {
  const keys = readKeys(join(kept, 'vkeys.txt'))
  for (const organisation of organisations) {
    const log = join(kept, organisation, 'log')
    const head = readHead(log, keys)
    assert.equal(rootOf(readEntries(log, head.size)), head.root, organisation)
    const others = organisations.filter((other) => other !== organisation)
    const witnesses = others.map((other) => `${other}.localhost/witness`)
    const [signer, again, first, ...more] = head.signers
    assert.deepEqual([signer, again, first], [head.origin, head.origin, 'witness.localhost/w1'])
    assert.ok(more.length > 0, organisation)
    for (const name of more) assert.ok(witnesses.includes(name), name)
  }
})

test('the table over two registers is that of both registers, within its intervals', () => {
  using db = new DatabaseSync(join(kept, 'tax/register/income.db'), { readOnly: true })
  db.exec(`ATTACH '${join(kept, 'housing/register/households.db')}' AS housing`)
  const truth = db
    .prepare(
      `SELECT income_band || ', ' || tenure AS cell, count(*) AS people
       FROM income JOIN housing.households USING (nin)
       WHERE income.district = ? AND households.district = ? GROUP BY cell`,
    )
    .all('Northmere', 'Northmere')
  assert.equal(truth.length, 12)
  const number = (text = ''): number => Number(text.replaceAll(',', ''))
  const rows = truth.map(({ cell, people }) => {
    const row = new RegExp(`${String(cell)}: (\\S+) people, between (\\S+) and (\\S+)`)
    const [, value, lower, upper] = row.exec(told.stdout) ?? []
    assert.ok(upper !== undefined, `no row of ${String(cell)}`)
    const [released, low, high] = [number(value), number(lower), number(upper)]
    const exact = Number(people)
    return { cell, isCovered: low <= exact && exact <= high, off: exact - released, high, released }
  })
  // Each of twelve lies outside with a chance of 5 % at most: eight or more do with one of 2 in 100 million.
  const covered = rows.filter(({ isCovered }) => isCovered)
  assert.ok(covered.length >= 5, `${covered.length} of 12 intervals cover`)
  // No noise is six times the half width of its interval: of these laws that has a chance of 1 in 10 million at most.
  for (const { cell, off, high, released } of rows)
    assert.ok(Math.abs(off) <= 6 * (high - released), `${String(cell)} is off by ${off}`)
})

test('the inspector has audited the table: what it found, and what was opened, stand in the logs', () => {
  assert.match(
    told.stdout,
    /tax opens 64 places of its list, housing 64 and all of its \d+ dummies/,
  )
  assert.match(told.stdout, /the audit holds: 0 findings/)
  const published = (organisation: string, kind: string): readonly Record<string, unknown>[] => {
    const folder = join(kept, organisation, 'log', 'governance')
    return readdirSync(folder)
      .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')).record)
      .filter((record) => record.kind === kind)
  }
  const [finding, ...more] = published('inspector', 'join.audited')
  assert.deepEqual(finding?.['body'], { holds: true, left: 0, right: 0, tally: 0 })
  assert.deepEqual(more, [])
  for (const organisation of ['tax', 'housing']) {
    const [opened] = published(organisation, 'join.opened')
    assert.equal(opened?.['name'], finding['name'])
    const dummies = /all of its (\d+) dummies/.exec(told.stdout)?.[1]
    const isOpened = organisation === 'housing'
    assert.deepEqual(opened?.['body'], {
      places: 64,
      dummies: isOpened ? Number(dummies) : null,
    })
  }
})

test('the logs alone reproduce every entry of story.json', async () => {
  const all = story.steps.flatMap(({ entries }) => entries)
  assert.ok(all.length >= 8, `only ${all.length} entries`)
  const keys = readKeys(join(kept, 'vkeys.txt'))
  for (const { organisation, index, leaf } of all) {
    const log = join(kept, organisation, 'log')
    const entry = readEntries(log, readHead(log, keys).size)[index]
    assert.equal(entry?.toString('base64'), leaf, `${organisation} ${index}`)
  }
  const verified = await run(['log', 'verify', kept, '--json'])
  assert.equal(verified.code, 0, verified.stderr)
  const report: unknown = JSON.parse(verified.stdout)
  assert.ok(typeof report === 'object' && report !== null && 'story' in report)
  assert.deepEqual(report.story, { entries: all.length, missing: [] })
})

test('a story with another leaf is found out', async () => {
  const path = join(kept, 'story.json')
  const good = readFileSync(path, 'utf8')
  const [first] = story.steps.flatMap(({ entries }) => entries)
  writeFileSync(path, good.replace(first?.leaf ?? '', `${(first?.leaf ?? '').slice(0, -3)}AA=`))
  const verified = await run(['log', 'verify', kept])
  writeFileSync(path, good)
  assert.equal(verified.code, 3, verified.stdout)
  assert.match(verified.stdout, new RegExp(`Entry ${first?.index} of ${first?.organisation}`))
})

test('one flipped bit in any published file is found, with exit 3 and the place', async () => {
  // How wide the first published tile is depends on how many agreements there are.
  const [width = ''] = readdirSync(join(kept, 'social', 'log', 'tile', 'entries', '000.p'))
  const tiles = [`tile/entries/000.p/${width}`, `tile/0/000.p/${width}`]
  for (const file of ['checkpoint', 'governance/0', ...tiles]) {
    const path = join(kept, 'social', 'log', file)
    const good = readFileSync(path)
    const bad = Buffer.from(good)
    bad.writeUInt8(bad.readUInt8(bad.length >> 1) ^ 4, bad.length >> 1)
    writeFileSync(path, bad)
    const verified = await run(['log', 'verify', join(kept, 'social', 'log')])
    writeFileSync(path, good)
    assert.equal(verified.code, 3, `${file}: ${verified.stdout}`)
    assert.ok(
      `${verified.stdout}${verified.stderr}`.includes(file),
      `${file} is named: ${verified.stdout}`,
    )
  }
})

test('the story fails when the provider is killed in the middle of it', async () => {
  let killed = 0
  const ended = await run(['demo', '--story', '--port', '18600'], (line) => {
    const [, pid] = /^process +(\d+) +port \d+ +tax$/.exec(line) ?? []
    if (pid !== undefined) killed = Number(pid)
    if (line.startsWith('2. ') && killed !== 0) process.kill(killed, 'SIGKILL')
  })
  assert.notEqual(killed, 0)
  assert.notEqual(ended.code, 0, ended.stdout)
  assert.match(ended.stderr, /tax/)
})
