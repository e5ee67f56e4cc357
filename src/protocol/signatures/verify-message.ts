import { utf8 } from '../../bytes/index.ts'
import type { Ed25519 } from '../../crypto/index.ts'
import { ProtocolError } from '../protocol-error.ts'
import { contentDigest, readContentDigest } from './content-digest.ts'
import { signatureBase } from './signature-base.ts'
import {
  formatParameters,
  readParameters,
  readSignature,
  requestComponents,
  responseComponents,
} from './signature-profile.ts'
import type { SignatureParameters } from './signature-profile.ts'
import { fieldOf, requestModel, responseModel } from './signed-message.ts'
import type {
  MessageHeaders,
  RequestHead,
  SignedRequest,
  SignedResponse,
} from './signed-message.ts'

/** How far `created` may lie from the receiver's clock, in seconds, to either side. */
export const CREATED_WINDOW_SECONDS = 60
/** How long after `expires` a signature still passes, for clocks that differ a little. */
export const EXPIRY_GRACE_SECONDS = 5

/** How a message is verified. */
export interface VerifyingOptions {
  /** The 32-byte public key of an expected signer, now; `undefined` for anyone else. */
  readonly keyOf: (keyId: string) => Uint8Array | undefined
  readonly nowMs: number
  readonly ed25519: Ed25519
}

/** A message that the owner of a key has signed. */
export interface VerifiedSignature {
  readonly ok: true
  readonly keyId: string
  /** 16 bytes; to be refused a second time until {@link EXPIRY_GRACE_SECONDS} after `expiresAtMs`. */
  readonly nonce: Uint8Array
  readonly createdAtMs: number
  readonly expiresAtMs: number
}

/**
 * Why a message does not count. `MALFORMED`: not in the form of the profile. `PEER_UNKNOWN`: not
 * signed in the name of an expected signer. `SIGNATURE_INVALID`: the signature or the digest does not
 * match. `CLOCK_SKEW`: rightly signed, at another time.
 */
export type SignatureRefusal =
  | {
      readonly ok: false
      readonly code: 'MALFORMED' | 'PEER_UNKNOWN' | 'SIGNATURE_INVALID'
      /** For the operator, not for the peer; holds no value of the message. */
      readonly reason: string
    }
  | {
      readonly ok: false
      readonly code: 'CLOCK_SKEW'
      readonly reason: string
      /** Who signed: the refusal is an authenticated one, which leaves an entry. */
      readonly keyId: string
    }

/** A request whose head the owner of a key has signed: its body counts once it has the digest that is named. */
export interface VerifiedHead extends VerifiedSignature {
  readonly bodySha256: Uint8Array
}

/** What a verification found. */
export type SignatureVerdict = VerifiedSignature | SignatureRefusal

/** Verifies a request under the profile of spec/message-signatures.md. Never throws. */
export function verifyRequest(message: SignedRequest, options: VerifyingOptions): SignatureVerdict {
  return orRefusal(() => {
    const evidence = requestEvidence(message)
    return judge({ ...evidence, isBody: (field) => field === contentDigest(message.body) }, options)
  })
}

/**
 * Verifies a request before its body has come, by the same steps but for the body: whoever reads it must refuse one of another
 * digest than the verdict names. Never throws.
 */
export function verifyRequestHead(
  message: RequestHead,
  options: VerifyingOptions,
): VerifiedHead | SignatureRefusal {
  let bodySha256: Uint8Array | undefined
  const verdict = orRefusal(() => {
    const isBody = (field: string): boolean => {
      bodySha256 = readContentDigest(field)
      return bodySha256 !== undefined
    }
    return judge({ ...requestEvidence(message), isBody }, options)
  })
  if (!verdict.ok) return verdict
  return bodySha256 === undefined
    ? refusal('MALFORMED', 'there is no digest of the body')
    : { ...verdict, bodySha256 }
}

function requestEvidence(message: RequestHead): Omit<Evidence, 'isBody'> {
  const model = requestModel(message, ['content-type', 'content-digest'])
  const parameters = parametersIn('request', message.headers)
  const base = signatureBase(model, requestComponents, formatParameters('request', parameters))
  return { message, parameters, base }
}

/**
 * Verifies a response against the request that this side sent, with the fields that it sent. Never
 * throws. `options.keyOf` must know the asked peer's keys alone.
 */
export function verifyResponse(
  response: SignedResponse,
  request: RequestHead,
  options: VerifyingOptions,
): SignatureVerdict {
  return orRefusal(() => {
    const model = responseModel(response, request)
    const parameters = parametersIn('response', response.headers)
    const base = signatureBase(model, responseComponents, formatParameters('response', parameters))
    const isBody = (field: string): boolean => field === contentDigest(response.body)
    return judge({ message: response, parameters, base, isBody }, options)
  })
}

interface Evidence {
  readonly message: { readonly headers: MessageHeaders }
  readonly parameters: SignatureParameters
  readonly base: string
  /** Whether a Content-Digest field is the body's. */
  readonly isBody: (field: string) => boolean
}

/** The cheap checks are done; from here the order decides who is told what, and what is an entry. */
function judge(evidence: Evidence, options: VerifyingOptions): SignatureVerdict {
  const { message, parameters, base, isBody } = evidence
  const { keyId, nonce, created, expires } = parameters
  const signature = readSignature(fieldOf(message.headers, 'signature'))
  if (signature === undefined) return refusal('MALFORMED', 'signature is not in the profile')
  const publicKey = options.keyOf(keyId)
  if (publicKey === undefined) return refusal('PEER_UNKNOWN', 'keyid is not an expected signer')
  if (!options.ed25519.verify(signature, utf8(base), publicKey)) {
    return refusal('SIGNATURE_INVALID', 'the signature does not match')
  }
  if (!isBody(fieldOf(message.headers, 'content-digest'))) {
    return refusal('SIGNATURE_INVALID', 'the body does not have its signed digest')
  }
  if (!isCurrent(parameters, options.nowMs)) {
    return { ok: false, code: 'CLOCK_SKEW', reason: 'signed at another time', keyId }
  }
  return { ok: true, keyId, nonce, createdAtMs: created * 1000, expiresAtMs: expires * 1000 }
}

function isCurrent({ created, expires }: SignatureParameters, nowMs: number): boolean {
  const isNear = Math.abs(nowMs - created * 1000) <= CREATED_WINDOW_SECONDS * 1000
  return isNear && nowMs <= (expires + EXPIRY_GRACE_SECONDS) * 1000
}

function parametersIn(of: 'request' | 'response', headers: MessageHeaders): SignatureParameters {
  const parameters = readParameters(of, fieldOf(headers, 'signature-input'))
  if (parameters !== undefined) return parameters
  throw new ProtocolError('MALFORMED', 'signature-input is not in the profile')
}

function orRefusal(verify: () => SignatureVerdict): SignatureVerdict {
  try {
    return verify()
  } catch (error) {
    if (error instanceof ProtocolError) return refusal('MALFORMED', error.message)
    throw error
  }
}

function refusal(
  code: 'MALFORMED' | 'PEER_UNKNOWN' | 'SIGNATURE_INVALID',
  reason: string,
): SignatureRefusal {
  return { ok: false, code, reason }
}
