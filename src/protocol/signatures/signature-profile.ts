import { isInnerList } from 'structured-headers'

import { decodeBase64, encodeBase64 } from '../../bytes/index.ts'
import { organisationOfKeyId } from '../gateway-key-id.ts'
import { dictionaryMember } from './dictionary-member.ts'
import { componentIdentifier } from './signature-base.ts'
import type { Component } from './signature-base.ts'

/** The label of the one signature that counts. It says nothing: `keyid` names the signer. */
const LABEL = 'sig1'
const TAG = 'cloison-v1'
const NONCE_BYTES = 16
const SIGNATURE_BYTES = 64

/** The most seconds between `created` and `expires`. */
export const MAX_TTL_SECONDS = 120

/** What a signature covers in a request, in this order and nothing else. */
export const requestComponents: readonly Component[] = [
  { name: '@method' },
  { name: '@authority' },
  { name: '@path' },
  { name: 'content-type' },
  { name: 'content-digest' },
]

/** What a signature covers in a response: itself, and the request that it answers. */
export const responseComponents: readonly Component[] = [
  { name: '@status' },
  { name: 'content-type' },
  { name: 'content-digest' },
  { name: '@method', req: true },
  { name: '@authority', req: true },
  { name: '@path', req: true },
  { name: 'content-digest', req: true },
  { name: 'signature-input', req: true },
]

const REQUEST_LIST = innerList(requestComponents)
const RESPONSE_LIST = innerList(responseComponents)

/** The parameters of a signature; `alg` is never among them, so it cannot be negotiated. */
export interface SignatureParameters {
  /** Seconds since the epoch. */
  readonly created: number
  readonly expires: number
  /** 16 bytes. */
  readonly nonce: Uint8Array
  readonly keyId: string
}

/** Which of the two lists of components a signature covers. */
export type CoveredMessage = 'request' | 'response'

/** The inner list with its parameters in their one accepted order: the last line of a signature base. */
export function formatParameters(of: CoveredMessage, parameters: SignatureParameters): string {
  const { created, expires, nonce, keyId } = parameters
  const list = of === 'request' ? REQUEST_LIST : RESPONSE_LIST
  const times = `created=${created};expires=${expires}`
  return `${list};${times};nonce="${encodeBase64(nonce)}";keyid="${keyId}";tag="${TAG}"`
}

/** The Signature-Input field of one signature. */
export function formatSignatureInput(parameters: string): string {
  return `${LABEL}=${parameters}`
}

/** The Signature field of one signature. */
export function formatSignature(signature: Uint8Array): string {
  return `${LABEL}=:${encodeBase64(signature)}:`
}

interface WrittenParameters {
  readonly created: unknown
  readonly expires: unknown
  readonly nonce: unknown
  readonly keyId: unknown
  /** The member as it stands in the field. */
  readonly text: string
}

/** A field with the one signature that counts and nothing else, as nearly all are. */
const PLAIN_INPUT =
  /^sig1=\([^()\\]*\);created=(\d{1,15});expires=(\d{1,15});nonce="([A-Za-z0-9+/=]{24})";keyid="([a-z0-9/-]{1,64})";tag="[a-z0-9-]{1,32}"$/
const PLAIN_SIGNATURE = /^sig1=:([A-Za-z0-9+/]{86}==):$/

/** Read by pattern where the field is plain, which what was read must prove by being written again; else by the parser. */
function writtenIn(field: string): WrittenParameters | undefined {
  const [text, created, expires, nonce, keyId] = PLAIN_INPUT.exec(field) ?? []
  if (text !== undefined)
    return { created: Number(created), expires: Number(expires), nonce, keyId, text }
  const member = dictionaryMember(field, LABEL)
  if (member === undefined || !isInnerList(member.value)) return undefined
  const [, given] = member.value
  return {
    created: given.get('created'),
    expires: given.get('expires'),
    nonce: given.get('nonce'),
    keyId: given.get('keyid'),
    text: member.text,
  }
}

/**
 * Reads the parameters of the signature that counts. What was read is written again and must be the
 * text that was received, so a component or parameter that is missing, unknown, repeated, reordered
 * or of another type is refused (`undefined`), as are times and nonces beyond the profile's bounds.
 */
export function readParameters(of: CoveredMessage, field: string): SignatureParameters | undefined {
  const written = writtenIn(field)
  if (written === undefined) return undefined
  const { created, expires, keyId } = written
  const nonce = readNonce(written.nonce)
  if (typeof created !== 'number' || typeof expires !== 'number') return undefined
  if (typeof keyId !== 'string' || nonce === undefined) return undefined
  const parameters = { created, expires, nonce, keyId }
  const text = formatSignatureInput(formatParameters(of, parameters))
  return text === written.text && isInBounds(parameters) ? parameters : undefined
}

/** The 64 bytes of the signature that counts, or `undefined`. */
export function readSignature(field: string): Uint8Array | undefined {
  const [, plain] = PLAIN_SIGNATURE.exec(field) ?? []
  if (plain !== undefined) return readBase64(plain)
  const member = dictionaryMember(field, LABEL)
  if (member === undefined || isInnerList(member.value)) return undefined
  const [value] = member.value
  if (!(value instanceof ArrayBuffer)) return undefined
  const signature = new Uint8Array(value)
  const exact = signature.length === SIGNATURE_BYTES && formatSignature(signature) === member.text
  return exact ? signature : undefined
}

function readNonce(value: unknown): Uint8Array | undefined {
  if (typeof value !== 'string' || value.length !== 24) return undefined
  const nonce = readBase64(value)
  return nonce?.length === NONCE_BYTES ? nonce : undefined
}

/** Strict: a text with stray bits is none. */
function readBase64(text: string): Uint8Array | undefined {
  try {
    return decodeBase64(text)
  } catch {
    return undefined
  }
}

function isInBounds({ created, expires, keyId }: SignatureParameters): boolean {
  const ttl = expires - created
  if (!Number.isSafeInteger(created) || !Number.isSafeInteger(expires) || created < 0) return false
  return ttl > 0 && ttl <= MAX_TTL_SECONDS && organisationOfKeyId(keyId) !== undefined
}

function innerList(components: readonly Component[]): string {
  return `(${components.map(componentIdentifier).join(' ')})`
}
