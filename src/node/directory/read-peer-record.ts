import { readFile } from 'node:fs/promises'
import { bestEd25519, PlatformError, undiciHttpClient } from '../../platform/index.ts'
import {
  type DirectoryRecord,
  isGatewayUrl,
  isSignedByItsRoot,
  parseDirectoryRecord,
  ProtocolError,
} from '../../protocol/index.ts'
import { NodeError } from '../node-error.ts'

/** A directory record as somebody handed it over: signed by the root it names, whoever's that is. */
export interface OfferedRecord {
  readonly record: DirectoryRecord
  readonly bytes: Uint8Array
}

async function download(url: string): Promise<Uint8Array> {
  // Whoever answers, the record's own signature and the comparison of its fingerprint decide.
  await using http = undiciHttpClient({ pinsOf: () => ({ pins: 'any' }) })
  const reply = await http.send({
    method: 'GET',
    url: `${url}/v1/directory`,
    headers: {},
    timeoutMs: 10_000,
    maxResponseBytes: 65_536,
  })
  if (reply.status === 200) return reply.body
  throw new NodeError(
    'CONFIG_INVALID',
    `${url} serves no directory record (status ${reply.status}); ask the organisation for its file.`,
  )
}

async function readBytes(source: string): Promise<Uint8Array> {
  try {
    if (isGatewayUrl(source)) return await download(source)
    return new Uint8Array(await readFile(source))
  } catch (cause) {
    if (cause instanceof NodeError) throw cause
    const reason =
      cause instanceof PlatformError
        ? 'cannot be reached'
        : 'cannot be read as a file and is no address such as https://tax.example:8411'
    throw new NodeError('CONFIG_INVALID', `${source} ${reason}.`, { cause })
  }
}

/**
 * Reads a directory record from a file, or from the gateway at an address, and checks that its own
 * root has signed it. Whose root that is, people must compare.
 *
 * @throws {@link NodeError} `CONFIG_INVALID`, `DIRECTORY_REFUSED`
 */
export async function readPeerRecord(source: string): Promise<OfferedRecord> {
  const bytes = await readBytes(source)
  try {
    const record = parseDirectoryRecord(bytes)
    if (isSignedByItsRoot(record, bestEd25519())) return { record, bytes }
  } catch (cause) {
    if (!(cause instanceof ProtocolError)) throw cause
    throw new NodeError(
      'DIRECTORY_REFUSED',
      `${source} is no directory record: ${cause.message}.`,
      {
        cause,
      },
    )
  }
  throw new NodeError(
    'DIRECTORY_REFUSED',
    `${source} is not signed by the root key that it names: it was changed or damaged on the way.`,
  )
}
