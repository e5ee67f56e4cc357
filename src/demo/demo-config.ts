import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { stringify } from 'yaml'
import { encodeBase64Url } from '../bytes/index.ts'
import {
  foundedConfig,
  type FoundedOrganisation,
  type NodeConfig,
  type PeerConfig,
} from '../node/index.ts'
import type { Randomness } from '../ports/index.ts'
import { consentOrganisation, consentUrl } from './demo-consent.ts'
import {
  type DemoOrganisation,
  demoEpochSeconds,
  demoOrganisations,
  demoPublishSeconds,
  demoReconcileSeconds,
  demoReconcileWindowSeconds,
  demoSignalsSeconds,
  demoTimeLockMs,
  portOffsets,
} from './demo-layout.ts'
import type { DemoSealing } from './demo-sealing.ts'
import type { WrittenRegister } from './population-registers.ts'

/** The address of a port of this machine. */
export function localAddress(port: number): string {
  return `127.0.0.1:${port}`
}

/** Where a gateway of the demo listens for peers. */
export function gatewayAddress(organisation: DemoOrganisation, basePort: number): string {
  return localAddress(basePort + organisation.portOffset)
}

/** What the configuration of all gateways is made from. */
export interface DemoNetwork {
  readonly basePort: number
  readonly founded: ReadonlyMap<string, FoundedOrganisation>
  readonly registers: readonly WrittenRegister[]
  /** Pseudonyms of housing's officials by provider. */
  readonly pseudonyms: ReadonlyMap<string, readonly string[]>
  /** For whom officials and the rows of joins are sealed. */
  readonly sealing: DemoSealing
}

function required<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new TypeError(`the demo has no ${what}`)
  return value
}

function peersOf(own: DemoOrganisation, network: DemoNetwork): readonly PeerConfig[] {
  return demoOrganisations
    .filter(({ id }) => id !== own.id)
    .map((peer) => {
      const founded = required(network.founded.get(peer.id), peer.id)
      return {
        id: peer.id,
        url: `http://${gatewayAddress(peer, network.basePort)}`,
        gateway_key: founded.gatewayPublicKey,
        log_vkeys: [founded.logVerifierKey],
        dpo_key: founded.dpoPublicKey,
        officials: peer.id === 'housing' ? (network.pseudonyms.get(own.id) ?? []) : [],
      }
    })
}

function registersOf(own: DemoOrganisation, network: DemoNetwork): NodeConfig['registers'] {
  return Object.fromEntries(
    network.registers
      .filter(({ organisation }) => organisation === own.id)
      .map(({ name, kind, path, descriptionPath }) => [
        name,
        { kind, path, description_file: descriptionPath },
      ]),
  )
}

/** The inspector holds the agencies' logs against each other; they hand them out to nobody else. */
function reconciliationOf({ id }: DemoOrganisation): NodeConfig['reconciliation'] {
  const agencies = demoOrganisations.map((one) => one.id).filter((one) => one !== 'inspector')
  const isInspector = id === 'inspector'
  return {
    inspectors: isInspector ? [] : ['inspector'],
    organisations: isInspector ? agencies : [],
    every_s: demoReconcileSeconds,
    window_s: demoReconcileWindowSeconds,
    state_file: 'reconciliation.json',
  }
}

/** The inspector audits joins with the key that the holders seal for; none is made without libsodium. */
function isAuditing({ id }: DemoOrganisation, { sealing }: DemoNetwork): boolean {
  return id === 'inspector' && sealing.size > 0
}

/** The settings of one gateway of the demo; the same form that every other gateway has. */
export function demoConfig(own: DemoOrganisation, network: DemoNetwork): NodeConfig {
  const { basePort } = network
  const founded = required(network.founded.get(own.id), own.id)
  const sealing = network.sealing.get(own.id)
  const cases = {
    kind: 'http' as const,
    url: `http://${localAddress(basePort + portOffsets.caseSystem)}`,
    token_file: 'keys/cases.token',
  }
  const consentIssuer = { organisation: consentOrganisation, url: consentUrl(basePort) }
  const config = foundedConfig(founded, {
    name: own.name,
    listen: {
      public: gatewayAddress(own, basePort),
      admin: localAddress(basePort + own.portOffset + portOffsets.admin),
    },
    publishSeconds: demoPublishSeconds,
    signsTrees: true,
    policyFile: '../policy.txt',
    timeLockMs: demoTimeLockMs,
  })
  return {
    ...config,
    keys: {
      ...config.keys,
      ...(sealing === undefined ? {} : { sealing }),
      ...(isAuditing(own, network) ? { audit_seal_file: 'keys/sealing.key' } : {}),
    },
    log: { ...config.log, epoch_s: demoEpochSeconds },
    signals: { every_s: demoSignalsSeconds },
    reconciliation: reconciliationOf(own),
    peers: peersOf(own, network),
    registers: registersOf(own, network),
    ...(own.id === 'housing' ? { cases, consent_issuers: [consentIssuer] } : {}),
    callers: [
      {
        name: 'pages',
        token_file: 'keys/pages.token',
        roles: ['ask', 'analyse', 'disclose', 'act', 'administer'],
      },
    ],
    limits: { connections: 256, body_bytes: 65_536 },
  }
}

/** Makes a bearer token in a file that only its owner may read. */
export async function makeToken(path: string, randomness: Randomness): Promise<string> {
  const token = encodeBase64Url(randomness.bytes(24))
  await writeFile(path, `${token}\n`, { mode: 0o600, flag: 'wx' })
  return token
}

/** Writes one gateway's `cloison.yaml`. */
export async function writeConfig(folder: string, config: NodeConfig): Promise<string> {
  await mkdir(folder, { recursive: true })
  const path = join(folder, 'cloison.yaml')
  await writeFile(path, stringify(config))
  return path
}
