import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stringify } from 'yaml'
import {
  agreementDigest,
  compileAgreement,
  type PersonAgreement,
  signAgreement,
} from '../../src/agreement/index.ts'
import { canonicalBytes, encodeBase64, type JsonObject } from '../../src/bytes/index.ts'
import { formatVerifierKey, SIGNATURE_TYPES } from '../../src/log/index.ts'
import {
  foundedConfig,
  type FoundedOrganisation,
  initOrganisation,
  type NodeConfig,
  type PeerConfig,
} from '../../src/node/index.ts'
import { claimPorts, bestEd25519, systemClock, systemRandomness } from '../../src/platform/index.ts'
import { makeDemoNin, parseOrganisationId } from '../../src/protocol/index.ts'
import { writeTable } from '../../src/storage/sqlite/index.ts'

/** One case at the consumer: its official and the people it is about. */
export interface FixtureCase {
  readonly reference: string
  /** The official's pseudonym towards the provider. */
  readonly official: string
  readonly subjects: readonly FixtureSubject[]
}

/** One person in the provider's register. */
export interface FixtureSubject {
  readonly value: string
  /** What a true answer to `income_below_limit` says. */
  readonly belowLimit: boolean
}

/** What the consumer of the fixture asks with: plain JSON, so that a process of its own can read it. */
export interface ConsumerSecrets {
  readonly id: string
  readonly provider: string
  /** What it signs as `@authority`, and where it connects to. */
  readonly authority: string
  /** Seeds, base64 of 32 bytes. */
  readonly gatewaySeed: string
  readonly logSeed: string
  readonly caseSeed: string
  readonly origin: string
  readonly caseIssuer: string
  readonly providerGatewayKey: string
  readonly agreement: {
    readonly id: string
    readonly version: number
    readonly digest: string
    readonly purpose: string
    readonly legalBasis: string
    readonly elements: readonly string[]
  }
  readonly cases: readonly FixtureCase[]
}

/** A provider on disk, ready to be served, and all that its one consumer needs. */
export interface ProviderFixture {
  readonly dir: string
  readonly configPath: string
  readonly config: NodeConfig
  readonly adminAddress: string
  readonly tax: FoundedOrganisation
  readonly consumer: ConsumerSecrets
  readonly agreement: PersonAgreement
  /** The bearer token of `POST /v1/ask`. */
  readonly callerToken: string
}

/** The one peer of a fixture. */
export function peerOf({ config }: Pick<ProviderFixture, 'config'>): PeerConfig {
  const [peer] = config.peers
  if (peer === undefined || 'record_file' in peer) throw new TypeError('the fixture lists its peer')
  return peer
}

/** What a test may choose. */
export interface FixtureOptions {
  readonly cases?: number
  readonly presence?: PersonAgreement['presence']
  readonly publishSeconds?: number
  /** When the log was founded; now unless given. */
  readonly foundedAtMs?: number
  readonly config?: (config: NodeConfig) => NodeConfig
  /** Members of the agreement in place of the usual ones. */
  readonly terms?: JsonObject
}

const dayMs = 86_400_000
const limit = 24_000
const subjectsPerCase = 6

/** The people of one case; incomes go round a wide range so that both answers occur. */
function makeCases(count: number): readonly FixtureCase[] {
  return Array.from({ length: count }, (_, place) => ({
    reference: `RENT-${1000 + place}`,
    official: `official-${String(place).padStart(4, '0')}`,
    subjects: Array.from({ length: subjectsPerCase }, (_, member) => {
      const number = place * subjectsPerCase + member
      const value = makeDemoNin(10_000_019 + number * 7_919)
      return { value, belowLimit: incomeOf(number) < limit }
    }),
  }))
}

function incomeOf(number: number): number {
  return (number * 7_907) % 60_000
}

function writeRegister(dir: string, cases: readonly FixtureCase[]): void {
  const people = cases.flatMap(({ subjects }) => subjects)
  writeTable({
    path: join(dir, 'income.db'),
    create: 'CREATE TABLE income (nin TEXT PRIMARY KEY, annual_income INTEGER NOT NULL)',
    insert: 'INSERT INTO income VALUES (?, ?)',
    rows: people.map(({ value }, number) => [value, incomeOf(number)]),
  })
}

const description = {
  v: 1,
  name: 'income',
  category: 'ordinary',
  table: 'income',
  subject: { column: 'nin', scheme: 'demo-nin' },
  population: { name: 'residents', size: 10_000_000 },
  rowsPerPerson: 1,
  elements: [
    {
      name: 'annual_income',
      column: 'annual_income',
      type: 'integer',
      unit: 'EUR/year',
      category: 'ordinary',
      domain: { kind: 'bounded', min: 0, max: 500_000 },
    },
  ],
}

function compileTerms(
  caseKey: Uint8Array,
  { presence, terms }: Required<Pick<FixtureOptions, 'presence' | 'terms'>>,
  nowMs: number,
): PersonAgreement {
  const begin = nowMs - (nowMs % dayMs)
  const agreement = compileAgreement({
    v: 1,
    id: 'housing-tax-fixture',
    version: 1,
    supersedes: null,
    kind: 'person',
    provider: 'tax',
    consumer: 'housing',
    purpose: 'https://cloison.eu/purpose/service',
    legalBasis: ['eu-gdpr:A6-1-e'],
    legalReference: ['celex:32016R0679'],
    justification: 'A test needs to know whether an income is below the limit.',
    expectedResults: 'Many answers, each with its entry.',
    dataElements: [
      {
        name: 'income_below_limit',
        register: 'income',
        source: 'annual_income',
        answerType: 'predicate',
        predicate: { op: 'lt', threshold: limit },
        category: 'ordinary',
      },
    ],
    preconditions: [{ kind: 'identifier-scheme', scheme: 'demo-nin' }, { kind: 'no-placeholder' }],
    caps: {
      perOfficialPerDay: 200,
      subjectsPerCase,
      distinctSubjectsPer30Days: 100_000,
      perSubjectPer30Days: 200,
    },
    approximateNumber: 100_000,
    presence: { ...presence },
    caseRule: {
      issuer: { name: 'cases.housing', publicKey: encodeBase64(caseKey) },
      officialAssigned: true,
      subjectIsParty: true,
      open: true,
    },
    consentIssuers: [],
    notice: { kind: 'immediate' },
    contest: { days: 30 },
    retention: { days: 90, disposal: 'delete' },
    noRedisclosure: true,
    verificationProcedure: 'The test compares the answer with what it wrote into the register.',
    dpiaReference: 'Nobody in it exists.',
    notBeforeMs: begin,
    notAfterMs: begin + 365 * dayMs,
    signatures: [],
    ...terms,
  })
  if (agreement.kind !== 'person') throw new TypeError('the fixture is about persons')
  return agreement
}

/** The consumer's keys; only the public halves go to the provider. */
function drawSeeds(): Record<'gateway' | 'log' | 'case' | 'dpo', Uint8Array> {
  const draw = (): Uint8Array => systemRandomness.bytes(32)
  return { gateway: draw(), log: draw(), case: draw(), dpo: draw() }
}

type Seeds = ReturnType<typeof drawSeeds>

const consumerOrigin = 'housing.localhost/log/2026h2'

function configFor(
  tax: FoundedOrganisation,
  ports: readonly number[],
  given: {
    readonly seeds: Seeds
    readonly cases: readonly FixtureCase[]
    readonly publishSeconds: number
  },
): NodeConfig {
  const ed25519 = bestEd25519()
  const { seeds, cases, publishSeconds } = given
  const publicKey = (seed: Uint8Array): string => encodeBase64(ed25519.publicKey(seed))
  return {
    ...foundedConfig(tax, {
      name: 'Tax Agency',
      listen: { public: `127.0.0.1:${ports[0]}`, admin: `127.0.0.1:${ports[1]}` },
      publishSeconds,
      timeLockMs: 1,
    }),
    peers: [
      {
        id: 'housing',
        url: 'http://127.0.0.1:9',
        gateway_key: publicKey(seeds.gateway),
        log_vkeys: [
          formatVerifierKey(consumerOrigin, SIGNATURE_TYPES.ed25519, ed25519.publicKey(seeds.log)),
        ],
        dpo_key: publicKey(seeds.dpo),
        officials: cases.map(({ official }) => official),
      },
    ],
    registers: {
      income: { kind: 'sqlite', path: 'income.db', description_file: 'income.json' },
    },
    callers: [{ name: 'pages', token_file: 'keys/pages.token', roles: ['ask', 'disclose', 'act'] }],
    limits: { connections: 256, body_bytes: 65_536 },
  }
}

function signByBoth(
  agreement: PersonAgreement,
  providerSeed: Uint8Array,
  consumerSeed: Uint8Array,
): PersonAgreement {
  const ed25519 = bestEd25519()
  const provider = { organisation: agreement.provider, role: 'dpo', seed: providerSeed } as const
  const consumer = { organisation: agreement.consumer, role: 'dpo', seed: consumerSeed } as const
  const { signatures } = signAgreement(
    signAgreement(agreement, provider, ed25519),
    consumer,
    ed25519,
  )
  return { ...agreement, signatures }
}

/** Writes everything that `cloison serve` reads, beside the keys and stores that founding made. */
async function writeFiles(
  dir: string,
  written: {
    readonly config: NodeConfig
    readonly agreement: PersonAgreement
    readonly cases: readonly FixtureCase[]
    readonly callerToken: string
    readonly vkey: string
  },
): Promise<void> {
  const { config, agreement, cases, callerToken, vkey } = written
  await mkdir(join(dir, 'agreements'))
  await writeFile(join(dir, 'agreements', `${agreement.id}.json`), canonicalBytes(agreement))
  await writeFile(join(dir, 'income.json'), JSON.stringify(description))
  await writeFile(join(dir, 'keys', 'pages.token'), `${callerToken}\n`, { mode: 0o600 })
  await writeFile(join(dir, 'policy.txt'), `log ${vkey}\nquorum none\n`)
  await writeFile(join(dir, 'vkeys.txt'), `${vkey}\n`)
  await writeFile(join(dir, 'cloison.yaml'), stringify(config))
  writeRegister(dir, cases)
}

/**
 * Founds the provider `tax` in a new temporary folder, with a small register and an agreement with
 * the consumer `housing`, which exists as keys only. Starts nothing.
 */
export async function makeProvider(options: FixtureOptions = {}): Promise<ProviderFixture> {
  const dir = await mkdtemp(join(tmpdir(), 'cloison-provider-'))
  const nowMs = systemClock.now()
  const ed25519 = bestEd25519()
  const seeds = drawSeeds()
  const cases = makeCases(options.cases ?? 4)
  const ports = await claimPorts(2)
  const identity = {
    id: parseOrganisationId('tax'),
    folder: dir,
    origin: 'tax.localhost/log/2026h2',
  }
  const foundedAtMs = options.foundedAtMs ?? nowMs
  const deps = { clock: { now: () => foundedAtMs }, randomness: systemRandomness, ed25519 }
  const tax = await initOrganisation(identity, deps)
  const presence = options.presence ?? { mode: 'revealed' }
  const compiled = compileTerms(
    ed25519.publicKey(seeds.case),
    { presence, terms: options.terms ?? {} },
    nowMs,
  )
  const agreement = signByBoth(compiled, tax.dpoSeed, seeds.dpo)
  const plain = configFor(tax, ports, {
    seeds,
    cases,
    publishSeconds: options.publishSeconds ?? 1,
  })
  const config = options.config?.(plain) ?? plain
  const callerToken = 'a-token-for-the-tests-only'
  await writeFiles(dir, { config, agreement, cases, callerToken, vkey: tax.logVerifierKey })
  const [legalBasis = ''] = agreement.legalBasis
  const consumer: ConsumerSecrets = {
    id: 'housing',
    provider: 'tax',
    authority: config.listen.public,
    gatewaySeed: encodeBase64(seeds.gateway),
    logSeed: encodeBase64(seeds.log),
    caseSeed: encodeBase64(seeds.case),
    origin: consumerOrigin,
    caseIssuer: 'cases.housing',
    providerGatewayKey: tax.gatewayPublicKey,
    agreement: {
      id: agreement.id,
      version: agreement.version,
      digest: encodeBase64(agreementDigest(agreement)),
      purpose: agreement.purpose,
      legalBasis,
      elements: agreement.dataElements.map(({ name }) => name),
    },
    cases,
  }
  return {
    dir,
    configPath: join(dir, 'cloison.yaml'),
    config,
    adminAddress: config.listen.admin,
    tax,
    consumer,
    agreement,
    callerToken,
  }
}
