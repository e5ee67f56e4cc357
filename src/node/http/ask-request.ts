import * as z from 'zod'
import {
  BytesError,
  type Json,
  readCanonicalJson,
  canonicalBytes,
  decodeUtf8,
} from '../../bytes/index.ts'
import type { AskRequest } from '../../person/index.ts'
import {
  ELEMENT_NAME,
  exchangeIdSchema,
  MAX_ELEMENTS,
  ProtocolError,
  subjectSchema,
  suppliedSchema,
} from '../../protocol/index.ts'

const official = z.strictObject({ id: z.string().min(1).max(64), authTimeMs: z.int().min(0) })

/** A request as its body has it; who asks may be left to the access token. */
export type AskBody = Omit<AskRequest, 'idempotencyKey' | 'official'> & {
  readonly official?: AskRequest['official']
}

const askBody = z.strictObject({
  agreement: z.string().regex(/^[a-z0-9][a-z0-9_-]{0,63}$/),
  elements: z.array(z.string().regex(ELEMENT_NAME)).min(1).max(MAX_ELEMENTS),
  subject: subjectSchema,
  case: z.string().min(1).max(128),
  official: official.exactOptional(),
  exchangeId: exchangeIdSchema.exactOptional(),
  consent: z
    .string()
    .regex(/^[\x21-\x7e]{1,4096}$/)
    .exactOptional(),
  supplied: suppliedSchema.exactOptional(),
  confirmation: official.exactOptional(),
})

/** Accepts an {@link AskBody}; the source of the interface's description as well. */
export const askBodySchema: z.ZodType<AskBody> = askBody

/** What a question and a wish for consent to it have in common: everything but what only a question has. */
export const wishBodySchema: z.ZodType<Omit<AskBody, 'consent' | 'supplied' | 'confirmation'>> =
  askBody.omit({
    consent: true,
    supplied: true,
    confirmation: true,
  })

/** What an `Idempotency-Key` may look like. */
export const idempotencyKeyPattern: RegExp = /^[\x21-\x7e]{8,128}$/

/** In valid JSON a colon behind a string makes it a key, and nothing else does. */
const stringToken = /"(?:[^"\\]|\\.)*"(\s*:)?/g

/** The members that a text of valid JSON writes down, those included that a parser drops silently. */
function writtenMembers(text: string): number {
  return [...text.matchAll(stringToken)].filter(([, colon]) => colon !== undefined).length
}

function membersOf(json: Json): number {
  if (typeof json !== 'object' || json === null) return 0
  const inside: readonly Json[] = Array.isArray(json) ? json : Object.values(json)
  const own = Array.isArray(json) ? 0 : inside.length
  return inside.reduce<number>((count, one) => count + membersOf(one), own)
}

/** Made once: making it costs more than reading with it. */
const callerJson: z.ZodType<Json> = z.json()

/**
 * JSON of a caller inside the organisation: it need not be canonical, but keys may not repeat.
 *
 * @throws {@link ProtocolError} `MALFORMED`
 */
export function readCallerJson(body: Uint8Array): Json {
  try {
    const text = decodeUtf8(body)
    const json = readCanonicalJson(canonicalBytes(callerJson.parse(JSON.parse(text))))
    if (writtenMembers(text) === membersOf(json)) return json
    throw new ProtocolError('MALFORMED', 'the body has a key twice')
  } catch (cause) {
    if (
      cause instanceof BytesError ||
      cause instanceof SyntaxError ||
      cause instanceof z.ZodError ||
      // Nested so deep that the stack is full.
      cause instanceof RangeError
    ) {
      throw new ProtocolError('MALFORMED', 'the body is not JSON that can be read')
    }
    throw cause
  }
}

/**
 * Reads the body of `POST /v1/ask` and its `Idempotency-Key`.
 *
 * @throws {@link ProtocolError} `MALFORMED`, without a word of the body
 */
export function readAskRequest(
  body: Uint8Array,
  idempotencyKey: string | undefined,
): AskBody & Pick<AskRequest, 'idempotencyKey'> {
  if (idempotencyKey === undefined || !idempotencyKeyPattern.test(idempotencyKey)) {
    throw new ProtocolError(
      'MALFORMED',
      'an Idempotency-Key of 8 to 128 printable characters is needed',
    )
  }
  const parsed = askBodySchema.safeParse(readCallerJson(body))
  if (!parsed.success)
    throw new ProtocolError('MALFORMED', 'the request is not in the form of the specification')
  return { ...parsed.data, idempotencyKey }
}
