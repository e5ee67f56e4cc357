import assert from 'node:assert/strict'
import {
  appendFileSync,
  copyFileSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { claimPorts } from '../../src/platform/index.ts'
import { parse, stringify } from 'yaml'
import type { RegisterDescription } from '../../src/register/index.ts'
import { writeTable } from '../../src/storage/sqlite/index.ts'
import { openStateReader, type SqliteReader } from '../../src/storage/sqlite/index.ts'
import { type GatewayPlan, type GatewayProcess, startGateway } from '../fault/gateway-process.ts'
import { waitUntil } from '../house/wait-until.ts'
import { type RanCommand, runHere } from '../scenario/command-server.ts'

/** The three organisations of a join, and the one that may audit it. */
export type JoinOrg = (typeof joinOrgs)[number]

/** All of them. */
export const joinOrgs = ['tax', 'homes', 'office', 'watch'] as const

/** One holder's register: what it is, and its rows in the order of its table's columns. */
export interface HolderRegister {
  readonly description: RegisterDescription
  readonly rows: readonly (readonly (string | number)[])[]
}

/** What they are founded with. */
export interface JoinGatewaySettings {
  readonly tax: HolderRegister
  readonly homes: HolderRegister
  /** Epsilon of each holder's year, as people write it; 10 unless told. */
  readonly epsilon?: Partial<Record<'tax' | 'homes', string>>
  /** Options of Node for gateways that are no product: what cheats. */
  readonly nodeOptions?: Partial<Record<JoinOrg, readonly string[]>>
}

/** `tax` and `homes` hold, `office` asks, `watch` may audit: real gateways, founded and asked by the commands. */
export interface JoinGateways extends AsyncDisposable {
  readonly gateways: Record<JoinOrg, GatewayProcess>
  at(org: JoinOrg, ...names: readonly string[]): string
  /** Starts one gateway, which must not run; resolves when it listens. */
  start(org: JoinOrg): Promise<GatewayProcess>
  /** Runs a command with `-c` of this organisation. */
  command(org: JoinOrg, ...args: readonly string[]): Promise<RanCommand>
  /** `cloison stats join NAME` as the office's analyst, with a question where one is given. */
  join(
    name: 'run' | 'preview' | 'result',
    question: unknown,
    ...flags: readonly string[]
  ): Promise<RanCommand>
  /** Something of the organisation's store, read while its gateway runs. */
  read<Found>(org: JoinOrg, work: (reader: SqliteReader) => Promise<Found>): Promise<Found>
}

const holders = ['tax', 'homes'] as const

async function good(...args: readonly string[]): Promise<string> {
  const { exit, stdout, stderr } = await runHere(args)
  assert.equal(exit, 0, `${args.join(' ')}: ${stderr}`)
  return stdout.trim()
}

const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10)

function draft(
  holder: 'tax' | 'homes',
  { description }: HolderRegister,
): Readonly<Record<string, unknown>> {
  return {
    id: `${holder}-joins`,
    version: 1,
    kind: 'join',
    provider: holder,
    consumer: 'office',
    purpose: 'official-statistics',
    legalBasis: ['eu-gdpr:A6-1-e'],
    legalReference: ['celex:32009R0223'],
    justification: 'Need by income is published every year, and no register has both.',
    expectedResults: 'One survey of 5,000 households less in a year.',
    dataElements: description.elements.map(({ name, category }) => ({
      name,
      register: description.name,
      source: name,
      ask: 'value',
      category,
    })),
    privacyBudget: { perQuestionEpsilon: 0.5, perYearEpsilon: 100, deltaExponent: 7 },
    join: { with: holder === 'tax' ? 'homes' : 'tax', keyspace: 'demo-nin', inspector: 'watch' },
    approximateNumber: description.population.size,
    retention: { period: '365 days', disposal: 'delete' },
    verificationProcedure: 'Nothing is decided about anybody by a table.',
    dpiaReference: 'DPIA 2026-14',
    firstDay: dayOf(Date.now()),
    lastDay: dayOf(Date.now() + 300 * 86_400_000),
  }
}

function writeRegister(folder: string, { description, rows }: HolderRegister): object {
  const { table, subject, elements } = description
  const columns = [subject.column, ...elements.map(({ column }) => column)]
  const types = elements.map(({ type }) => (type === 'integer' ? 'INTEGER' : 'TEXT'))
  const kinds = ['TEXT PRIMARY KEY', ...types]
  const declared = columns.map((name, at) => `${name} ${kinds[at] ?? 'TEXT'}`)
  writeFileSync(join(folder, 'register.json'), JSON.stringify(description))
  writeTable({
    path: join(folder, 'register.db'),
    create: `CREATE TABLE ${table} (${declared.join(', ')})`,
    insert: `INSERT INTO ${table} VALUES (${columns.map(() => '?').join(', ')})`,
    rows,
  })
  return { kind: 'sqlite', path: 'register.db', description_file: 'register.json' }
}

async function init(folder: string, org: JoinOrg, [open, admin]: readonly number[]): Promise<void> {
  const listen = ['--public', `127.0.0.1:${open}`, '--admin', `127.0.0.1:${admin}`]
  const origin = ['--origin', `${org}.localhost/log/2026h2`, '--time-lock', '1']
  await good('init', '--org', org, '--dir', join(folder, org), ...origin, ...listen)
  const file = join(folder, org, 'cloison.yaml')
  writeFileSync(file, readFileSync(file, 'utf8').replace('publish_s: 10', 'publish_s: 1'))
}

/** A new sealing key of an organisation; its public half. */
async function sealKey(folder: string, org: JoinOrg): Promise<string> {
  const said = await good('identity', 'seal-key', '--out', join(folder, org, 'keys', 'seal.key'))
  return /[A-Za-z0-9+/]{43}=/.exec(said)?.[0] ?? ''
}

/** The inspector's sealing key, with the officer's own: as an organisation that has identities opened has them. */
async function addSealing(folder: string, org: JoinOrg, inspector: string): Promise<void> {
  const dpo = await sealKey(folder, org)
  const file = join(folder, org, 'cloison.yaml')
  const config = parse(readFileSync(file, 'utf8')) as { keys: Record<string, unknown> }
  config.keys['sealing'] = { dpo_public: dpo, inspector: 'watch', inspector_public: inspector }
  writeFileSync(file, stringify(config))
}

async function found(folder: string, settings: JoinGatewaySettings): Promise<void> {
  const config = (org: string): string => join(folder, org, 'cloison.yaml')
  const ports = await claimPorts(2 * joinOrgs.length)
  for (const [at, org] of joinOrgs.entries()) await init(folder, org, ports.slice(2 * at))
  for (const org of holders) {
    const register = writeRegister(join(folder, org), settings[org])
    const { name } = settings[org].description
    appendFileSync(config(org), stringify({ registers: { [name]: register } }))
  }
  for (const to of joinOrgs)
    for (const peer of joinOrgs.filter((one) => one !== to)) {
      const fingerprint = await good('key', 'list', '-c', config(peer), '--fingerprint')
      const record = join(folder, peer, 'directory.json')
      await good('peer', 'add', record, '-c', config(to), '--fingerprint', fingerprint)
    }
  for (const org of holders) await agree(folder, org, settings[org])
}

async function agree(
  folder: string,
  holder: 'tax' | 'homes',
  register: HolderRegister,
): Promise<void> {
  const signed = join(folder, `${holder}-joins.v1.json`)
  const written = join(folder, `${holder}-joins.yaml`)
  writeFileSync(written, stringify(draft(holder, register)))
  for (const org of [holder, 'office']) {
    const source = org === holder ? written : signed
    const key = join(folder, org, 'keys', 'dpo.key')
    const config = join(folder, org, 'cloison.yaml')
    await good('agreement', 'sign', source, '--key', key, '-c', config, '--yes')
  }
  for (const org of [holder, 'office'])
    copyFileSync(signed, join(folder, org, 'agreements', `${holder}-joins.v1.json`))
}

async function untilActive(
  config: string,
  agreement: string,
  gateways: readonly GatewayProcess[],
): Promise<void> {
  const active = new RegExp(`${agreement} v1 +active`)
  const look = async (): Promise<true | undefined> =>
    active.test(await good('agreement', 'list', '-c', config)) || undefined
  await waitUntil('the agreement in force', look, gateways)
}

/** Founds all four, starts them, waits until both agreements are in force, and opens both populations' years. */
export async function openJoinGateways(settings: JoinGatewaySettings): Promise<JoinGateways> {
  const folder = mkdtempSync(join(tmpdir(), 'cloison-joins-'))
  const config = (org: string): string => join(folder, org, 'cloison.yaml')
  await found(folder, settings)
  await seal(folder)
  const gateways = Object.fromEntries(
    joinOrgs.map((org) => [org, startGateway(config(org), planOf(settings, org))]),
  ) as Record<JoinOrg, GatewayProcess>
  const close = async (): Promise<void> => {
    for (const gateway of Object.values(gateways)) await gateway.kill()
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    await Promise.all(Object.values(gateways).map(({ listening }) => listening))
    for (const org of holders) {
      for (const side of [org, 'office'])
        await untilActive(config(side), `${org}-joins`, Object.values(gateways))
      const { name } = settings[org].description.population
      const epsilon = settings.epsilon?.[org] ?? '10'
      const key = ['--key', join(folder, org, 'keys', 'dpo.key'), '-c', config(org)]
      const price = ['--epsilon', epsilon, '--delta', '1e-6']
      await good('stats', 'budget', 'open', name, ...price, ...key)
    }
  } catch (cause) {
    await close()
    throw cause
  }
  return gatewaysOf({ folder, settings, gateways, close })
}

/** Resolves when the published log of an organisation verifies: between two files of one publication it does not yet. */
export async function untilVerified(house: JoinGateways, org: JoinOrg): Promise<void> {
  const look = async (): Promise<true | undefined> =>
    (await runHere(['log', 'verify', house.at(org, 'log', '2026h2')])).exit === 0 || undefined
  await waitUntil(`a good log of ${org}`, look, [house.gateways[org]])
}

function planOf({ nodeOptions }: JoinGatewaySettings, org: JoinOrg): GatewayPlan {
  return { nodeOptions: nodeOptions?.[org] ?? [] }
}

/** Both holders seal for the inspector, whose secret key lies with the inspector's gateway. */
async function seal(folder: string): Promise<void> {
  const inspector = await sealKey(folder, 'watch')
  const watch = join(folder, 'watch', 'cloison.yaml')
  const config = parse(readFileSync(watch, 'utf8')) as { keys: Record<string, unknown> }
  config.keys['audit_seal_file'] = 'keys/seal.key'
  writeFileSync(watch, stringify(config))
  for (const org of holders) await addSealing(folder, org, inspector)
}

function gatewaysOf({
  folder,
  settings,
  gateways,
  close,
}: {
  readonly folder: string
  readonly settings: JoinGatewaySettings
  readonly gateways: Record<JoinOrg, GatewayProcess>
  readonly close: () => Promise<void>
}): JoinGateways {
  const config = (org: string): string => join(folder, org, 'cloison.yaml')
  let questions = 0
  return {
    gateways,
    at: (org, ...names) => join(folder, org, ...names),
    async start(org) {
      gateways[org] = startGateway(config(org), planOf(settings, org))
      await gateways[org].listening
      return gateways[org]
    },
    command: (org, ...args) => runHere([...args, '-c', config(org)]),
    join(name, question, ...flags) {
      questions += 1
      const file = join(folder, `question-${questions}.json`)
      const asked = question === undefined ? [] : ['--question', file]
      if (question !== undefined) writeFileSync(file, JSON.stringify(question))
      return runHere(['stats', 'join', name, '-c', config('office'), ...asked, ...flags])
    },
    async read(org, work) {
      using reader = openStateReader(join(folder, org, 'state.db'))
      return await work(reader)
    },
    [Symbol.asyncDispose]: close,
  }
}
