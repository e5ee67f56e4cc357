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

/**
 * Reads the parameters of the signature that counts. What was read is written again and must be the
 * text that was received, so a component or parameter that is missing, unknown, repeated, reordered
 * or of another type is refused (`undefined`), as are times and nonces beyond the profile's bounds.
 */
export function readParameters(of: CoveredMessage, field: string): SignatureParameters | undefined {
  const member = dictionaryMember(field, LABEL)
  if (member === undefined || !isInnerList(member.value)) return undefined
  const [, given] = member.value
  const created = given.get('created')
  const expires = given.get('expires')
  const nonce = readNonce(given.get('nonce'))
  const keyId = given.get('keyid')
  if (typeof created !== 'number' || typeof expires !== 'number') return undefined
  if (typeof keyId !== 'string' || nonce === undefined) return undefined
  const parameters = { created, expires, nonce, keyId }
  const text = formatSignatureInput(formatParameters(of, parameters))
  return text === member.text && isInBounds(parameters) ? parameters : undefined
}

/** The 64 bytes of the signature that counts, or `undefined`. */
export function readSignature(field: string): Uint8Array | undefined {
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
  try {
    const nonce = decodeBase64(value)
    return nonce.length === NONCE_BYTES ? nonce : undefined
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
