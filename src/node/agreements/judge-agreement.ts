import {
  type Agreement,
  type AgreementSignature,
  type ConsentIssuer,
  type DescribedRegister,
  isAboutPersons,
  isSignatureGood,
  registerProblems,
} from '../../agreement/index.ts'
import type { Ed25519 } from '../../crypto/index.ts'
import type { AgreementEvent } from '../../person/index.ts'
import type { OfficerKeys } from '../read-agreements.ts'

/** An agreement that was taken up, with what the log has about it. */
export interface TakenUp {
  readonly agreement: Agreement
  /** Base64. */
  readonly digest: string
  readonly events: readonly AgreementEvent[]
}

/** Why an agreement is refused. */
export type AgreementRefusal =
  | 'AGREEMENT_NOT_OURS'
  | 'AGREEMENT_UNSIGNED'
  | 'AGREEMENT_SIGNATURE_INVALID'
  | 'AGREEMENT_ENDED'
  | 'AGREEMENT_VERSION_TAKEN'
  | 'AGREEMENT_NOT_CITED'
  | 'AGREEMENT_REGISTER_MISMATCH'
  | 'AGREEMENT_ISSUER_REFUSED'
  | 'AGREEMENT_OFFERS_FULL'
  | 'AGREEMENT_COUNTERSIGNED_LATE'

/** What an agreement is judged by. */
export interface AgreementGround {
  readonly own: string
  readonly keys: OfficerKeys
  /** The own registers: an agreement under which others are asked is held against theirs by them. */
  readonly registers: readonly DescribedRegister[]
  /** Whether consents by this key of an issuer count now. */
  readonly isConsentKey: (issuer: ConsentIssuer) => boolean
  /** Everything taken up before. */
  readonly others: readonly TakenUp[]
  readonly nowMs: number
  readonly ed25519: Ed25519
}

/** Offers of one organisation that wait for the other's signature. */
export const mostOffers = 64

interface Candidate {
  readonly agreement: Agreement
  readonly digest: string
}

type Rule = readonly [
  code: AgreementRefusal,
  reason: string | ((candidate: Candidate, ground: AgreementGround) => string),
  refuses: (candidate: Candidate, ground: AgreementGround) => boolean,
]

const rules: readonly Rule[] = [
  [
    'AGREEMENT_NOT_OURS',
    'it is not between this organisation and one of its peers',
    ({ agreement: { provider, consumer } }, { own, keys }) =>
      ![provider.valueOf(), consumer.valueOf()].includes(own) ||
      !keys.dpos.has(provider) ||
      !keys.dpos.has(consumer),
  ],
  [
    'AGREEMENT_UNSIGNED',
    'no data protection officer of a party has signed it',
    ({ agreement }) => dpoSignatures(agreement).length === 0,
  ],
  [
    'AGREEMENT_SIGNATURE_INVALID',
    'a signature under it is not good, or by a key that is unknown, revoked or not in force yet',
    ({ agreement }, ground) => !agreement.signatures.every((one) => isGood(agreement, one, ground)),
  ],
  [
    'AGREEMENT_ENDED',
    'it was rejected or terminated, or its term is over; sign a new version',
    ({ agreement, digest }, { others, nowMs }) =>
      nowMs >= agreement.notAfterMs || others.some((one) => one.digest === digest && hasEnded(one)),
  ],
  [
    'AGREEMENT_VERSION_TAKEN',
    'another document has this id and version; raise the version',
    ({ agreement: { id, version }, digest }, { others }) =>
      others.some(
        (one) =>
          one.digest !== digest &&
          one.agreement.id === id &&
          one.agreement.version === version &&
          !one.events.some(({ kind }) => kind === 'agreement.rejected'),
      ),
  ],
  [
    'AGREEMENT_NOT_CITED',
    'it must cite, under "supersedes", the newest published version of its id, and have a higher version',
    (candidate, { others }) => !citesNewest(candidate, others),
  ],
  [
    'AGREEMENT_REGISTER_MISMATCH',
    ({ agreement }, ground) => `it does not fit the registers here: ${misfit(agreement, ground)}`,
    ({ agreement }, ground) => misfit(agreement, ground) !== '',
  ],
  [
    'AGREEMENT_ISSUER_REFUSED',
    'the key of an issuer of consent belongs to another organisation, or the issuer does not list it for consents',
    ({ agreement }, { isConsentKey }) =>
      isAboutPersons(agreement) && !agreement.consentIssuers.every(isConsentKey),
  ],
  [
    'AGREEMENT_OFFERS_FULL',
    'too many offers between the two wait for a signature; sign or reject some',
    ({ agreement, digest }, { others }) =>
      others.filter((one) => isOpenOffer(one) && isBetweenSame(one.agreement, agreement)).length >=
        mostOffers && !others.some((one) => one.digest === digest),
  ],
]

/** Why an agreement may not be taken up, with any signatures it has; `undefined` where it may. */
export function agreementRefusal(
  candidate: Candidate,
  ground: AgreementGround,
): { readonly code: AgreementRefusal; readonly reason: string } | undefined {
  const found = rules.find(([, , refuses]) => refuses(candidate, ground))
  if (found === undefined) return undefined
  const [code, reason] = found
  return { code, reason: typeof reason === 'string' ? reason : reason(candidate, ground) }
}

/** What of it the own registers cannot answer; empty where they can, and where others do. */
export function misfit(
  agreement: Agreement,
  { own, registers }: Pick<AgreementGround, 'own' | 'registers'>,
): string {
  if (agreement.provider.valueOf() !== own) return ''
  const countersigned = agreement.signatures.some(({ role }) => role === 'inspector')
  return registerProblems(agreement, registers, { countersigned })
    .map(({ path, message }) => `${path}: ${message}`)
    .join('; ')
}

function dpoSignatures({
  provider,
  consumer,
  signatures,
}: Agreement): readonly AgreementSignature[] {
  return signatures.filter(
    ({ role, organisation }) =>
      role === 'dpo' && (organisation === provider || organisation === consumer),
  )
}

function isGood(
  agreement: Agreement,
  signature: AgreementSignature,
  { keys, ed25519 }: AgreementGround,
): boolean {
  const of = signature.role === 'dpo' ? keys.dpos : keys.inspectors
  return (of.get(signature.organisation) ?? []).some((key) =>
    isSignatureGood(agreement, signature, { key, ed25519 }),
  )
}

function has(one: TakenUp, kind: AgreementEvent['kind']): boolean {
  return one.events.some((event) => event.kind === kind)
}

function hasEnded(one: TakenUp): boolean {
  return has(one, 'agreement.rejected') || has(one, 'agreement.terminated')
}

function isOpenOffer(one: TakenUp): boolean {
  return !has(one, 'agreement.published') && !hasEnded(one)
}

function isBetweenSame(one: Agreement, other: Agreement): boolean {
  return one.provider === other.provider && one.consumer === other.consumer
}

function citesNewest({ agreement, digest }: Candidate, others: readonly TakenUp[]): boolean {
  const published = others.filter(
    (one) =>
      one.agreement.id === agreement.id && one.digest !== digest && has(one, 'agreement.published'),
  )
  const [newest] = published.toSorted((a, b) => b.agreement.version - a.agreement.version)
  if (newest === undefined) return true
  return (
    agreement.supersedes?.digest === newest.digest && agreement.version > newest.agreement.version
  )
}
