import { encodeBase64 } from '../../bytes/index.ts'
import { loadConfig, readKeyFile } from '../../node/index.ts'
import { bestEd25519 } from '../../platform/index.ts'
import { UsageError } from '../read-subject.ts'

/** How a command is told who signs. */
export interface OfficerOptions {
  readonly key: string
  readonly config?: string
  readonly org?: string
}

/** A data protection officer at work: the organisation, and the key. */
export interface Officer {
  readonly organisation: string
  /** 32 bytes, secret. */
  readonly seed: Uint8Array
}

/**
 * Reads an officer's key, and holds it against the configuration where there is one.
 *
 * @throws {@link UsageError}; `NodeError` for a file that is no key
 */
export async function readOfficer({ key, config, org }: OfficerOptions): Promise<Officer> {
  const seed = await readKeyFile(key)
  if (config === undefined) {
    if (org === undefined)
      throw new UsageError('say who signs: -c with the configuration file, or --org.')
    if (!/^[a-z][a-z0-9-]{1,30}$/.test(org))
      throw new UsageError(`--org must be an organisation's id, such as tax.`)
    return { organisation: org, seed }
  }
  const { config: settings } = await loadConfig(config)
  if (org !== undefined && org !== settings.org.id)
    throw new UsageError(`--org says ${org}, and ${config} is that of ${settings.org.id}.`)
  if (encodeBase64(bestEd25519().publicKey(seed)) !== settings.keys.dpo_public) {
    throw new UsageError(
      `${key} is not the key of ${settings.org.id}'s data protection officer: its public half is not "keys.dpo_public" of ${config}.`,
    )
  }
  return { organisation: settings.org.id, seed }
}
