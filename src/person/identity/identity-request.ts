import * as z from 'zod'
import {
  canonicalBytes,
  encodeBase64,
  type JsonObject,
  readCanonicalJson,
  utf8,
} from '../../bytes/index.ts'
import { sha256 } from '../../crypto/index.ts'
import { exchangeRecordSchema, governanceRecordSchema } from '../../log/index.ts'
import { identityKinds, type ShownEntry } from './identity-act.ts'
import { IdentityError } from './identity-error.ts'
import {
  type HolderRole,
  type IdentityOf,
  type SealedIdentity,
  sealedIdentitySchema,
} from './sealed-identity.ts'

/** What the gateway hands out once the opening is an entry; spec/sealed-identity.md. */
export interface IdentityRequest {
  readonly opening: ShownEntry
  readonly entry: ShownEntry
  readonly sealed: SealedIdentity
  /** Of the entry: whose identity it is, by pseudonym. */
  readonly of: IdentityOf
}

/** What the first holder gives to the second. Secret: with it the other key opens the identity. */
export interface IdentityShare {
  readonly v: 1
  /** Digest of the context, base64: which entry and which holders it is for. */
  readonly context: string
  readonly holder: HolderRole
  /** Half of the key, base64 of 32 bytes. */
  readonly share: string
}

const shownSchema = z.strictObject({
  log: z.string(),
  index: z.int().min(0),
  r: z.string(),
  record: z.string(),
})
const requestSchema = z.strictObject({
  v: z.literal(1),
  opening: shownSchema,
  entry: shownSchema,
  sealed: sealedIdentitySchema,
})
const digestText = z.string().regex(/^[A-Za-z0-9+/]{43}=$/)
const shareSchema: z.ZodType<IdentityShare> = z.strictObject({
  v: z.literal(1),
  context: digestText,
  holder: z.enum(['dpo', 'inspector']),
  share: digestText,
})

function sealedJson({ v, dpo, inspector, identity }: SealedIdentity): JsonObject {
  return { v, dpo: { ...dpo }, inspector: { ...inspector }, identity }
}

/** The request as the gateway answers it. */
export function requestJson({ opening, entry, sealed }: Omit<IdentityRequest, 'of'>): JsonObject {
  return { v: 1, opening: { ...opening }, entry: { ...entry }, sealed: sealedJson(sealed) }
}

function parse<Value>(bytes: Uint8Array, schema: z.ZodType<Value>, what: string): Value {
  try {
    return schema.parse(readCanonicalJson(bytes))
  } catch {
    // The cause would quote what is in the file.
    throw new IdentityError('IDENTITY_FILE_INVALID', `The file is no ${what}.`)
  }
}

const what = 'request to open an identity, as "cloison identity request" writes it'

/**
 * Reads a request and holds its parts together: the opening must be the record of an opening of this entry
 * and of this sealed identity. That it stands in the log, only the log can say.
 *
 * @throws {@link IdentityError} `IDENTITY_FILE_INVALID`, `IDENTITY_OPENING_FOREIGN`
 */
export function readIdentityRequest(bytes: Uint8Array): IdentityRequest {
  const { opening, entry, sealed } = parse(bytes, requestSchema, what)
  const { kind, digest, body } = parse(utf8(opening.record), governanceRecordSchema, what)
  const of = parse(utf8(entry.record), exchangeRecordSchema, what)
  const isAboutEntry = body?.['log'] === entry.log && body['entry'] === entry.index
  const isOfThis = digest === encodeBase64(sha256(canonicalBytes(sealedJson(sealed))))
  if (kind === identityKinds.opened && isAboutEntry && isOfThis)
    return { opening, entry, sealed, of }
  throw new IdentityError(
    'IDENTITY_OPENING_FOREIGN',
    'The opening in this file is about another entry or another sealed identity; have a request made for this one.',
  )
}

/** Reads what the first holder gave. @throws {@link IdentityError} `IDENTITY_FILE_INVALID` */
export function readIdentityShare(bytes: Uint8Array): IdentityShare {
  return parse(bytes, shareSchema, 'share, as "cloison identity open-share" writes it')
}
