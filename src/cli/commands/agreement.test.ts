import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { parseAgreement } from '../../agreement/index.ts'
import type { CliIo, ExitCode } from '../cli-io.ts'
import { agreementCommand } from './agreement.ts'
import { initCommand } from './init.ts'

const folder = mkdtempSync(join(tmpdir(), 'cloison-agreement-'))
after(() => rmSync(folder, { recursive: true, force: true }))
const at = (...names: readonly string[]): string => join(folder, ...names)
const nowMs = Date.UTC(2026, 10, 24, 9)

interface Ran {
  readonly exit: ExitCode
  readonly stdout: string
  readonly stderr: string
}

async function run(args: readonly string[], answer?: string): Promise<Ran> {
  const found = { exit: 0 as ExitCode, stdout: '', stderr: '' }
  const io: CliIo = {
    stdout: (text) => void (found.stdout += text),
    stderr: (text) => void (found.stderr += text),
    isTty: false,
    env: {},
    now: () => nowMs,
    ...(answer === undefined ? {} : { ask: () => Promise.resolve(answer) }),
    exit: (code) => void (found.exit = code),
  }
  const [name = '', ...rest] = args
  const command = name === 'init' ? initCommand(io) : agreementCommand(io)
  command.exitOverride().configureOutput({
    writeErr: (text) => io.stderr(text),
    writeOut: (text) => io.stdout(text),
  })
  await command
    .parseAsync(['node', name, ...(name === 'init' ? rest : args)])
    .catch(() => io.exit(2))
  return found
}

async function found(org: string, port: number): Promise<void> {
  const { exit, stderr } = await run([
    'init',
    '--org',
    org,
    '--origin',
    `${org}.example/log/2026h2`,
    '--dir',
    at(org),
    '--public',
    `127.0.0.1:${port}`,
    '--admin',
    `127.0.0.1:${port + 100}`,
  ])
  assert.equal(exit, 0, stderr)
}

function filledIn(draft: string): string {
  const values: readonly (readonly [empty: string, value: string])[] = [
    ['purpose:', 'purpose: service'],
    ['legalBasis: []', 'legalBasis: [eu-gdpr:A6-1-e]'],
    ['legalReference: []', 'legalReference: ["usc:42/405"]'],
    [
      'justification: ""',
      'justification: Rent support is for low incomes, and without the answer every applicant would have to bring papers.',
    ],
    ['expectedResults: ""', 'expectedResults: About 900 applications a year without papers.'],
    ['- name: ""', '- name: income_below_limit'],
    ['register: ""', 'register: income'],
    ['source: ""', 'source: annual_income'],
    ['    ask:', '    ask: below 24 000'],
    ['name: ""', 'name: cases.housing'],
    ['publicKey: ""', 'publicKey: AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI='],
    ['approximateNumber:', 'approximateNumber: 900'],
    ['verificationProcedure: ""', 'verificationProcedure: The official hears the person first.'],
    ['dpiaReference: ""', 'dpiaReference: DPIA 2026/7'],
  ]
  return values.reduce((text, [empty, value]) => {
    const line = new RegExp(`^( *)${empty.trimStart().replaceAll(/[[\]]/g, '\\$&')}$`, 'm')
    assert.match(text, line, empty)
    return text.replace(line, `$1${value.trimStart()}`)
  }, draft)
}

/** One figure in a signed document, changed by whoever handed it on. */
async function assertChangeIsTold(
  document: string,
  { key, config }: { readonly key: string; readonly config: readonly string[] },
): Promise<void> {
  const good = await run(['show', document, ...config])
  assert.match(good.stdout, /^signatures {3}housing: verified; tax: not verified: no peer here$/m)
  const changed = at('handed-on.json')
  const cap = '"perSubjectPer30Days":12'
  writeFileSync(changed, readFileSync(document, 'utf8').replace(cap, cap.replace('12', '11')))
  const shown = await run(['show', changed, ...config])
  assert.match(shown.stdout, /^signatures {3}housing: WRONG: the document was changed/m)
  const output = ['--output', at('signed-over.json')]
  const signed = await run(['sign', changed, '--key', key, ...config, '--yes', ...output])
  assert.equal(signed.exit, 2)
  assert.match(signed.stderr, /the signature of housing under .*handed-on\.json is not good/)
}

test('a draft is begun, mended, signed by both officers and shown; each mistake on the way is told with its line', async () => {
  await found('housing', 8431)
  await found('tax', 8441)
  const config = ['-c', at('housing', 'cloison.yaml')]
  const draft = at('rent.yaml')
  const begun = await run(['new', '--provider', 'tax', ...config, '--output', draft])
  assert.equal(begun.exit, 0, begun.stderr)
  assert.equal(begun.stdout, `${draft}\n`)
  const again = await run(['new', '--provider', 'tax', ...config, '--output', draft])
  assert.deepEqual([again.exit, /stands there already/.test(again.stderr)], [2, true])
  const self = await run(['new', '--provider', 'tax', '--consumer', 'tax'])
  assert.match(self.stderr, /two different organisations/)

  const empty = await run(['lint', draft])
  assert.equal(empty.exit, 2)
  const first = readFileSync(draft, 'utf8')
  for (const key of ['purpose', 'justification', 'approximateNumber']) {
    const line = first.split('\n').findIndex((one) => one.startsWith(`${key}:`)) + 1
    assert.match(
      empty.stdout,
      new RegExp(`rent\\.yaml:${line}: ${key}: has no value \\[KEY_MISSING\\]`),
    )
  }
  const good = filledIn(first)
  writeFileSync(draft, good)
  const clean = await run(['lint', draft])
  assert.equal(clean.exit, 0, clean.stdout)
  assert.match(clean.stdout, /advice: verificationProcedure: .*\[LINT_VERIFICATION\]/)

  const key = at('housing', 'keys', 'dpo.key')
  const unasked = await run(['sign', draft, '--key', key, ...config])
  assert.deepEqual([unasked.exit, /add --yes/.test(unasked.stderr)], [2, true])
  const refused = await run(['sign', draft, '--key', key, ...config], 'no')
  assert.deepEqual([refused.exit, refused.stdout], [4, ''])
  const signed = await run(['sign', draft, '--key', key, ...config], 'yes')
  assert.equal(signed.exit, 0, signed.stderr)
  assert.match(signed.stderr, /whether income\.annual_income is below 24000/)
  const document = at('housing-tax.v1.json')
  assert.equal(signed.stdout, `${document}\n`)
  const stranger = await run(['sign', document, '--key', key, '--org', 'social', '--yes'])
  assert.match(stranger.stderr, /social is no party/)
  const wrongKey = await run([
    'sign',
    document,
    '--key',
    at('tax', 'keys', 'dpo.key'),
    ...config,
    '--yes',
  ])
  assert.match(wrongKey.stderr, /is not the key of housing's data protection officer/)
  const both = await run([
    'sign',
    document,
    '--key',
    at('tax', 'keys', 'dpo.key'),
    '--org',
    'tax',
    '--yes',
  ])
  assert.match(both.stderr, /Both have signed/)
  assert.equal(parseAgreement(new Uint8Array(readFileSync(document))).signatures.length, 2)

  const shown = await run(['show', document])
  assert.match(shown.stdout, /^who {10}housing asks, tax answers$/m)
  assert.match(shown.stdout, /^signed by {4}housing, tax$/m)
  assert.match(shown.stdout, /^signatures {3}not verified/m)
  await assertChangeIsTold(document, { key, config })
  const copy = ['show', document, '--output', at('copy.json')]
  assert.equal((await run(copy)).exit, 0)
  assert.deepEqual(readFileSync(at('copy.json')), readFileSync(document))
  const overwritten = await run(copy)
  assert.equal(overwritten.exit, 2)
  assert.match(overwritten.stderr, /is there already/)
  const changed = at('changed.yaml')
  writeFileSync(changed, good.replace('below 24 000', 'below 23 000'))
  const over = await run(['sign', changed, '--key', key, ...config, '--yes'])
  assert.deepEqual([over.exit, /says something else/.test(over.stderr)], [2, true])
  const wider = await run(['diff', document, changed])
  assert.match(wider.stdout, /a changed threshold is always wider/)
  assert.match(wider.stdout, /^Wider: the time lock starts anew/m)
  writeFileSync(changed, good.replace('perSubjectPer30Days: 12', 'perSubjectPer30Days: 2'))
  assert.match((await run(['diff', document, changed])).stdout, /^Narrower in everything/m)
})

test('a document that was changed after its signature is told, and what is no agreement at all', async () => {
  const file = at('odd.json')
  writeFileSync(file, '{"v": 1}')
  assert.match((await run(['show', file])).stderr, /\[NOT_CANONICAL\]/)
  assert.match((await run(['show', at('nothing.json')])).stderr, /is not there/)
  writeFileSync(file, new Uint8Array([0xff, 0xfe]))
  assert.match((await run(['lint', file])).stderr, /no text in UTF-8/)
  writeFileSync(file, '['.repeat(20_000))
  assert.match((await run(['lint', file])).stdout, /\[YAML_INVALID\]/)
})

test('an act needs a public reason, and a key that is there', async () => {
  const signed = ['-c', at('tax', 'cloison.yaml'), '--yes']
  for (const reason of ['', ' ', 'one\ntwo', 'x'.repeat(501)]) {
    const act = ['suspend', 'x', ...signed, '--key', at('tax/keys/dpo.key'), '--reason', reason]
    const { exit, stderr } = await run(act)
    assert.equal(exit, 2)
    assert.match(stderr, /--reason needs one line/)
  }
  const none = ['suspend', 'x', ...signed, '--key', at('no.key'), '--reason', 'Audit 12']
  const { exit, stderr } = await run(none)
  assert.equal(exit, 2)
  assert.match(stderr, /no\.key is not there; check the path/)
})
