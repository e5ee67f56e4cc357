import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  type AboutPersons,
  type Agreement,
  agreementDigest,
  isAboutPersons,
  type PersonAgreement,
  signAgreement,
} from '../../agreement/index.ts'
import { canonicalBytes, encodeBase64 } from '../../bytes/index.ts'
import {
  foundedConfig,
  type FoundedOrganisation,
  initOrganisation,
  type NodeConfig,
  type RegisterConfig,
} from '../../node/index.ts'
import { bestEd25519, systemClock, systemRandomness } from '../../platform/index.ts'
import { parseOrganisationId } from '../../protocol/index.ts'
import { writeTable } from '../../storage/sqlite/index.ts'
import { redAgreement, type RedAgreementId } from './red-agreements.ts'
import { redConsumerRecord, type RedSecrets } from './red-consumer.ts'
import { type RedRegister, redRegisters } from './red-people.ts'
import { suspendOnDisk } from './suspend-on-disk.ts'

/** A provider on disk, ready to be served. */
export interface FoundedProvider {
  readonly organisation: FoundedOrganisation
  readonly configFile: string
  readonly agreements: ReadonlyMap<RedAgreementId, AboutPersons>
  /** `host:port` of the two listeners. */
  readonly authority: string
  readonly admin: string
  /** The token of the officer's and the pages' calls to the inner listener. */
  readonly callerTokens: { readonly pages: string; readonly officer: string }
}

/** What a provider is founded with. */
export interface ProviderWish {
  readonly id: 'tax' | 'social'
  /** The folder above the provider's own. */
  readonly dir: string
  readonly ports: readonly [number, number]
  readonly secrets: RedSecrets
  readonly agreements: readonly RedAgreementId[]
  /** Its consumer's officials, by pseudonym. */
  readonly officials: readonly string[]
  /** Of `income`, `residence` and `care`. */
  readonly registers: readonly string[]
  /** Rows of each register. */
  readonly people: number
  /** How many residents each register says that it is about. */
  readonly population: number
  /** About how many people each agreement is. */
  readonly approximateNumber: number
  readonly caps?: PersonAgreement['caps']
  /** The product's own lock unless told: 14 days. */
  readonly timeLockMs?: number
}

const ed25519 = bestEd25519()

function registersOf({ registers, population }: ProviderWish): readonly RedRegister[] {
  return redRegisters(population).filter(({ description: { name } }) => registers.includes(name))
}

async function writeRegisters(folder: string, wish: ProviderWish): Promise<void> {
  await mkdir(join(folder, 'register'))
  for (const { description, create, insert, row } of registersOf(wish)) {
    const file = join(folder, 'register', description.name)
    const rows = Array.from({ length: wish.people }, (_, place) => row(place))
    writeTable({ path: `${file}.db`, create, insert, rows })
    await writeFile(`${file}.json`, JSON.stringify(description))
  }
}

function signedAgreements(
  wish: ProviderWish,
  { dpoSeed }: FoundedOrganisation,
): ReadonlyMap<RedAgreementId, AboutPersons> {
  const { id: provider, secrets, approximateNumber: people, caps } = wish
  const keys = {
    cases: ed25519.publicKey(secrets.cases),
    consents: ed25519.publicKey(secrets.consents),
    authority: ed25519.publicKey(secrets.authority),
    dpo: ed25519.publicKey(secrets.dpo),
  }
  const nowMs = systemClock.now()
  const signers = [
    { organisation: provider, role: 'dpo', seed: dpoSeed },
    { organisation: 'housing', role: 'dpo', seed: secrets.dpo },
  ] as const
  const signed = wish.agreements.map((id) => {
    const given = { provider, people, keys, nowMs, ...(caps === undefined ? {} : { caps }) }
    const agreement = signers.reduce<Agreement>(
      (made, { organisation, role, seed }) =>
        signAgreement(
          made,
          { organisation: parseOrganisationId(organisation), role, seed },
          ed25519,
        ),
      redAgreement(id, given),
    )
    if (!isAboutPersons(agreement)) throw new TypeError('the red team asks about persons')
    return [id, agreement] as const
  })
  return new Map(signed)
}

function configOf(wish: ProviderWish, organisation: FoundedOrganisation): NodeConfig {
  const { ports, timeLockMs, officials, secrets } = wish
  const registers: Record<string, RegisterConfig> = {}
  for (const { description } of registersOf(wish)) {
    const file = `register/${description.name}`
    const description_file = `${file}.json`
    registers[description.name] = { kind: 'sqlite', path: `${file}.db`, description_file }
  }
  return {
    ...foundedConfig(organisation, {
      name: `Provider ${wish.id} of the red team`,
      listen: { public: `127.0.0.1:${ports[0]}`, admin: `127.0.0.1:${ports[1]}` },
      publishSeconds: 0.5,
      timeLockMs,
    }),
    peers: [
      {
        id: 'housing',
        root_key: encodeBase64(ed25519.publicKey(secrets.root)),
        record_file: 'housing.json',
        officials,
      },
    ],
    directory: { key_lock_ms: 1, root_lock_ms: 1 },
    registers,
    callers: [
      { name: 'pages', token_file: 'keys/pages.token', roles: ['disclose'] },
      { name: 'officer', token_file: 'keys/officer.token', roles: ['act'] },
    ],
    limits: {
      connections: 256,
      body_bytes: 65_536,
      connections_per_address: 256,
      connections_per_peer: 256,
      requests_per_peer_per_minute: 1_000_000,
    },
  }
}

async function writeTokens(folder: string): Promise<FoundedProvider['callerTokens']> {
  const draw = (): string => encodeBase64(systemRandomness.bytes(24)).replaceAll('/', '-')
  const tokens = { pages: draw(), officer: draw() }
  for (const [name, token] of Object.entries(tokens))
    await writeFile(join(folder, 'keys', `${name}.token`), `${token}\n`, { mode: 0o600 })
  return tokens
}

/**
 * Founds one provider below `dir`, as `cloison serve` takes it: keys, registers, signed agreements, one peer with
 * its directory record. The agreement `rent-suspended` is suspended by the provider's officer beforehand. Starts nothing.
 */
export async function foundProvider(wish: ProviderWish): Promise<FoundedProvider> {
  const { id, dir, secrets, ports } = wish
  const deps = { clock: systemClock, randomness: systemRandomness, ed25519 }
  const identity = {
    id: parseOrganisationId(id),
    folder: join(dir, id),
    origin: `${id}.localhost/log/redteam`,
  }
  const organisation = await initOrganisation(identity, deps)
  const { folder, logVerifierKey } = organisation
  const agreements = signedAgreements(wish, organisation)
  await mkdir(join(folder, 'agreements'))
  for (const [name, agreement] of agreements)
    await writeFile(join(folder, 'agreements', `${name}.json`), canonicalBytes(agreement))
  const record = redConsumerRecord(secrets, 1, { ed25519, nowMs: systemClock.now() })
  await writeFile(join(folder, 'housing.json'), canonicalBytes(record))
  await writeFile(join(folder, 'policy.txt'), `log ${logVerifierKey}\nquorum none\n`)
  await writeFile(join(folder, 'vkeys.txt'), `${logVerifierKey}\n`)
  await writeRegisters(folder, wish)
  const callerTokens = await writeTokens(folder)
  const configFile = join(folder, 'cloison.yaml')
  // JSON is YAML.
  await writeFile(configFile, JSON.stringify(configOf(wish, organisation)))
  const suspended = agreements.get('rent-suspended')
  if (suspended !== undefined)
    await suspendOnDisk(organisation, encodeBase64(agreementDigest(suspended)))
  return {
    organisation,
    configFile,
    agreements,
    authority: `127.0.0.1:${ports[0]}`,
    admin: `127.0.0.1:${ports[1]}`,
    callerTokens,
  }
}
