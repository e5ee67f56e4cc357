import { canonicalBytes, equalBytes, readCanonicalJson, utf8 } from '../../bytes/index.ts'
import { IdentityError, type ShownEntry } from '../../person/index.ts'
import { undiciHttpClient } from '../../platform/index.ts'
import { folderSource, urlSource } from '../log-source.ts'

/** Longer than a governance record may be. */
const maxBytes = 131_072

async function readPublished(target: string, path: string): Promise<Uint8Array | undefined> {
  if (!/^https?:\/\//.test(target)) return folderSource(target).read(path, maxBytes)
  await using http = undiciHttpClient()
  return await urlSource(target, http).read(path, maxBytes)
}

/**
 * Whether the published log at `target` has the opening, with the same secret and the same record, so that who
 * took what is sealed past the gateway finds no holder to open it. That this log verifies, `log verify` says.
 *
 * @throws {@link IdentityError} `IDENTITY_NOT_LOGGED`
 */
export async function requireLogged(
  { index, r, record }: ShownEntry,
  target: string,
): Promise<void> {
  const published = await readPublished(target, `governance/${index}`)
  const said = canonicalBytes({ index, r, record: readCanonicalJson(utf8(record)) })
  if (published !== undefined && equalBytes(published, said)) return
  throw new IdentityError(
    'IDENTITY_NOT_LOGGED',
    `The log at ${target} does not have this opening as entry ${index}. If it was made just now, wait until it is published; otherwise give nothing on, and tell the inspector.`,
  )
}
