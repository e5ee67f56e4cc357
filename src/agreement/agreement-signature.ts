import {
  canonicalBytes,
  concatBytes,
  decodeBase64,
  encodeBase64,
  encodeHex,
  utf8,
} from '../bytes/index.ts'
import { sha256 } from '../crypto/index.ts'
import type { Ed25519 } from '../crypto/index.ts'
import type { OrganisationId } from '../protocol/index.ts'
import type { Agreement, AgreementSignature } from './agreement.ts'
import { isProtected } from './data-element.ts'

/** What precedes the canonical agreement in everything that is signed or hashed; no other format has it. */
const context = utf8('cloison/agreement/v1\n')

/** The key that signs an agreement for an organisation. */
export interface AgreementSigner {
  readonly organisation: OrganisationId
  readonly role: AgreementSignature['role']
  /** 32 bytes, secret. */
  readonly seed: Uint8Array
}

/** The keys that an agreement's signatures are held against: 32 bytes each. */
export interface AgreementVerifiers {
  readonly provider: Uint8Array
  readonly consumer: Uint8Array
  /** The keys of an organisation's inspector that count; none where it is no inspector. Left out: nobody is one. */
  readonly inspectors?: (organisation: OrganisationId) => readonly Uint8Array[]
  readonly ed25519: Ed25519
}

/** What an inspector's signature is held against. */
export type InspectorVerifiers = Pick<AgreementVerifiers, 'inspectors' | 'ed25519'>

/** What {@link checkAgreementSignatures} found. */
export type AgreementSignatureCheck =
  | { readonly ok: true; readonly countersigned: boolean }
  | {
      readonly ok: false
      readonly code: 'SIGNATURE_MISSING' | 'SIGNATURE_INVALID'
      readonly by: 'provider' | 'consumer' | 'inspector'
    }

/** The canonical bytes of an agreement without its signatures: what is agreed, whoever has signed yet. */
export function agreementBody(agreement: Agreement): Uint8Array {
  const { signatures: _signatures, ...body } = agreement
  return canonicalBytes(body)
}

/** SHA-256 of `cloison/agreement/v1\n` and {@link agreementBody}; 32 bytes. The same for all signers. */
export function agreementDigest(agreement: Agreement): Uint8Array {
  return sha256(context, agreementBody(agreement))
}

function signedMessage(agreement: Agreement): Uint8Array {
  return concatBytes(context, agreementBody(agreement))
}

/**
 * The agreement with the signer's signature added, in place of an earlier one by the same organisation. The
 * key is named `<organisation>/<role>/` and the first 8 hex digits of the SHA-256 of the public key.
 */
export function signAgreement(
  agreement: Agreement,
  signer: AgreementSigner,
  ed25519: Ed25519,
): Agreement {
  const { organisation, role, seed } = signer
  const keyDigest = encodeHex(sha256(ed25519.publicKey(seed)))
  const keyId = `${organisation}/${role}/${keyDigest.slice(0, 8)}`
  const signature = encodeBase64(ed25519.sign(signedMessage(agreement), seed))
  const others = agreement.signatures.filter((other) => other.organisation !== organisation)
  return { ...agreement, signatures: [...others, { organisation, role, keyId, signature }] }
}

/**
 * Whether both organisations' DPOs have signed this agreement, and the inspector where one is needed:
 * for protected elements in tables. An inspector's signature that is there must be good.
 */
export function checkAgreementSignatures(
  agreement: Agreement,
  verifiers: AgreementVerifiers,
): AgreementSignatureCheck {
  const message = signedMessage(agreement)
  const { provider, consumer, signatures } = agreement
  const parties = [
    ['provider', verifiers.provider, signatureOf(signatures, provider)],
    ['consumer', verifiers.consumer, signatureOf(signatures, consumer)],
  ] as const
  for (const [by, key, signature] of parties) {
    if (signature === undefined) return { ok: false, code: 'SIGNATURE_MISSING', by }
    const good = verifiers.ed25519.verify(signature, message, key)
    if (!good) return { ok: false, code: 'SIGNATURE_INVALID', by }
  }
  return checkCountersignature(agreement, verifiers, message)
}

function checkCountersignature(
  agreement: Agreement,
  verifiers: InspectorVerifiers,
  message: Uint8Array,
): AgreementSignatureCheck {
  const inspectors = agreement.signatures.filter(({ role }) => role === 'inspector')
  if (inspectors.length === 0) {
    if (!needsInspector(agreement)) return { ok: true, countersigned: false }
    return { ok: false, code: 'SIGNATURE_MISSING', by: 'inspector' }
  }
  const { inspectors: keysOf = () => [], ed25519 } = verifiers
  const good = inspectors.every(({ organisation, signature }) => {
    const bytes = decodeBase64(signature)
    return keysOf(organisation).some((key) => ed25519.verify(bytes, message, key))
  })
  if (good) return { ok: true, countersigned: true }
  return { ok: false, code: 'SIGNATURE_INVALID', by: 'inspector' }
}

/** Whether this key (32 bytes) has made one of an agreement's signatures. */
export function isSignatureGood(
  agreement: Agreement,
  { signature }: AgreementSignature,
  { key, ed25519 }: { readonly key: Uint8Array; readonly ed25519: Ed25519 },
): boolean {
  return ed25519.verify(decodeBase64(signature), signedMessage(agreement), key)
}

/**
 * Whether every countersignature of an agreement is still good under the keys that count now. An agreement
 * without one is not countersigned.
 */
export function isCountersigned(agreement: Agreement, verifiers: InspectorVerifiers): boolean {
  const isSigned = agreement.signatures.some(({ role }) => role === 'inspector')
  return isSigned && checkCountersignature(agreement, verifiers, signedMessage(agreement)).ok
}

/** Whether an inspector must countersign: tables by something protected. */
export function needsInspector({ kind, dataElements }: Agreement): boolean {
  const tables = kind === 'population' || kind === 'join'
  return tables && dataElements.some(({ category }) => isProtected(category))
}

function signatureOf(
  signatures: readonly AgreementSignature[],
  organisation: OrganisationId,
): Uint8Array | undefined {
  const found = signatures.find(
    (signature) => signature.role === 'dpo' && signature.organisation === organisation,
  )
  return found === undefined ? undefined : decodeBase64(found.signature)
}
