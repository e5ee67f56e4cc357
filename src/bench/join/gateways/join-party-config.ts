import {
  foundedConfig,
  type FoundedOrganisation,
  type NodeConfig,
  type PeerConfig,
} from '../../../node/index.ts'
import type { BenchPorts } from '../../fixture/bench-config.ts'
import { type BenchParty, benchParties, holderOf } from './bench-parties.ts'

/** What the configuration of each party is made from. */
export interface JoinParties {
  readonly organisations: Readonly<Record<BenchParty, FoundedOrganisation>>
  readonly portsOf: (party: BenchParty) => BenchPorts
  /** Public sealing keys, base64. */
  readonly sealing: Readonly<Record<'tax' | 'housing' | 'inspector', string>>
  readonly limits: Partial<NodeConfig['limits']>
}

function peersOf(own: BenchParty, { organisations, portsOf }: JoinParties): readonly PeerConfig[] {
  return benchParties
    .filter((party) => party !== own)
    .map((party) => {
      const { gatewayPublicKey, logVerifierKey, dpoPublicKey } = organisations[party]
      return {
        id: party,
        url: `http://127.0.0.1:${portsOf(party).publicPort}`,
        gateway_key: gatewayPublicKey,
        log_vkeys: [logVerifierKey],
        dpo_key: dpoPublicKey,
        officials: [],
      }
    })
}

function registersOf(own: BenchParty): NodeConfig['registers'] {
  if (own !== holderOf.left && own !== holderOf.right) return {}
  const name = own === holderOf.left ? 'left_people' : 'right_people'
  const [path, description_file] = ['register/people.db', 'register/people.json']
  return { [name]: { kind: 'sqlite', path, description_file } }
}

/** Holders seal for the inspector, and the inspector opens. */
function sealingOf(own: BenchParty, { sealing }: JoinParties): Partial<NodeConfig['keys']> {
  if (own === 'inspector') return { audit_seal_file: 'keys/seal.key' }
  if (own === 'social') return {}
  const inspector = { inspector: 'inspector', inspector_public: sealing.inspector }
  return { sealing: { dpo_public: sealing[own], ...inspector } }
}

/** The settings of one party's gateway. */
export function joinPartyConfig(own: BenchParty, parties: JoinParties): NodeConfig {
  const { publicPort, adminPort } = parties.portsOf(own)
  const founded = foundedConfig(parties.organisations[own], {
    name: `${own} in the benchmark`,
    listen: { public: `127.0.0.1:${publicPort}`, admin: `127.0.0.1:${adminPort}` },
    publishSeconds: 1,
    timeLockMs: 1,
  })
  return {
    ...founded,
    keys: { ...founded.keys, ...sealingOf(own, parties) },
    peers: peersOf(own, parties),
    registers: registersOf(own),
    callers: [
      {
        name: 'bench',
        token_file: 'keys/bench.token',
        roles: ['analyse', 'act', 'administer'],
      },
    ],
    limits: { connections: 256, body_bytes: 65_536, ...parties.limits },
  }
}
