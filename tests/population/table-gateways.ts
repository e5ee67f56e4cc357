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
import type { RegisterDescription } from '../../src/register/index.ts'
import { type GatewayProcess, startGateway } from '../fault/gateway-process.ts'
import { waitUntil } from '../house/wait-until.ts'
import { type RanCommand, runHere } from '../scenario/command-server.ts'

/** What two organisations for tables are founded with. */
export interface TableSettings {
  /** Text of the register's CSV file, or the address of the organisation's own interface to its records. */
  readonly register: { readonly csv: string } | { readonly url: string }
  readonly description: RegisterDescription
  /** Elements of the description that the agreement names; all that are ordinary unless told. */
  readonly elements?: readonly string[]
  /** Epsilon of the population's year, as people write it. */
  readonly epsilon: string
  readonly perYearEpsilon?: number
}

/** `tax`, which holds a register, and `statistics`, which asks: real gateways, founded and asked by the commands. */
export interface TableGateways extends AsyncDisposable {
  readonly agreement: string
  /** Folder of one organisation. */
  at(org: 'tax' | 'statistics', ...names: readonly string[]): string
  /** Starts one gateway, which must not run; resolves when it listens. */
  start(org: 'tax' | 'statistics'): Promise<GatewayProcess>
  readonly gateways: { readonly tax: GatewayProcess; readonly statistics: GatewayProcess }
  /** `cloison stats NAME` as the office's analyst, with a query where one is given. */
  stats(name: 'run' | 'preview' | 'budget', query?: unknown): Promise<RanCommand>
}

const agreement = 'tax-tables'

async function good(...args: readonly string[]): Promise<string> {
  const { exit, stdout, stderr } = await runHere(args)
  assert.equal(exit, 0, stderr)
  return stdout.trim()
}

const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10)

function draft({ description, elements, perYearEpsilon = 1 }: TableSettings): string {
  const named = description.elements.filter(({ name, category }) =>
    elements === undefined ? category === 'ordinary' : elements.includes(name),
  )
  return stringify({
    id: agreement,
    version: 1,
    kind: 'population',
    provider: 'tax',
    consumer: 'statistics',
    purpose: 'official-statistics',
    legalBasis: ['eu-gdpr:A6-1-e'],
    legalReference: ['celex:32009R0223'],
    justification:
      'The tables are published every year, and no other source has them for everybody.',
    expectedResults: 'One survey of 5,000 households less in a year.',
    dataElements: named.map(({ name, category }) => ({
      name,
      register: description.name,
      source: name,
      ask: 'value',
      category,
    })),
    privacyBudget: { perQuestionEpsilon: 0.5, perYearEpsilon, deltaExponent: null },
    approximateNumber: description.population.size,
    retention: { period: '365 days', disposal: 'delete' },
    verificationProcedure:
      'Nothing is decided about anybody by a table; it is held against the last one.',
    dpiaReference: 'DPIA 2026-12',
    firstDay: dayOf(Date.now()),
    lastDay: dayOf(Date.now() + 300 * 86_400_000),
  })
}

function registerSettings({ register }: TableSettings, folder: string): object {
  const common = { description_file: 'register.json' }
  if ('csv' in register) {
    writeFileSync(join(folder, 'register.csv'), register.csv)
    return { kind: 'csv', path: 'register.csv', ...common }
  }
  const token = 'the-token-of-the-records'
  writeFileSync(join(folder, 'keys', 'records.token'), `${token}\n`, { mode: 0o600 })
  return { kind: 'http', url: register.url, token_file: 'keys/records.token', ...common }
}

/** Room for a thousand questions at once, and a log that is published every second. */
function widen(config: string): void {
  const settings = readFileSync(config, 'utf8')
    .replace('publish_s: 10', 'publish_s: 1')
    .replace(
      'connections: 256',
      'connections: 4096\n  connections_per_address: 2048\n  connections_per_peer: 2048',
    )
  writeFileSync(config, settings)
}

async function found(folder: string, settings: TableSettings): Promise<void> {
  const at = (...names: readonly string[]): string => join(folder, ...names)
  const config = (org: string): string => at(org, 'cloison.yaml')
  const ports = await claimPorts(4)
  const orgs = ['tax', 'statistics'] as const
  for (const [place, org] of orgs.entries()) {
    const [open, admin] = ports.slice(2 * place)
    const listen = ['--public', `127.0.0.1:${open}`, '--admin', `127.0.0.1:${admin}`]
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
      '1',
      ...listen,
    )
  }
  for (const org of orgs) widen(config(org))
  writeFileSync(at('tax', 'register.json'), JSON.stringify(settings.description))
  const register = registerSettings(settings, at('tax'))
  appendFileSync(config('tax'), stringify({ registers: { [settings.description.name]: register } }))
  for (const [to, peer] of [orgs, orgs.toReversed()] as const) {
    const fingerprint = await good('key', 'list', '-c', config(peer ?? ''), '--fingerprint')
    const record = at(peer ?? '', 'directory.json')
    await good('peer', 'add', record, '-c', config(to ?? ''), '--fingerprint', fingerprint)
  }
  writeFileSync(at('tables.yaml'), draft(settings))
  const signed = at(`${agreement}.v1.json`)
  for (const org of orgs) {
    const source = org === 'tax' ? at('tables.yaml') : signed
    await good(
      'agreement',
      'sign',
      source,
      '--key',
      at(org, 'keys', 'dpo.key'),
      '-c',
      config(org),
      '--yes',
    )
  }
  for (const org of orgs) copyFileSync(signed, at(org, 'agreements', `${agreement}.v1.json`))
}

async function untilActive(config: string, gateways: readonly GatewayProcess[]): Promise<void> {
  const look = async (): Promise<true | undefined> =>
    /tax-tables v1 +active/.test(await good('agreement', 'list', '-c', config)) || undefined
  await waitUntil('the agreement in force', look, gateways)
}

/** Founds both, starts them, waits until the agreement is in force, and opens the population's year. */
export async function openTableGateways(settings: TableSettings): Promise<TableGateways> {
  const folder = mkdtempSync(join(tmpdir(), 'cloison-tables-'))
  const config = (org: string): string => join(folder, org, 'cloison.yaml')
  await found(folder, settings)
  const gateways = {
    tax: startGateway(config('tax')),
    statistics: startGateway(config('statistics')),
  }
  const close = async (): Promise<void> => {
    for (const gateway of Object.values(gateways)) await gateway.kill()
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    await Promise.all(Object.values(gateways).map(({ listening }) => listening))
    for (const org of ['tax', 'statistics']) await untilActive(config(org), Object.values(gateways))
    const { name } = settings.description.population
    const key = ['--key', join(folder, 'tax', 'keys', 'dpo.key'), '-c', config('tax')]
    await good('stats', 'budget', 'open', name, '--epsilon', settings.epsilon, ...key)
  } catch (cause) {
    await close()
    throw cause
  }
  return {
    agreement,
    gateways,
    at: (org, ...names) => join(folder, org, ...names),
    async start(org) {
      gateways[org] = startGateway(config(org))
      await gateways[org].listening
      return gateways[org]
    },
    async stats(name, query) {
      const under = ['-c', config('statistics'), '--agreement', agreement]
      if (query === undefined) return runHere(['stats', name, ...under, '--json'])
      const file = join(folder, 'query.json')
      writeFileSync(file, JSON.stringify(query))
      return runHere(['stats', name, ...under, '--query', file, '--json'])
    },
    [Symbol.asyncDispose]: close,
  }
}
