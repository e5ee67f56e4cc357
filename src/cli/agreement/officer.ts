import { encodeBase64 } from '../../bytes/index.ts'
import {
  type LoadedConfig,
  loadConfig,
  NodeError,
  readKeyFile,
  readOwnRecordFile,
} from '../../node/index.ts'
import { bestEd25519 } from '../../platform/index.ts'
import { UsageError } from '../read-subject.ts'

/** How a command is told who signs. */
export interface OfficerOptions {
  readonly key: string
  readonly config?: string
  readonly org?: string
  /** The key is the inspector's, not the data protection officer's. */
  readonly inspector?: boolean
}

/** A data protection officer at work: the organisation, and the key. */
export interface Officer {
  readonly organisation: string
  /** 32 bytes, secret. */
  readonly seed: Uint8Array
}

/** An inspector's key is one that the own directory record lists: peers hold countersignatures against it. */
async function requireInspectorKey(
  publicKey: string,
  file: string,
  loaded: LoadedConfig,
): Promise<void> {
  const { record } = await readOwnRecordFile(loaded)
  const isListed = record.keys.some((key) => key.use === 'inspector' && key.publicKey === publicKey)
  if (isListed) return
  throw new UsageError(
    `${file} is no inspector's key of ${loaded.config.org.id}: its directory record does not list it. Make one with "cloison key new inspector".`,
  )
}

/**
 * Reads an officer's key, and holds it against the configuration where there is one.
 *
 * @throws {@link UsageError}, also for a file that is no key
 */
export async function readOfficer({
  key,
  config,
  org,
  inspector = false,
}: OfficerOptions): Promise<Officer> {
  const seed = await readKeyFile(key).catch((cause: unknown) => {
    throw cause instanceof NodeError ? new UsageError(cause.message, { cause }) : cause
  })
  if (config === undefined) {
    if (org === undefined)
      throw new UsageError('say who signs: -c with the configuration file, or --org.')
    if (!/^[a-z][a-z0-9-]{1,30}$/.test(org))
      throw new UsageError(`--org must be an organisation's id, such as tax.`)
    return { organisation: org, seed }
  }
  const loaded = await loadConfig(config)
  const { config: settings } = loaded
  if (org !== undefined && org !== settings.org.id)
    throw new UsageError(`--org says ${org}, and ${config} is that of ${settings.org.id}.`)
  const publicKey = encodeBase64(bestEd25519().publicKey(seed))
  if (inspector) await requireInspectorKey(publicKey, key, loaded)
  else if (publicKey !== settings.keys.dpo_public) {
    throw new UsageError(
      `${key} is not the key of ${settings.org.id}'s data protection officer: its public half is not "keys.dpo_public" of ${config}. Name that officer's key file, or with -c the organisation whose key this is.`,
    )
  }
  return { organisation: settings.org.id, seed }
}
