import assert from 'node:assert/strict'
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { after, before, test } from 'node:test'
import { claimPorts } from '../../src/platform/index.ts'
import { stringify } from 'yaml'
import { writeTable } from '../../src/storage/sqlite/index.ts'
import { type GatewayProcess, startGateway } from '../fault/gateway-process.ts'
import { wantsLongRuns } from '../house/needs.ts'
import { waitUntil } from '../house/wait-until.ts'
import { type CommandServer, type RanCommand, runHere, serveCommands } from './command-server.ts'
import { blocksOf, openShell, type TypingShell } from './typed-page.ts'

/*
 * The page on agreements, typed word for word at two real gateways. In the usual run the commands are done by
 * one process that has loaded the program already; in the long one each is a process of its own.
 */

const root = resolve(import.meta.dirname, '../..')
const page = readFileSync(join(root, 'docs/how-to/agree-on-questions.md'), 'utf8')
const folder = mkdtempSync(join(tmpdir(), 'cloison-agreement-life-'))
const at = (...names: readonly string[]): string => join(folder, ...names)
/** Much longer than what the page does while the wider version waits, also on a busy machine. */
const lockSeconds = wantsLongRuns() ? '60' : '12'
/** A register's answer is awaited for three seconds: a question that was held for longer ends for that. */
const longestHeldMs = 2_000
const applicant = '0000000874'
const gateways: GatewayProcess[] = []
let shell: TypingShell
let commands: CommandServer
let register: HeldRegister

/** An organisation's own register, which waits for a word before it says anything, if it is told to. */
interface HeldRegister extends AsyncDisposable {
  readonly url: string
  /** Resolves when the next look-up has come, with what lets its answer go. */
  hold(): Promise<() => void>
}

async function openHeldRegister(): Promise<HeldRegister> {
  let next: ((letGo: () => void) => void) | undefined
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    await text(request)
    const holder = next
    next = undefined
    if (holder !== undefined) await new Promise<void>((letGo) => holder(letGo))
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ row: { annual_income: 12_000 } }))
  }
  const server = createServer((request, response) => void answer(request, response))
  const [port = 0] = await claimPorts(1)
  await new Promise<void>((done) => server.listen(port, '127.0.0.1', done))
  return {
    url: `http://127.0.0.1:${port}`,
    hold: () => new Promise((come) => (next = come)),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
}

async function good(...args: readonly string[]): Promise<string> {
  const { exit, stdout, stderr } = await runHere(args)
  assert.equal(exit, 0, stderr)
  return stdout.trim()
}

const config = (org: string): string => at(org, 'cloison.yaml')

async function found(org: string, ports: readonly number[]): Promise<void> {
  const listen = ['--public', `127.0.0.1:${ports[0]}`, '--admin', `127.0.0.1:${ports[1]}`]
  const origin = `${org}.localhost/log/2026h2`
  await good(
    'init',
    '--org',
    org,
    '--dir',
    at(org),
    '--origin',
    origin,
    '--time-lock',
    lockSeconds,
    ...listen,
  )
  const settings = readFileSync(config(org), 'utf8').replace('publish_s: 10', 'publish_s: 1')
  writeFileSync(config(org), settings)
}

async function addPeer(to: string, peer: string): Promise<void> {
  const fingerprint = await good('key', 'list', '-c', config(peer), '--fingerprint')
  const record = at(peer, 'directory.json')
  await good('peer', 'add', record, '-c', config(to), '--fingerprint', fingerprint)
}

const incomeDescription = {
  v: 1,
  name: 'income',
  category: 'ordinary',
  table: 'taxpayers',
  subject: { column: 'nin', scheme: 'demo-nin' },
  population: { name: 'taxpayers', size: 20_000 },
  rowsPerPerson: 1,
  elements: [
    {
      name: 'annual_income',
      column: 'annual_income',
      type: 'integer',
      unit: 'EUR/year',
      category: 'ordinary',
      domain: { kind: 'bounded', min: 0, max: 1_000_000 },
    },
  ],
}

const caseDescription = {
  v: 1,
  table: 'cases',
  reference: 'reference',
  official: 'clerk',
  subject: { column: 'nin', scheme: { value: 'demo-nin' } },
  open: 'is_open',
  purpose: { value: 'https://cloison.eu/purpose/service' },
}

function addRegister(url: string): void {
  writeFileSync(at('tax', 'income.json'), JSON.stringify(incomeDescription))
  writeFileSync(at('tax', 'keys', 'records.token'), 'the-token-of-the-records\n', { mode: 0o600 })
  const income = {
    kind: 'http',
    url,
    token_file: 'keys/records.token',
    description_file: 'income.json',
  }
  appendFileSync(config('tax'), stringify({ registers: { income } }))
}

async function addCases(): Promise<void> {
  writeTable({
    path: at('housing', 'cases.db'),
    create: 'CREATE TABLE cases (reference TEXT, clerk TEXT, nin TEXT, is_open INTEGER)',
    insert: 'INSERT INTO cases VALUES (?, ?, ?, ?)',
    rows: [['RS-1', 'official-1', applicant, 1]],
  })
  writeFileSync(at('housing', 'cases.json'), JSON.stringify(caseDescription))
  const cases = {
    kind: 'sql',
    engine: 'sqlite',
    path: 'cases.db',
    issuer: 'cases.housing',
    key_file: 'cases.key',
    description_file: 'cases.json',
  }
  appendFileSync(config('housing'), stringify({ cases }))
  const rootKey = ['--root-key', at('housing', 'keys', 'root.key')]
  const key = ['--name', 'cases.housing', '--out', at('housing', 'cases.key')]
  await good('key', 'new', 'case', ...key, '-c', config('housing'), ...rootKey)
}

/** Who takes up whose record. */
const links = [
  ['tax', 'housing'],
  ['housing', 'tax'],
  ['tax', 'inspector'],
  ['housing', 'inspector'],
  ['inspector', 'tax'],
] as const

before(async () => {
  register = await openHeldRegister()
  const ports = await claimPorts(6)
  await found('tax', ports.slice(0, 2))
  await found('housing', ports.slice(2, 4))
  await found('inspector', ports.slice(4))
  const rootKey = ['--root-key', at('inspector', 'keys', 'root.key')]
  const keyOf = ['--out', at('inspector.key'), '-c', config('inspector')]
  await good('key', 'new', 'inspector', ...keyOf, ...rootKey)
  addRegister(register.url)
  await addCases()
  for (const [to, peer] of links) await addPeer(to, peer)
  const pseudonym = await good('peer', 'pseudonym', 'tax', 'official-1', '-c', config('housing'))
  await good('peer', 'enrol', 'housing', pseudonym, '-c', config('tax'))
  gateways.push(...['tax', 'housing'].map((org) => startGateway(config(org))))
  await Promise.all(gateways.map(({ listening }) => listening))
  mkdirSync(at('bin'))
  commands = await serveCommands(at('bin'))
  const programs = wantsLongRuns() ? root : commands.folder
  const path = [programs, dirname(process.execPath), process.env['PATH'] ?? ''].join(delimiter)
  shell = openShell(folder, { PATH: path, HOME: process.env['HOME'] ?? '/' })
})

after(async () => {
  shell[Symbol.dispose]()
  for (const gateway of gateways) await gateway.stop()
  await commands[Symbol.asyncDispose]()
  await register[Symbol.asyncDispose]()
  rmSync(folder, { recursive: true, force: true })
})

/** A question that has come as far as the register, and what lets it go on. */
async function askedAndHeld(): Promise<{
  readonly outcome: ReturnType<typeof runHere>
  readonly letGo: () => void
  readonly heldAtMs: number
}> {
  const held = register.hold()
  const about = [
    '--case',
    'RS-1',
    '--official',
    'official-1',
    '--subject-file',
    at('applicant.txt'),
  ]
  const asked = ['ask', 'rent-support', '-c', config('housing'), '--element', 'income_below_limit']
  const outcome = runHere([...asked, ...about])
  return { outcome, letGo: await held, heldAtMs: performance.now() }
}

type Held = Awaited<ReturnType<typeof askedAndHeld>>

/** Lets a question go on; what became of it, or nothing where it was held for so long that the register had been given up. */
async function letGoOn({ letGo, heldAtMs, outcome }: Held): Promise<RanCommand | undefined> {
  const heldMs = performance.now() - heldAtMs
  letGo()
  const ended = await outcome
  return heldMs < longestHeldMs ? ended : undefined
}

async function stateAt(org: string): Promise<string> {
  const rows = await good('agreement', 'list', '-c', config(org), '--json')
  const [row]: { readonly state: string }[] = JSON.parse(rows).agreements
  return row?.state ?? ''
}

async function awaitState(org: string, state: string): Promise<void> {
  const look = async (): Promise<true | undefined> => (await stateAt(org)) === state || undefined
  await waitUntil(`an agreement that is ${state} at ${org}`, look, gateways)
}

/** Resumes what is suspended at both sides, and suspends it anew while another question is under way. */
async function suspendAgain(): Promise<Held> {
  const why = ['--reason', 'Audit 12', '--yes']
  const officer = (org: string): readonly string[] => [
    '--key',
    at(org, 'keys', 'dpo.key'),
    '-c',
    config(org),
    ...why,
  ]
  await awaitState('housing', 'suspended')
  for (const org of ['tax', 'housing'])
    await good('agreement', 'resume', 'rent-support', ...officer(org))
  for (const org of ['tax', 'housing']) await awaitState(org, 'active')
  const held = await askedAndHeld()
  await good('agreement', 'suspend', 'rent-support', ...officer('tax'))
  return held
}

/** What was under way when the agreement was suspended is refused. */
async function refusedInMiddle(first: Held): Promise<void> {
  let ended = await letGoOn(first)
  for (let tries = 1; ended === undefined && tries < 20; tries += 1)
    ended = await letGoOn(await suspendAgain())
  assert.ok(ended !== undefined, 'every suspension took longer than a register is awaited')
  assert.equal(ended.exit, 4, 'what was under way when it was suspended is refused')
  assert.match(ended.stdout + ended.stderr, /AGREEMENT_SUSPENDED/)
}

/** What each block of the page prints, by something that only this block has. */
const expected: readonly (readonly [block: RegExp, printed: readonly RegExp[]])[] = [
  [/agreement new/, [/begun\.yaml:\d+: purpose: has no value \[KEY_MISSING\]/, /^not yet$/m]],
  [/cat > rent/, [/\[LINT_LEGAL_REFERENCE\]/]],
  [/offer rent-support\.v1\.json/, [/^Entry \d+: agreement\.offered\./m]],
  [/--output arrived/, [/^signed by {4}housing$/m, /^standing {5}offered: one side has signed/m]],
  [/offer signed\.json/, [/Both have signed/, /agreement\.published/]],
  [/rent-support v1 \*active'; do sleep 0\.2; done\n$/, [/rent-support v1 +active/]],
  [/applicant\.txt\n$/, [/^income_below_limit: true$/m]],
  [/agreement suspend/, [/agreement\.suspended/]],
  [/refused, exit code/, [/^refused: AGREEMENT_SUSPENDED$/m, /^refused, exit code 4$/m]],
  [/agreement resume/, [/rent-support v1 +active/, /^income_below_limit: true$/m]],
  [/narrower\.yaml/, [/^Narrower in everything/m, /v2 +active/, /v1 +expired/]],
  [/wider\.yaml/, [/^Wider: the time lock starts anew/m, /agreement\.published/]],
  [/^cloison agreement list/, [/v2 +active/, /v3 +published/, /^income_below_limit: true$/m]],
  [
    /agreement terminate/,
    [/v2 +terminated/, /^refused: AGREEMENT_NOT_ACTIVE$/m, /^refused, exit code 4$/m],
  ],
]

const blocks = blocksOf(page)
const firstOfVersions = blocks.findIndex((block) => block.includes('narrower.yaml'))

async function typeBlocks(from: number, to: number): Promise<void> {
  for (const [place, block] of blocks.entries()) {
    if (place < from || place >= to) continue
    const [mark, printed] = expected[place] ?? assert.fail()
    assert.match(block, mark)
    const isSuspension = block.includes('agreement suspend')
    const held = isSuspension ? await askedAndHeld() : undefined
    const output = await shell.type(block)
    for (const one of printed) assert.match(output, one)
    assert.doesNotMatch(output, new RegExp(applicant), 'nobody is named')
    if (held !== undefined) await refusedInMiddle(held)
  }
}

test('two officers take an agreement from its draft to answers, and stop and resume it', async () => {
  assert.equal(blocks.length, expected.length)
  assert.ok(firstOfVersions > 0)
  await typeBlocks(0, firstOfVersions)
})

test('an inspector, who is no party, stops and resumes it at a gateway of another organisation', async () => {
  const inspector = ['--inspector', '--key', at('inspector.key'), '-c', config('inspector')]
  const act = (verb: string): readonly string[] => ['agreement', verb, at('signed.json')]
  const why = ['--yes', '--reason', 'Inspection 7']
  const file = at('inspection.json')
  await good(...act('suspend'), ...inspector, ...why, '--output', file)
  const nobody = await runHere([
    'agreement',
    'offer',
    file,
    '-c',
    config('inspector'),
    '--to',
    'care',
  ])
  assert.match(nobody.stderr, /There is no peer "care"; see "cloison peer list"/)
  const handedIn = await good('agreement', 'offer', file, '-c', config('inspector'), '--to', 'tax')
  assert.match(handedIn, /^Entry \d+ of tax: agreement\.suspended\./)
  await awaitState('housing', 'suspended')

  const unnamed = await runHere([...act('resume'), ...inspector, ...why, '--to', 'tax'])
  assert.deepEqual([unnamed.exit, /say with --suspensions/.test(unnamed.stderr)], [2, true])
  await good(...act('resume'), ...inspector, ...why, '--suspensions', file, '--to', 'tax')
  for (const org of ['tax', 'housing']) {
    assert.equal(await stateAt(org), 'suspended', 'all three must resume')
    const officer = ['--key', at(org, 'keys', 'dpo.key'), '-c', config(org)]
    await good('agreement', 'resume', 'rent-support', ...officer, ...why)
  }
  for (const org of ['tax', 'housing']) await awaitState(org, 'active')
})

test('what the register of the provider cannot answer is refused there, by the element', async () => {
  const draft = readFileSync(at('rent.yaml'), 'utf8')
  const other = draft.replace('id: rent-support', 'id: rent-by-wealth')
  writeFileSync(at('wealth.yaml'), other.replace('source: annual_income', 'source: wealth'))
  const officer = ['--key', at('housing', 'keys', 'dpo.key'), '-c', config('housing')]
  await good('agreement', 'sign', at('wealth.yaml'), ...officer, '--yes')
  const offer = ['offer', at('rent-by-wealth.v1.json'), '-c', config('housing'), '--to', 'tax']
  const { exit, stderr } = await runHere(['agreement', ...offer])
  assert.equal(exit, 4)
  assert.match(
    stderr,
    /AGREEMENT_REGISTER_MISMATCH: .*dataElements\.0: the register does not have it/,
  )
})

test('a countersignature of what is published is refused, since it would widen it in silence', async () => {
  const inspector = ['--inspector', '--key', at('inspector.key'), '-c', config('inspector')]
  const output = ['--output', at('countersigned.json')]
  await good('agreement', 'sign', at('signed.json'), ...inspector, '--yes', ...output)
  const late = ['offer', at('countersigned.json'), '-c', config('inspector'), '--to', 'tax']
  const { exit, stderr } = await runHere(['agreement', ...late])
  assert.equal(exit, 4)
  assert.match(stderr, /AGREEMENT_COUNTERSIGNED_LATE: .*sign a new version with it/)
})

test('a narrower version takes effect at once, a wider one waits, and the agreement ends', async () => {
  await typeBlocks(firstOfVersions, blocks.length)
})
