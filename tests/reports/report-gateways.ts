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
import { stringify } from 'yaml'
import { writeTable } from '../../src/storage/sqlite/index.ts'
import { type GatewayPlan, type GatewayProcess, startGateway } from '../fault/gateway-process.ts'
import { waitUntil } from '../house/wait-until.ts'
import { type RanCommand, runHere } from '../scenario/command-server.ts'

/** `tax`, which answers, and `housing`, which asks: real gateways, founded, agreed and asked by the commands. */
export interface ReportGateways extends AsyncDisposable {
  at(...names: readonly string[]): string
  /** Settings of an organisation. */
  config(org: string): string
  /** Asks about one of two people, in their case. */
  ask(person: 0 | 1, ...more: readonly string[]): Promise<RanCommand>
  /** `kill -9`. */
  stop(org: 'tax' | 'housing'): Promise<void>
  /** Starts the one that was stopped, on what is on disk; it listens then. */
  start(org: 'tax' | 'housing'): Promise<void>
}

/** Where the folders of the organisations are. */
export type ReportPlace = Pick<ReportGateways, 'at' | 'config'>

/** How the gateways are begun, beyond what every test needs. */
export interface ReportGatewaysPlan {
  /** After both are founded and know each other, before either is started. */
  readonly prepare?: (place: ReportPlace) => Promise<void>
  readonly gateway?: GatewayPlan
}

/** Valid identifiers of two people. */
export const people = ['0000000874', '6229916763'] as const

async function good(...args: readonly string[]): Promise<string> {
  const { exit, stdout, stderr } = await runHere(args)
  assert.equal(exit, 0, stderr)
  return stdout.trim()
}

const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10)

const description = {
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

function draft(caseKey: string): string {
  return stringify({
    id: 'rent-support',
    version: 1,
    kind: 'person',
    provider: 'tax',
    consumer: 'housing',
    purpose: 'service',
    legalBasis: ['eu-gdpr:A6-1-e'],
    legalReference: ['celex:32016R0679'],
    justification: 'Rent support depends on the income.',
    expectedResults: 'Decisions in 5 days instead of 30.',
    dataElements: [
      {
        name: 'income_below_limit',
        register: 'income',
        source: 'annual_income',
        ask: 'below 24000',
        category: 'ordinary',
      },
    ],
    caps: {
      perOfficialPerDay: 50,
      subjectsPerCase: 4,
      distinctSubjectsPer30Days: 100,
      perSubjectPer30Days: 12,
    },
    preconditions: ['identifier scheme demo-nin', 'no placeholder'],
    presence: 'revealed',
    caseSource: { name: 'cases.housing', publicKey: caseKey },
    notice: 'immediate',
    contest: '30 days',
    approximateNumber: 1000,
    retention: { period: '90 days', disposal: 'delete' },
    verificationProcedure: 'The applicant is shown the answer before a decision.',
    dpiaReference: 'DPIA 2026-11',
    firstDay: dayOf(Date.now()),
    lastDay: dayOf(Date.now() + 300 * 86_400_000),
  })
}

const orgs = ['tax', 'housing'] as const

async function found({ at, config }: ReportPlace): Promise<void> {
  const ports = await claimPorts(4)
  for (const [place, org] of orgs.entries()) {
    const [open, admin] = ports.slice(2 * place)
    const listen = ['--public', `127.0.0.1:${open}`, '--admin', `127.0.0.1:${admin}`]
    const origin = ['--origin', `${org}.localhost/log/2026h2`, '--time-lock', '1']
    await good('init', '--org', org, '--dir', at(org), ...origin, ...listen)
    const settings = readFileSync(config(org), 'utf8').replace(
      'publish_s: 10',
      'publish_s: 1\n  epoch_s: 1',
    )
    writeFileSync(config(org), settings)
  }
}

function addRegister({ at, config }: ReportPlace): void {
  writeFileSync(at('tax', 'income.json'), JSON.stringify(description))
  writeFileSync(
    at('tax', 'income.csv'),
    `nin,annual_income\n${people[0]},12000\n${people[1]},50000\n`,
  )
  const income = { kind: 'csv', path: 'income.csv', description_file: 'income.json' }
  appendFileSync(config('tax'), stringify({ registers: { income } }))
}

async function addCases({ at, config }: ReportPlace): Promise<string> {
  writeTable({
    path: at('housing', 'cases.db'),
    create: 'CREATE TABLE cases (reference TEXT, clerk TEXT, nin TEXT, is_open INTEGER)',
    insert: 'INSERT INTO cases VALUES (?, ?, ?, ?)',
    rows: people.map((nin, place) => [`RS-${place}`, 'official-1', nin, 1]),
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
  const root = ['-c', config('housing'), '--root-key', at('housing', 'keys', 'root.key')]
  const key = ['--name', 'cases.housing', '--out', at('housing', 'cases.key')]
  await good('key', 'new', 'case', ...key, ...root)
  const record: unknown = JSON.parse(readFileSync(at('housing', 'directory.json'), 'utf8'))
  const keys = (record as { keys: { use: string; publicKey: string }[] }).keys
  return keys.find(({ use }) => use === 'case')?.publicKey ?? ''
}

async function introduce({ at, config }: ReportPlace): Promise<void> {
  for (const [to, peer] of [orgs, orgs.toReversed()] as const) {
    assert.ok(to !== undefined && peer !== undefined)
    const fingerprint = await good('key', 'list', '-c', config(peer), '--fingerprint')
    const record = at(peer, 'directory.json')
    await good('peer', 'add', record, '-c', config(to), '--fingerprint', fingerprint)
  }
  const pseudonym = await good('peer', 'pseudonym', 'tax', 'official-1', '-c', config('housing'))
  await good('peer', 'enrol', 'housing', pseudonym, '-c', config('tax'))
}

async function agree({ at, config }: ReportPlace, caseKey: string): Promise<void> {
  writeFileSync(at('rent.yaml'), draft(caseKey))
  const signed = at('rent-support.v1.json')
  for (const org of orgs) {
    const source = org === 'tax' ? at('rent.yaml') : signed
    const key = ['--key', at(org, 'keys', 'dpo.key'), '-c', config(org)]
    await good('agreement', 'sign', source, ...key, '--yes')
  }
  for (const org of orgs) copyFileSync(signed, at(org, 'agreements', 'rent-support.v1.json'))
}

async function untilActive(config: string, gateways: readonly GatewayProcess[]): Promise<void> {
  const look = async (): Promise<true | undefined> =>
    /rent-support v1 +active/.test(await good('agreement', 'list', '-c', config)) || undefined
  await waitUntil('the agreement in force', look, gateways)
}

/** Founds both, starts them, and waits until the agreement is in force. */
export async function openReportGateways(plan: ReportGatewaysPlan = {}): Promise<ReportGateways> {
  const folder = mkdtempSync(join(tmpdir(), 'cloison-reports-'))
  const at = (...names: readonly string[]): string => join(folder, ...names)
  const config = (org: string): string => at(org, 'cloison.yaml')
  const place = { at, config }
  await found(place)
  addRegister(place)
  const caseKey = await addCases(place)
  await introduce(place)
  await agree(place, caseKey)
  await plan.prepare?.(place)
  const running = new Map<string, GatewayProcess>()
  const start = async (org: string): Promise<void> => {
    const gateway = startGateway(config(org), plan.gateway)
    running.set(org, gateway)
    await gateway.listening
  }
  const close = async (): Promise<void> => {
    for (const gateway of running.values()) await gateway.kill()
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    await Promise.all(orgs.map(start))
    for (const org of orgs) await untilActive(config(org), [...running.values()])
  } catch (cause) {
    await close()
    throw cause
  }
  return {
    at,
    config,
    start,
    stop: async (org) => running.get(org)?.kill(),
    ask(person, ...more) {
      writeFileSync(at('person.txt'), `demo-nin ${people[person]}\n`)
      const about = ['--case', `RS-${person}`, '--official', 'official-1']
      const subject = ['--subject-file', at('person.txt'), ...more]
      const asked = ['rent-support', '-c', config('housing'), '--element', 'income_below_limit']
      return runHere(['ask', ...asked, ...about, ...subject])
    },
    [Symbol.asyncDispose]: close,
  }
}
