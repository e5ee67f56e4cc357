import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { stringify } from 'yaml'
import { addressPattern, type NodeConfig } from './config.ts'
import { NodeError } from './node-error.ts'
import type { FoundedOrganisation } from './init-organisation.ts'

/** What the settings of a new organisation say beyond its keys. */
export interface FirstSettings {
  readonly name: string
  /** `host:port` of the two listeners. */
  readonly listen: NodeConfig['listen']
}

const heading = `# The gateway's settings; each key is explained in docs/reference/configuration.md.
# Secrets are never in here: keys and tokens are named by their files.
`

const shardOf = (origin: string): string => origin.slice(origin.lastIndexOf('/') + 1)

function firstConfig(founded: FoundedOrganisation, settings: FirstSettings): NodeConfig {
  const { id, origin, dpoPublicKey } = founded
  return {
    version: 1,
    org: { id, name: settings.name },
    listen: settings.listen,
    keys: {
      gateway_file: 'keys/gateway.key',
      log_file: 'keys/log.key',
      log_ml_dsa_file: 'keys/log-ml-dsa.key',
      record_folder: 'keys/record',
      handle_file: 'keys/handle.key',
      pseudonym_file: 'keys/pseudonym.key',
      dpo_public: dpoPublicKey,
    },
    store: { kind: 'sqlite', path: 'state.db', head_path: 'head.db' },
    log: { origin, folder: `log/${shardOf(origin)}`, publish_s: 10, max_batch: 256 },
    witness: { policy_file: 'policy.txt' },
    agreements: { folder: 'agreements' },
    peers: [],
    registers: {},
    callers: [],
    limits: { connections: 256, body_bytes: 65_536 },
  }
}

function firstPolicy({ logVerifierKey }: FoundedOrganisation): string {
  return `# Who must have cosigned this organisation's log (C2SP tlog-policy). "none" trusts this machine alone:
# add witnesses that take no part in exchanges before a peer relies on this log.
log ${logVerifierKey}
quorum none
`
}

/** Looks at the addresses before anything is made. @throws {@link NodeError} `CONFIG_INVALID` */
export function requireListen({ public: open, admin }: NodeConfig['listen']): void {
  const wrong = [open, admin].find((address) => !addressPattern.test(address))
  if (wrong === undefined && open !== admin) return
  throw new NodeError(
    'CONFIG_INVALID',
    wrong === undefined
      ? 'The two listeners must have different addresses.'
      : `${JSON.stringify(wrong)} must be an address and a port, as in 127.0.0.1:8411.`,
  )
}

/**
 * Writes what `cloison serve` reads beside keys and stores: `cloison.yaml`, `policy.txt`, `vkeys.txt`
 * and an empty folder of agreements. Never overwrites; rejects with `EEXIST` where one stands.
 */
export async function writeFirstSettings(
  founded: FoundedOrganisation,
  settings: FirstSettings,
): Promise<void> {
  const { folder, logVerifierKey, logTreeVerifierKey } = founded
  const write = (name: string, text: string): Promise<void> =>
    writeFile(join(folder, name), text, { flag: 'wx' })
  await mkdir(join(folder, 'agreements'), { recursive: true })
  await write('policy.txt', firstPolicy(founded))
  await write('vkeys.txt', `${logVerifierKey}\n${logTreeVerifierKey}\n`)
  await write('cloison.yaml', heading + stringify(firstConfig(founded, settings)))
}
