import type { z } from 'zod'

import { BytesError, readCanonicalJson } from '../../bytes/index.ts'
import type { Json } from '../../bytes/index.ts'
import { ProtocolError } from '../protocol-error.ts'

/**
 * Reads a message: canonical JSON of at most 64 KiB and depth 16 that fits a closed schema.
 *
 * @throws {@link ProtocolError} `TOO_LARGE` or `MALFORMED`, with the JSON path of the first misfit
 */
export function readMessage<T>(schema: z.ZodType<T>, bytes: Uint8Array): T {
  const read = schema.safeParse(throughGate(bytes))
  if (read.success) return read.data
  // Only the path is told: a schema's message can quote a name or a value, which may be personal.
  const [misfit] = read.error.issues
  throw new ProtocolError('MALFORMED', 'the message does not fit', pathText(misfit?.path ?? []))
}

function throughGate(bytes: Uint8Array): Json {
  try {
    return readCanonicalJson(bytes)
  } catch (error) {
    if (!(error instanceof BytesError)) throw error
    const code = error.code === 'TOO_LARGE' ? 'TOO_LARGE' : 'MALFORMED'
    throw new ProtocolError(code, `the message is refused: ${error.message}`)
  }
}

function pathText(path: readonly PropertyKey[]): string {
  return `$${path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`)).join('')}`
}
