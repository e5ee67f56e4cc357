import assert from 'node:assert/strict'
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import {
  parseReport,
  reportKinds,
  reportTopics,
  type ReportFile,
} from '../../src/oversight/index.ts'
import { needChromium } from '../house/needs.ts'
import { waitUntil } from '../house/wait-until.ts'
import { type RanCommand, runHere } from '../scenario/command-server.ts'
import { openReportGateways, people, type ReportGateways } from './report-gateways.ts'

let gateways: ReportGateways
const at = (...names: readonly string[]): string => gateways.at(...names)
const report = (...args: readonly string[]): Promise<RanCommand> => runHere(['report', ...args])
const own = (): readonly string[] => ['-c', gateways.config('tax')]

before(async () => {
  gateways = await openReportGateways()
  for (const person of [0, 1, 0] as const) {
    const { exit, stderr } = await gateways.ask(person)
    assert.equal(exit, 0, stderr)
  }
  await made('ropa', 'kept.json')
})

after(async () => await gateways[Symbol.asyncDispose]())

/** A report of the gateway as a file, made again until everything that is told is published. */
async function made(kind: string, name: string, ...more: readonly string[]): Promise<ReportFile> {
  const file = at(name)
  const { exit, stderr } = await report(kind, ...own(), '--out', file, ...more)
  assert.equal(exit, 0, stderr)
  const read = parseReport(readFileSync(file, 'utf8'))
  assert.ok(read !== undefined && read !== 'malformed')
  return read
}

function personOf(place: 0 | 1): readonly string[] {
  const file = at(`person-${place}.txt`)
  writeFileSync(file, `demo-nin ${people[place]}\n`)
  return ['--subject-file', file]
}

test('every kind is made, verified against the published log, and found out when a figure is changed', async () => {
  for (const kind of reportKinds) {
    const more = reportTopics[kind] === 'person' ? personOf(0) : []
    const file = await made(kind, `${kind}.json`, ...more)
    const good = await report('verify', at(`${kind}.json`), '--log', at('tax', 'log', '2026h2'))
    assert.equal(good.exit, 0, good.stderr)
    assert.match(good.stdout, /none that belongs into it was left out/)
    const cheat = JSON.stringify(file).replace(
      /("is":"figure","value":)(\d+)/,
      (_all, head: string, value: string) => `${head}${Number(value) + 1}`,
    )
    writeFileSync(at('cheat.json'), cheat)
    const bad = await report('verify', at('cheat.json'))
    assert.equal(bad.exit, 3, kind)
    assert.match(bad.stderr, /is not what follows from its evidence/)
  }
})

test('an inspector counts exchanges again, and a report that was handed out has its entry', async () => {
  const file = await waitUntil('what a report tells', async () => {
    const one = await made('accounting', `accounting-${performance.now()}.json`)
    const answered = one.content.sections[0]?.facts.find(({ label }) => label === 'answered')?.value
    return answered?.is === 'figure' && answered.value === 3 ? one : undefined
  })
  const name = at('counted.json')
  writeFileSync(name, JSON.stringify(file))
  const named = await waitUntil('what a report tells', async () => {
    const { exit, stdout, stderr } = await report(
      'verify',
      name,
      '--log',
      at('tax', 'log', '2026h2'),
    )
    assert.equal(exit, 0, stderr)
    return /names this very report/.test(stdout) ? stdout : undefined
  })
  assert.match(named, /Entry \d+ of the log/)
  const bundle = ['--to', 'inspector', '--out', at('tax.jsonl')]
  const exported = await runHere(['log', 'export', ...own(), ...bundle])
  assert.equal(exported.exit, 0, exported.stderr)
  const counted = await report('verify', name, '--bundle', at('tax.jsonl'))
  assert.equal(counted.exit, 0, counted.stderr)
  assert.match(counted.stdout, /counted again from 3 entries of the period/)
})

test('recipients stand with their postal address, as the directory has it', async () => {
  const { stdout } = await report('accounting', ...own(), ...personOf(1))
  assert.match(stdout, /Recipient: [^|]+, [^|]+ \| Purpose/)
})

test('a breach is two numbers in public, and a notice to whom it concerns', async () => {
  const key = ['--key', at('tax', 'keys', 'dpo.key'), '--yes', '--json']
  const from = new Date(Date.now() - 3_600_000).toISOString()
  const until = new Date(Date.now() - 1_000).toISOString()
  const declare = ['declare-breach', 'housing/gateway/00112233', ...own(), ...key]
  const span = ['--from', from, '--until', until]
  const done = await report(...declare, ...span)
  assert.equal(done.exit, 0, done.stderr)
  const { persons, exchanges, index } = JSON.parse(done.stdout)
  assert.deepEqual([persons, exchanges], [2, 3])
  const again = await report(...declare, ...span)
  assert.deepEqual([again.exit, /BREACH_DECLARED/.test(again.stderr)], [4, true])
  const other = ['--key', at('housing', 'keys', 'dpo.key'), '--yes']
  const foreign = await report(
    'declare-breach',
    'tax/gateway/00112233',
    ...own(),
    ...other,
    ...span,
  )
  assert.equal(foreign.exit, 2, 'the key of another officer signs nothing here')
  const scope = await waitUntil('what a report tells', async () => {
    const { stdout } = await report('breach-scope', ...own())
    return stdout.includes(`entry ${index} `) ? stdout : undefined
  })
  assert.match(scope, /People exposed \(GDPR 33\(3\)\(a\)\): 2 people/)
  for (const person of people) assert.ok(!scope.includes(person))
})

test('a report is printed as PDF, in place of no other file', async (t) => {
  const chromium = needChromium(t)
  if (chromium === undefined) return
  const printing = ['print', at('kept.json'), '--pdf', at('ropa.pdf'), '--language', 'fr']
  const printed = await report(...printing, '--chromium', chromium)
  assert.equal(printed.exit, 0, printed.stderr)
  assert.equal(readFileSync(at('ropa.pdf')).subarray(0, 5).toString(), '%PDF-')
  assert.equal(statSync(at('ropa.pdf')).mode & 0o077, 0)
  const again = await report(...printing, '--chromium', chromium)
  assert.deepEqual([again.exit, /is there already/.test(again.stderr)], [2, true])
})

test('likely mistakes are answered in a sentence', async () => {
  const cases: readonly (readonly [args: readonly string[], exit: number, said: RegExp])[] = [
    [['ropa', ...own(), '--from', 'yesterday'], 2, /must be a day, as 2026-01-31/],
    [['ropa', ...own(), '--from', '2026-02-01', '--until', '2026-01-01'], 2, /must be before/],
    [['dpia', ...own(), '--agreement', 'rent'], 4, /REPORT_AGREEMENT_UNKNOWN/],
    [['verify', at('nowhere.json')], 2, /cannot be read/],
    [['verify', at('tax', 'income.json')], 2, /is no report/],
    [
      ['print', at('kept.json'), '--pdf', at('x.pdf'), '--chromium', '/nowhere'],
      1,
      /CHROMIUM_MISSING/,
    ],
    [
      [
        'declare-breach',
        'housing',
        ...own(),
        '--key',
        'k',
        '--from',
        '2026-01-01',
        '--until',
        '2026-01-02',
      ],
      2,
      /ORGANISATION\/USE\/ID/,
    ],
  ]
  for (const [args, exit, said] of cases) {
    const ran = await report(...args)
    assert.equal(ran.exit, exit, ran.stderr)
    assert.match(ran.stderr, said)
  }
})
