import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  foundedConfig,
  type FoundedOrganisation,
  initOrganisation,
  type NodeConfig,
} from '../node/index.ts'
import { bestEd25519, claimPorts, systemClock, systemRandomness } from '../platform/index.ts'
import { parseOrganisationId } from '../protocol/index.ts'
import { localAddress, writeConfig } from './demo-config.ts'
import { shardOf } from './demo-layout.ts'
import { makeWitness } from './demo-witnesses.ts'

/** An organisation and its witness on disk, made for one attempt, with keys of their own. */
export interface RestoreOrganisation {
  /** The gateway's folder; copies of it beside it start as well. */
  readonly folder: string
  readonly witnessConfig: string
}

function configOf(founded: FoundedOrganisation, ports: readonly number[]): NodeConfig {
  const [open = 0, admin = 0] = ports
  return {
    ...foundedConfig(founded, {
      name: 'Tax Agency, a copy',
      listen: { public: localAddress(open), admin: localAddress(admin) },
      publishSeconds: 0.2,
      policyFile: '../policy.txt',
      timeLockMs: 1_000,
    }),
    peers: [],
    registers: {},
    callers: [],
    limits: { connections: 16, body_bytes: 65_536 },
  }
}

/**
 * Founds an organisation below `dir` as the demo founds its own, with a witness and with ports and keys
 * of its own: nothing that happens to it touches a log of the running demo. Starts nothing.
 */
export async function foundRestoreOrganisation(dir: string): Promise<RestoreOrganisation> {
  const folder = join(dir, 'today')
  const nowMs = systemClock.now()
  const origin = `tax-copy.localhost/log/${shardOf(nowMs)}`
  const deps = { clock: systemClock, randomness: systemRandomness, ed25519: bestEd25519() }
  const founded = await initOrganisation({ id: parseOrganisationId('tax'), folder, origin }, deps)
  const [witnessPort = 0, ...ports] = await claimPorts(3)
  const witness = await makeWitness({
    alias: 'w1',
    name: 'witness-of-the-copy.localhost/w1',
    folder: join(dir, 'witness'),
    port: witnessPort,
    logs: [founded.logVerifierKey],
  })
  const policy = `log ${founded.logVerifierKey}\nwitness w1 ${witness.vkey} ${witness.url}\nquorum w1\n`
  await writeFile(join(dir, 'policy.txt'), policy)
  await mkdir(join(folder, 'agreements'))
  await writeConfig(folder, configOf(founded, ports))
  return { folder, witnessConfig: join(dir, 'witness', 'witness.yaml') }
}
