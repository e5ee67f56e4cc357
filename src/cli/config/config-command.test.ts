import assert from 'node:assert/strict'
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { addPeer, enrolOfficials, loadConfig, pseudonymAt } from '../../node/index.ts'
import { parseDirectoryRecord } from '../../protocol/index.ts'
import type { CliIo, ExitCode } from '../cli-io.ts'
import { initCommand } from '../commands/init.ts'
import { configCommand } from './config-command.ts'

const folder = mkdtempSync(join(tmpdir(), 'cloison-config-'))
after(() => rmSync(folder, { recursive: true, force: true }))
const fileOf = (org: string): string => join(folder, org, 'cloison.yaml')

async function run(
  make: typeof configCommand,
  ...args: readonly string[]
): Promise<{ exit: ExitCode; stdout: string; stderr: string }> {
  const found = { exit: 0 as ExitCode, stdout: '', stderr: '' }
  const io: CliIo = {
    stdout: (text) => void (found.stdout += text),
    stderr: (text) => void (found.stderr += text),
    isTty: false,
    env: {},
    now: () => 0,
    exit: (code) => void (found.exit = code),
  }
  await make(io).parseAsync(['node', 'x', ...args])
  return found
}

before(async () => {
  for (const org of ['tax', 'housing']) {
    const origin = `${org}.localhost/log/2026h2`
    const names = ['--org', org, '--origin', origin, '--dir', join(folder, org)]
    const { exit, stderr } = await run(initCommand, ...names, '--time-lock', '3')
    assert.equal(exit, 0, stderr)
  }
})

test('a new organisation has a file that is valid, with a lock of its own and a token for its systems', async () => {
  const { exit, stdout } = await run(configCommand, 'check', '-c', fileOf('tax'))
  assert.deepEqual([exit, stdout], [0, `${fileOf('tax')} is valid.\n`])
  const { config, at } = await loadConfig(fileOf('tax'))
  assert.equal(config.agreements.time_lock_ms, 3000)
  const [caller] = config.callers
  assert.deepEqual(caller?.roles, ['ask'])
  assert.match(readFileSync(at(caller?.token_file ?? ''), 'utf8'), /^[\w-]{32}\n$/)
})

test('a short lock outside of demos makes nothing', async () => {
  const dir = join(folder, 'real')
  const names = ['--org', 'tax', '--origin', 'tax.example/log/2026h2', '--dir', dir]
  const { exit, stderr } = await run(initCommand, ...names, '--time-lock', '3')
  assert.equal(exit, 2)
  assert.match(stderr, /under 24 hours/)
  assert.throws(() => readFileSync(join(dir, 'cloison.yaml')), { code: 'ENOENT' })
})

test('settings are printed with where they come from, and no secret', async () => {
  const { stdout } = await run(configCommand, 'print', '-c', fileOf('tax'))
  assert.match(stdout, /^org\.id = "tax"$/m)
  assert.doesNotMatch(stdout, /cases|limits\.connections_per/)
  const token = readFileSync(join(folder, 'tax/keys/ask.token'), 'utf8').trim()
  assert.ok(!stdout.includes(token))
  const text = readFileSync(fileOf('tax'), 'utf8')
  const short = join(folder, 'tax', 'short.yaml')
  writeFileSync(short, text.replace(/^limits:\n(?: .*\n)+/m, ''))
  const { stdout: printed } = await run(configCommand, 'print', '-c', short, '--json')
  const { settings } = JSON.parse(printed)
  const found = settings.find(({ key }: { key: string }) => key === 'limits.connections')
  assert.deepEqual(found, { key: 'limits.connections', value: 256, from: 'default' })
})

test('each mistake in a file is told with the nearest right key', async () => {
  const text = readFileSync(fileOf('tax'), 'utf8')
  const wrong = join(folder, 'tax', 'wrong.yaml')
  const sql = 'kind: sql, issuer: cases.tax, key_file: case.key, description_file: cases.json'
  const mistakes = [
    [`${text}\npeer: []\n`, /unknown key "peer"; did you mean "peers"\?/],
    [`${text}\ncases: { ${sql}, engine: sqlite, paht: x }\n`, /cases/],
    [`${text}\ncases: { kind: http, url: "http://cases.example", token_file: t }\n`, /https/],
    [`${text}\ncases: { ${sql}, engine: oracle, path: x }\n`, /cases\.engine/],
    [text.replace('time_lock_ms: 3000', 'time_lock_ms: soon'), /agreements\.time_lock_ms/],
    [text.replace('.localhost/log', '.example/log'), /under 24 hours/],
  ] as const
  for (const [changed, message] of mistakes) {
    writeFileSync(wrong, changed)
    const { exit, stderr } = await run(configCommand, 'check', '-c', wrong)
    assert.equal(exit, 2, stderr)
    assert.match(stderr, message)
  }
})

test('the schema is JSON Schema, closed at the top', async () => {
  const { stdout } = await run(configCommand, 'schema')
  const schema = JSON.parse(stdout)
  assert.match(schema.$schema, /2020-12/)
  assert.equal(schema.additionalProperties, false)
  assert.ok('cases' in schema.properties)
})

test('an official is enrolled by the pseudonym that the asking side tells, once, and comments stay', async () => {
  for (const [own, other] of [
    ['tax', 'housing'],
    ['housing', 'tax'],
  ] as const) {
    const record = parseDirectoryRecord(readFileSync(join(folder, other, 'directory.json')))
    await addPeer(fileOf(own), record)
  }
  appendFileSync(fileOf('tax'), '# a note of the operator\n')
  const housing = await loadConfig(fileOf('housing'))
  const pseudonym = await pseudonymAt(housing, 'tax', 'official-1')
  assert.equal(await pseudonymAt(housing, 'tax', 'official-1'), pseudonym)
  assert.notEqual(await pseudonymAt(housing, 'tax', 'official-2'), pseudonym)
  assert.equal(await enrolOfficials(fileOf('tax'), 'housing', [pseudonym, pseudonym]), 1)
  assert.equal(await enrolOfficials(fileOf('tax'), 'housing', [pseudonym]), 0)
  const { config } = await loadConfig(fileOf('tax'))
  assert.deepEqual(config.peers[0]?.officials, [pseudonym])
  assert.match(readFileSync(fileOf('tax'), 'utf8'), /# a note of the operator/)
  await assert.rejects(enrolOfficials(fileOf('tax'), 'social', [pseudonym]), {
    message: /"social" is no peer; there are: housing/,
  })
  await assert.rejects(enrolOfficials(fileOf('tax'), 'housing', ['official-1']), {
    message: /"official-1" is no pseudonym/,
  })
})
