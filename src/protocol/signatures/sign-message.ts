import { utf8 } from '../../bytes/index.ts'
import type { Ed25519 } from '../../crypto/index.ts'
import { organisationOfKeyId } from '../gateway-key-id.ts'
import { contentDigest, contentDigestOf } from './content-digest.ts'
import { signatureBase } from './signature-base.ts'
import {
  MAX_TTL_SECONDS,
  formatParameters,
  formatSignature,
  formatSignatureInput,
  requestComponents,
  responseComponents,
} from './signature-profile.ts'
import type { CoveredMessage } from './signature-profile.ts'
import { requestModel, responseModel } from './signed-message.ts'
import type { RequestHead } from './signed-message.ts'

/** A gateway's secret message key. */
export interface SignatureKey {
  /** `<organisation>/gateway/<8 hex digits>`. */
  readonly keyId: string
  /** 32 bytes, secret. */
  readonly seed: Uint8Array
}

/** How a message is signed. */
export interface SigningOptions {
  readonly key: SignatureKey
  /** Milliseconds since the epoch; `created` is the second in which it lies. */
  readonly createdAtMs: number
  /** From 1 to 120; 60 unless told. */
  readonly ttlSeconds?: number
  /** 16 fresh random bytes: the receiver refuses the same ones twice. */
  readonly nonce: Uint8Array
  readonly ed25519: Ed25519
}

/** A request that is to be signed. */
export interface UnsignedRequest {
  readonly method: string
  readonly authority: string
  readonly path: string
  readonly contentType: string
  readonly body: Uint8Array
}

/** A request that is to be signed whose body is not in memory. */
export interface UnsignedRequestHead extends Omit<UnsignedRequest, 'body'> {
  /** SHA-256 of the body. */
  readonly bodySha256: Uint8Array
}

/** A response that is to be signed. */
export interface UnsignedResponse {
  readonly status: number
  readonly contentType: string
  readonly body: Uint8Array
}

/**
 * Signs a request (RFC 9421, the profile of spec/message-signatures.md). Returns the fields
 * `content-type`, `content-digest`, `signature-input` and `signature`, to be sent as they are.
 *
 * @throws {@link ProtocolError} `MALFORMED` for a message that the profile does not allow
 * @throws {RangeError} for options beyond their bounds
 */
export function signRequest(
  request: UnsignedRequest,
  options: SigningOptions,
): Record<string, string> {
  return signFields(request, digestedHeaders(request), options)
}

/**
 * Signs a request by the digest of its body, which is sent as it is read.
 *
 * @throws as {@link signRequest}
 */
export function signRequestHead(
  request: UnsignedRequestHead,
  options: SigningOptions,
): Record<string, string> {
  const { contentType, bodySha256 } = request
  const digest = contentDigestOf(bodySha256)
  return signFields(request, { 'content-type': contentType, 'content-digest': digest }, options)
}

function signFields(
  { method, authority, path }: Omit<UnsignedRequest, 'body' | 'contentType'>,
  headers: Record<string, string>,
  options: SigningOptions,
): Record<string, string> {
  const head = { method, authority, path, headers }
  const model = requestModel(head, ['content-type', 'content-digest'])
  const parameters = parametersOf('request', options)
  const base = signatureBase(model, requestComponents, parameters)
  return { ...headers, ...signatureHeaders(base, parameters, options) }
}

/**
 * Signs a response together with the request that it answers, as that was received: its method,
 * authority, path, Content-Digest and Signature-Input.
 *
 * @throws {@link ProtocolError} `MALFORMED`
 * @throws {RangeError} for options beyond their bounds
 */
export function signResponse(
  response: UnsignedResponse,
  request: RequestHead,
  options: SigningOptions,
): Record<string, string> {
  const headers = digestedHeaders(response)
  const model = responseModel({ status: response.status, headers }, request)
  const parameters = parametersOf('response', options)
  const base = signatureBase(model, responseComponents, parameters)
  return { ...headers, ...signatureHeaders(base, parameters, options) }
}

function digestedHeaders(message: {
  readonly contentType: string
  readonly body: Uint8Array
}): Record<string, string> {
  return { 'content-type': message.contentType, 'content-digest': contentDigest(message.body) }
}

function signatureHeaders(
  base: string,
  parameters: string,
  options: SigningOptions,
): Record<string, string> {
  const signature = options.ed25519.sign(utf8(base), options.key.seed)
  return {
    'signature-input': formatSignatureInput(parameters),
    signature: formatSignature(signature),
  }
}

function parametersOf(of: CoveredMessage, options: SigningOptions): string {
  const { key, createdAtMs, ttlSeconds = 60, nonce } = options
  if (!Number.isInteger(ttlSeconds) || ttlSeconds < 1 || ttlSeconds > MAX_TTL_SECONDS) {
    throw new RangeError(`ttlSeconds must be from 1 to ${MAX_TTL_SECONDS}`)
  }
  if (!Number.isSafeInteger(createdAtMs) || createdAtMs < 0) {
    throw new RangeError('createdAtMs must be integer milliseconds since the epoch')
  }
  if (nonce.length !== 16) throw new RangeError('nonce must have 16 bytes')
  if (organisationOfKeyId(key.keyId) === undefined) {
    throw new RangeError('key.keyId must be <organisation>/gateway/<8 hex digits>')
  }
  const created = Math.floor(createdAtMs / 1000)
  return formatParameters(of, { created, expires: created + ttlSeconds, nonce, keyId: key.keyId })
}
