import type { NodeConfig } from './config.ts'
import type { FoundedOrganisation } from './init-organisation.ts'

/** What the settings of a founded organisation say beyond what founding has made. */
export interface FoundedWish {
  /** For people. */
  readonly name: string
  readonly listen: NodeConfig['listen']
  /** Seconds between publications of its log. */
  readonly publishSeconds: number
  /** Where its log is published, from its folder; `log` where it is left out. */
  readonly logFolder?: string
  /** Whether published checkpoints are signed with ML-DSA-44 as well; not where it is left out. */
  readonly signsTrees?: boolean
  /** From its folder; `policy.txt` where it is left out. */
  readonly policyFile?: string
  /** The product's own lock where it is left out. */
  readonly timeLockMs?: number | undefined
}

/** The part of a gateway's settings that names what founding has made: keys, stores and log. */
export type FoundedConfig = Pick<
  NodeConfig,
  'version' | 'org' | 'listen' | 'keys' | 'store' | 'log' | 'witness' | 'agreements'
>

/** The settings of what `initOrganisation` has made, by the names that it gives to keys and stores; peers and registers are added. */
export function foundedConfig(
  { id, origin, dpoPublicKey }: Pick<FoundedOrganisation, 'id' | 'origin' | 'dpoPublicKey'>,
  wish: FoundedWish,
): FoundedConfig {
  const { name, listen, publishSeconds, timeLockMs } = wish
  const { logFolder = 'log', policyFile = 'policy.txt', signsTrees = false } = wish
  return {
    version: 1,
    org: { id, name },
    listen,
    keys: {
      gateway_file: 'keys/gateway.key',
      log_file: 'keys/log.key',
      ...(signsTrees && { log_ml_dsa_file: 'keys/log-ml-dsa.key' }),
      record_folder: 'keys/record',
      handle_file: 'keys/handle.key',
      pseudonym_file: 'keys/pseudonym.key',
      dpo_public: dpoPublicKey,
    },
    store: { kind: 'sqlite', path: 'state.db', head_path: 'head.db' },
    log: { origin, folder: logFolder, publish_s: publishSeconds, max_batch: 256 },
    witness: { policy_file: policyFile },
    agreements: {
      folder: 'agreements',
      ...(timeLockMs !== undefined && { time_lock_ms: timeLockMs }),
    },
  }
}
