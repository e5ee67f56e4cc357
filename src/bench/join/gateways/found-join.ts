import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { canonicalBytes, encodeBase64, encodeBase64Url } from '../../../bytes/index.ts'
import {
  type FoundedOrganisation,
  type FoundingDeps,
  initOrganisation,
  makeKeyFile,
  type NodeConfig,
} from '../../../node/index.ts'
import { claimPorts, sodiumSealedBox } from '../../../platform/index.ts'
import { type Side, sides } from '../../../population/psi/index.ts'
import { parseOrganisationId } from '../../../protocol/index.ts'
import { writeTable } from '../../../storage/sqlite/index.ts'
import { BenchError } from '../../bench-error.ts'
import type { BenchPorts } from '../../fixture/bench-config.ts'
import { type BenchParty, benchParties, byPartyDone, holderOf } from './bench-parties.ts'
import { benchDescription, benchKinds, type BenchRegisters, benchRows } from './bench-registers.ts'
import { joinAgreement, joinAgreementId } from './join-agreement.ts'
import { type JoinParties, joinPartyConfig } from './join-party-config.ts'

/** What four organisations are founded with. */
export interface JoinWorld {
  /** An empty or missing folder. */
  readonly dir: string
  readonly registers: BenchRegisters
  /** Settings that are the same for all four. */
  readonly limits: Partial<NodeConfig['limits']>
}

/** One organisation on disk, ready to be served. */
export interface FoundedParty extends BenchPorts {
  readonly organisation: FoundedOrganisation
  readonly configFile: string
  /** Absolute paths of its runs and their keys. */
  readonly runs: { readonly path: string; readonly keyPath: string }
}

/** All four, and the token that opens each one's inner interface. */
export interface FoundedJoin {
  readonly parties: Readonly<Record<BenchParty, FoundedParty>>
  readonly token: string
}

function foundAll(
  dir: string,
  deps: FoundingDeps,
): Promise<Record<BenchParty, FoundedOrganisation>> {
  return byPartyDone((id) => {
    const origin = `${id}.localhost/log/bench`
    return initOrganisation({ id: parseOrganisationId(id), folder: join(dir, id), origin }, deps)
  })
}

async function writeRegister(folder: string, side: Side, registers: BenchRegisters): Promise<void> {
  await mkdir(join(folder, 'register'))
  const description = benchDescription(side, registers)
  const { table, subject } = description
  const columns = `${subject.column}, ${benchKinds[side]}`
  writeTable({
    path: join(folder, 'register', 'people.db'),
    create: `CREATE TABLE ${table} (${subject.column} TEXT PRIMARY KEY, ${benchKinds[side]} TEXT NOT NULL)`,
    insert: `INSERT INTO ${table} (${columns}) VALUES (?, ?)`,
    rows: benchRows(side, registers),
  })
  await writeFile(join(folder, 'register', 'people.json'), JSON.stringify(description))
}

async function writeAgreements(
  all: Readonly<Record<BenchParty, FoundedOrganisation>>,
  { clock, ed25519 }: FoundingDeps,
): Promise<void> {
  for (const side of sides) {
    const [holder, other] = [all[holderOf[side]], all[holderOf[side === 'left' ? 'right' : 'left']]]
    const parties = { side, holder, other, tally: all.social, inspector: all.inspector }
    const bytes = canonicalBytes(joinAgreement(parties, clock.now(), ed25519))
    for (const { folder } of [holder, all.social])
      await writeFile(join(folder, 'agreements', `${joinAgreementId(side)}.json`), bytes)
  }
}

/**
 * The public halves of new sealing keys of both holders' officers and of the inspector.
 *
 * @throws {@link BenchError} `TIER_UNKNOWN` on a machine that cannot seal
 */
async function sealingKeys(
  all: Readonly<Record<BenchParty, FoundedOrganisation>>,
  { randomness }: FoundingDeps,
): Promise<JoinParties['sealing']> {
  const box = sodiumSealedBox()
  if (box === undefined) throw new BenchError('TIER_UNKNOWN', 'Joins need libsodium.')
  const make = async ({ folder }: FoundedOrganisation): Promise<string> =>
    encodeBase64(box.publicKey(await makeKeyFile(join(folder, 'keys', 'seal.key'), randomness)))
  return {
    tax: await make(all.tax),
    housing: await make(all.housing),
    inspector: await make(all.inspector),
  }
}

/**
 * Founds two holders with registers of made-up people, the organisation that asks, and the inspector: keys, logs, agreements,
 * sealing and configurations, as `cloison serve` takes them.
 *
 * @throws {@link BenchError} `TIER_UNKNOWN`
 */
export async function foundJoin(world: JoinWorld, deps: FoundingDeps): Promise<FoundedJoin> {
  const organisations = await foundAll(world.dir, deps)
  const all = Object.values(organisations)
  const policy = `${all.map((one) => `log ${one.logVerifierKey}`).join('\n')}\nquorum none\n`
  const token = encodeBase64Url(deps.randomness.bytes(24))
  for (const { folder } of all) {
    await mkdir(join(folder, 'agreements'))
    await writeFile(join(folder, 'policy.txt'), policy)
    await writeFile(join(folder, 'keys', 'bench.token'), `${token}\n`, { mode: 0o600 })
  }
  await writeAgreements(organisations, deps)
  for (const side of sides)
    await writeRegister(organisations[holderOf[side]].folder, side, world.registers)
  const claimed = await claimPorts(2 * benchParties.length)
  const portsOf = (party: BenchParty): BenchPorts => {
    const at = 2 * benchParties.indexOf(party)
    return { publicPort: claimed[at] ?? 0, adminPort: claimed[at + 1] ?? 0 }
  }
  const sealing = await sealingKeys(organisations, deps)
  const parties = { organisations, portsOf, sealing, limits: world.limits }
  const written = async (party: BenchParty): Promise<FoundedParty> => {
    const { folder } = organisations[party]
    const configFile = join(folder, 'cloison.yaml')
    // JSON is YAML.
    await writeFile(configFile, JSON.stringify(joinPartyConfig(party, parties)))
    const runs = { path: join(folder, 'joins'), keyPath: join(folder, 'keys', 'joins') }
    return { organisation: organisations[party], configFile, runs, ...portsOf(party) }
  }
  return { parties: await byPartyDone(written), token }
}
