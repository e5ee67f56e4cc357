import { decodeUtf8, encodeBase64, utf8 } from '../../bytes/index.ts'
import type { HttpClient, HttpResponse } from '../../ports/index.ts'

const MOST_HASHES = 63
const MOST_LINES = 64
const MOST_RESPONSE_BYTES = 131_072

/** A witness, as the policy names it. */
export interface Witness {
  readonly name: string
  /** Its submission prefix, such as `https://witness.example/w1`. */
  readonly url: string
}

/** What a witness is asked to cosign. */
export interface AddCheckpoint {
  /** The size that the witness cosigned last, as far as is known; 0 when nothing is. */
  readonly oldSize: number
  /** The consistency proof from `oldSize`, at most 63 hashes of 32 bytes. */
  readonly proof: readonly Uint8Array[]
  /** The signed checkpoint, a whole note. */
  readonly checkpoint: string
}

/** What a witness said, or that it said nothing of use. Nothing in it is verified. */
export type WitnessReply =
  /** 200: signature lines, each with its newline. */
  | { readonly outcome: 'lines'; readonly lines: readonly string[] }
  /** 409 with the size that the witness cosigned last. */
  | { readonly outcome: 'conflict'; readonly size: number }
  /** 400, 403, 404, 422, another code, or 409 without a size. */
  | { readonly outcome: 'refused'; readonly status: number }
  /** A body that is not what the code promises. */
  | { readonly outcome: 'malformed' }
  /** No complete response. */
  | { readonly outcome: 'unreachable' }

/**
 * The body of an add-checkpoint request (C2SP tlog-witness, add-checkpoint).
 *
 * @throws RangeError for more than 63 hashes
 */
export function formatAddCheckpoint({ oldSize, proof, checkpoint }: AddCheckpoint): string {
  if (proof.length > MOST_HASHES) throw new RangeError('a consistency proof has at most 63 hashes')
  const lines = [`old ${String(oldSize)}`, ...proof.map(encodeBase64)]
  return `${lines.join('\n')}\n\n${checkpoint}`
}

/** Sends one add-checkpoint request. Never rejects: a witness that fails is an outcome. */
export async function addCheckpoint(
  witness: Witness,
  request: AddCheckpoint,
  { http, timeoutMs }: { readonly http: HttpClient; readonly timeoutMs: number },
): Promise<WitnessReply> {
  const body = utf8(formatAddCheckpoint(request))
  try {
    const response = await http.send({
      method: 'POST',
      url: `${witness.url.replace(/\/+$/, '')}/add-checkpoint`,
      headers: { 'content-type': 'text/plain; charset=utf-8', 'accept-encoding': 'identity' },
      body,
      timeoutMs,
      maxResponseBytes: MOST_RESPONSE_BYTES,
    })
    return readReply(response)
  } catch {
    return { outcome: 'unreachable' }
  }
}

function readReply({ status, headers, body }: HttpResponse): WitnessReply {
  if (status !== 200 && status !== 409) return { outcome: 'refused', status }
  if (status === 409 && mediaType(headers) !== 'text/x.tlog.size') {
    return { outcome: 'refused', status }
  }
  const text = (headers['content-encoding'] ?? 'identity') === 'identity' ? textOf(body) : undefined
  if (text === undefined) return { outcome: 'malformed' }
  return status === 200 ? readLines(text) : readSize(text)
}

function readLines(text: string): WitnessReply {
  const lines = text.split('\n').map((line) => `${line}\n`)
  const wellFormed =
    lines.pop() === '\n' &&
    lines.length >= 1 &&
    lines.length <= MOST_LINES &&
    lines.every((line) => line.startsWith('— '))
  return wellFormed ? { outcome: 'lines', lines } : { outcome: 'malformed' }
}

function readSize(text: string): WitnessReply {
  const size = /^(?:0|[1-9][0-9]{0,15})\n$/.test(text) ? Number(text) : Number.NaN
  return Number.isSafeInteger(size) ? { outcome: 'conflict', size } : { outcome: 'malformed' }
}

function mediaType(headers: HttpResponse['headers']): string | undefined {
  return headers['content-type']?.split(';')[0]?.trim().toLowerCase()
}

function textOf(body: Uint8Array): string | undefined {
  try {
    return decodeUtf8(body)
  } catch {
    return undefined
  }
}
