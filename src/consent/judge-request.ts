import { needsConsent, type PersonAgreement } from '../agreement/index.ts'
import { encodeBase64 } from '../bytes/index.ts'
import type { Ed25519 } from '../crypto/index.ts'
import type { KnownAgreement } from '../person/index.ts'
import { type ConsentRequest, type ProblemCode, readSubjectIdentifier } from '../protocol/index.ts'

/** Who signs consents, and under which agreements. */
export interface IssuerTerms {
  /** The issuer's organisation: `iss` of its tokens. */
  readonly organisation: string
  /** 32 bytes, secret: signs consents and nothing else. */
  readonly seed: Uint8Array
  readonly agreements: readonly KnownAgreement[]
  readonly ed25519: Ed25519
}

/** Whether the agreement names this issuer with this key, and the issuer is not the one who asks. */
function namesIssuer(
  agreement: PersonAgreement,
  { organisation, seed, ed25519 }: IssuerTerms,
): boolean {
  const publicKey = encodeBase64(ed25519.publicKey(seed))
  if (agreement.consumer.valueOf() === organisation) return false
  return agreement.consentIssuers.some(
    (issuer) => issuer.organisation.valueOf() === organisation && issuer.publicKey === publicKey,
  )
}

function agreementOf(
  request: ConsentRequest,
  consumer: string,
  terms: IssuerTerms & { readonly nowMs: number },
): PersonAgreement | undefined {
  const { nowMs } = terms
  const found = terms.agreements.find(
    ({ agreement: { id, version } }) => id === request.agreement && version === request.version,
  )?.agreement
  if (found?.kind !== 'person' || found.consumer.valueOf() !== consumer) return undefined
  if (nowMs < found.notBeforeMs || nowMs >= found.notAfterMs) return undefined
  return namesIssuer(found, terms) ? found : undefined
}

/** The agreement that a request is under, or why the person is not asked. */
export function judgeRequest(
  request: ConsentRequest,
  consumer: string,
  terms: IssuerTerms & { readonly nowMs: number },
): PersonAgreement | ProblemCode {
  const agreement = agreementOf(request, consumer, terms)
  if (agreement === undefined) return 'AGREEMENT_UNKNOWN'
  const asked = agreement.dataElements.filter(({ name }) => request.elements.includes(name))
  const isAgreed = asked.length === request.elements.length
  if (!isAgreed || !asked.some(needsConsent)) return 'ELEMENT_NOT_AGREED'
  const { scheme, value } = request.subject
  return readSubjectIdentifier(scheme, value) === 'valid' ? agreement : 'SUBJECT_ID_INVALID'
}
