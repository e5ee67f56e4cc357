import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { formatVerifierKey, SIGNATURE_TYPES } from '../log/index.ts'
import { type FoundedOrganisation, makeKeyFile } from '../node/index.ts'
import { bestEd25519, systemRandomness } from '../platform/index.ts'
import { localAddress } from './demo-config.ts'
import {
  demoOrganisations,
  organisationWitnessName,
  portOffsets,
  witnessName,
} from './demo-layout.ts'

/** A witness of the demo on disk. */
export interface DemoWitness {
  /** Its name in the policy. */
  readonly alias: string
  readonly vkey: string
  readonly url: string
}

/** What a witness of the demo is made from. */
export interface WitnessPlan {
  readonly alias: string
  readonly name: string
  readonly folder: string
  readonly port: number
  /** Verifier keys of the logs it cosigns. */
  readonly logs: readonly string[]
}

/** Makes the key and the settings of a witness. Starts nothing. */
export async function makeWitness({
  alias,
  name,
  folder,
  port,
  logs,
}: WitnessPlan): Promise<DemoWitness> {
  const seed = await makeKeyFile(join(folder, 'keys', 'witness.key'), systemRandomness)
  const config = [
    'version: 1',
    `name: ${name}`,
    `listen: ${localAddress(port)}`,
    'key_file: keys/witness.key',
    'store:',
    '  path: witness.db',
    'logs:',
    ...logs.map((vkey) => `  - ${JSON.stringify(vkey)}`),
  ]
  await writeFile(join(folder, 'witness.yaml'), `${config.join('\n')}\n`)
  const publicKey = bestEd25519().publicKey(seed)
  const vkey = formatVerifierKey(name, SIGNATURE_TYPES.cosignature, publicKey)
  return { alias, vkey, url: `http://${localAddress(port)}` }
}

/** The independent witness, of all logs, and one of each organisation, of all logs but its own. */
function witnessPlans(
  dir: string,
  basePort: number,
  founded: ReadonlyMap<string, FoundedOrganisation>,
): readonly WitnessPlan[] {
  const logsBut = (id?: string): readonly string[] =>
    [...founded.values()].filter((one) => one.id !== id).map((one) => one.logVerifierKey)
  const independent = {
    alias: 'w1',
    name: witnessName,
    folder: join(dir, 'witness'),
    port: basePort + portOffsets.witness,
    logs: logsBut(),
  }
  const organisations = demoOrganisations.map(({ id, portOffset }) => ({
    alias: id,
    name: organisationWitnessName(id),
    folder: join(dir, id),
    port: basePort + portOffset + portOffsets.organisationWitness,
    logs: logsBut(id),
  }))
  return [independent, ...organisations]
}

/**
 * Makes the witnesses of the demo, and writes whom everybody trusts: `vkeys.txt`, which has the logs'
 * ML-DSA-44 keys as well, and `policy.txt`.
 * The quorum is the independent witness and one organisation; whoever takes part in an exchange is
 * left out where its receipt is judged.
 */
export async function prepareTrust(
  dir: string,
  basePort: number,
  founded: ReadonlyMap<string, FoundedOrganisation>,
): Promise<{ readonly vkeys: string; readonly policy: string }> {
  const witnesses: DemoWitness[] = []
  for (const plan of witnessPlans(dir, basePort, founded)) witnesses.push(await makeWitness(plan))
  const logs = [...founded.values()].map(({ logVerifierKey }) => logVerifierKey)
  const treeKeys = [...founded.values()].map(({ logTreeVerifierKey }) => logTreeVerifierKey)
  const vkeys = `${[...logs, ...witnesses.map(({ vkey }) => vkey), ...treeKeys].join('\n')}\n`
  const lines = [
    ...logs.map((vkey) => `log ${vkey}`),
    ...witnesses.map(({ alias, vkey, url }) => `witness ${alias} ${vkey} ${url}`),
    `group agencies any ${demoOrganisations.map(({ id }) => id).join(' ')}`,
    'group independent-and-agency all w1 agencies',
    'quorum independent-and-agency',
  ]
  const policy = `${lines.join('\n')}\n`
  await writeFile(join(dir, 'vkeys.txt'), vkeys)
  await writeFile(join(dir, 'policy.txt'), policy)
  return { vkeys, policy }
}
