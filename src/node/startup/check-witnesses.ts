import { encodeHex, utf8 } from '../../bytes/index.ts'
import { sha256 } from '../../crypto/index.ts'
import type { HttpClient } from '../../ports/index.ts'
import { NodeError } from '../node-error.ts'
import { type OwnLog, requireContinued } from './own-log.ts'

const request = {
  method: 'GET',
  headers: { 'accept-encoding': 'identity' },
  timeoutMs: 2_000,
  maxResponseBytes: 131_072,
} as const

/** A witness that can be reached. */
export interface ReachableWitness {
  readonly name: string
  readonly url: string
}

/** What asking one witness at the start came to. */
export interface WitnessedSize {
  readonly name: string
  /** What it cosigned last; `undefined` when it did not say, or says something this log never signed. */
  readonly size: number | undefined
  readonly reached: boolean
}

async function fetchCosigned(
  { url }: ReachableWitness,
  origin: string,
  http: HttpClient,
): Promise<Uint8Array | 'none' | undefined> {
  const path = `/${encodeHex(sha256(utf8(origin)))}/checkpoint`
  try {
    const reply = await http.send({ ...request, url: `${url.replace(/\/+$/, '')}${path}` })
    return reply.status === 200 ? reply.body : 'none'
  } catch {
    return undefined
  }
}

/** A log is published before a witness sees it, so no witness knows more than was published. */
function requirePublished(name: string, size: number, published: number | undefined): void {
  if (size <= (published ?? 0)) return
  throw new NodeError(
    'LOG_REGRESSED',
    `The witness ${name} has cosigned ${size} entries, the published folder ends at entry ${published ?? 0}: an older folder was put back.`,
  )
}

/**
 * Asks a witness, on its monitoring path, for the newest checkpoint of this log that it cosigned,
 * and holds it against the stores and the published folder. A witness cannot make up a checkpoint:
 * only what this log has signed counts.
 *
 * @throws {@link NodeError} `LOG_REGRESSED`, `LOG_FORKED`
 */
export async function checkWitness(
  witness: ReachableWitness,
  own: OwnLog & { readonly published: number | undefined },
  http: HttpClient,
): Promise<WitnessedSize> {
  const { name } = witness
  const note = await fetchCosigned(witness, own.origin, http)
  if (note === undefined) return { name, size: undefined, reached: false }
  const size =
    note === 'none' ? undefined : await requireContinued(note, `The witness ${name}`, own)
  if (size !== undefined) requirePublished(name, size, own.published)
  return { name, size, reached: true }
}
