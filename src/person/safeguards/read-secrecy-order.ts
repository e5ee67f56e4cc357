import { type Agreement, addMonths, longestSecrecyMonths } from '../../agreement/index.ts'
import { decodeBase64, encodeBase64, equalBytes, utf8 } from '../../bytes/index.ts'
import { type Ed25519, sha256 } from '../../crypto/index.ts'
import { readSecrecyOrderToken, type SecrecyOrderClaims } from '../../protocol/index.ts'
import type { KnownAgreement } from '../question-facts.ts'
import type { NewOrder } from './safeguard-act.ts'

/** Why an order is not taken. */
export type OrderRefusal =
  /** The agreement withholds nothing. */
  | 'ORDER_NOT_NEEDED'
  /** The authority is a party of the agreement, by name or by a key. */
  | 'AUTHORITY_NOT_INDEPENDENT'
  /** Not a token of this form, or not signed by the authority. */
  | 'ORDER_INVALID'
  | 'ORDER_NOT_IN_FORCE'
  /** It is about another law or another agreement. */
  | 'ORDER_FOREIGN'
  | 'ORDER_TOO_LONG'

/** What reading an order needs. */
export interface ReadOrderDeps {
  readonly nowMs: number
  readonly ed25519: Ed25519
  /** Every key of the two parties that is known, 32 bytes each. */
  readonly partyKeys: readonly Uint8Array[]
}

type WithheldNotice = Extract<
  Extract<Agreement, { kind: 'person' }>['notice'],
  { kind: 'withheld' }
>

function withheldNotice({ agreement }: KnownAgreement): WithheldNotice | undefined {
  if (agreement.kind !== 'person' || agreement.notice.kind !== 'withheld') return undefined
  return agreement.notice
}

/** An organisation does not order its own secrecy: neither by name, nor by a key that is its own. */
function isIndependent(
  { authority }: WithheldNotice,
  { agreement }: KnownAgreement,
  partyKeys: readonly Uint8Array[],
): boolean {
  const key = decodeBase64(authority.publicKey)
  const name = authority.name.toLowerCase()
  const isParty = [agreement.consumer, agreement.provider].some((one) => one.valueOf() === name)
  return !isParty && !partyKeys.some((one) => equalBytes(one, key))
}

function isAbout(
  claims: SecrecyOrderClaims,
  { agreement, digest }: KnownAgreement,
  law: string,
): boolean {
  return (
    claims.law === law &&
    claims.agreement === agreement.id &&
    claims.version === agreement.version &&
    claims.digest === digest
  )
}

/**
 * Reads an order for one agreement, with the key of the authority that the agreement names. Whether it is
 * later than what is in force, the commit says. Never rejects because of the token.
 */
export async function readSecrecyOrder(
  order: string,
  known: KnownAgreement,
  { nowMs, ed25519, partyKeys }: ReadOrderDeps,
): Promise<NewOrder | OrderRefusal> {
  const notice = withheldNotice(known)
  if (notice === undefined) return 'ORDER_NOT_NEEDED'
  if (!isIndependent(notice, known, partyKeys)) return 'AUTHORITY_NOT_INDEPENDENT'
  const { name: authority, publicKey } = notice.authority
  const key = decodeBase64(publicKey)
  const read = await readSecrecyOrderToken(order, {
    issuer: authority,
    publicKey: key,
    nowMs,
    ed25519,
  })
  if (read.state === 'expired') return 'ORDER_NOT_IN_FORCE'
  if (read.state !== 'valid') return 'ORDER_INVALID'
  const { claims } = read
  if (!isAbout(claims, known, notice.law)) return 'ORDER_FOREIGN'
  const [issuedAtMs, untilMs] = [claims.iat * 1000, claims.exp * 1000]
  if (untilMs > addMonths(issuedAtMs, longestSecrecyMonths)) return 'ORDER_TOO_LONG'
  const { id, version } = known.agreement
  return {
    agreement: known.digest,
    name: `${id} v${version}`,
    law: claims.law,
    authority,
    issuedAtMs,
    untilMs,
    digest: encodeBase64(sha256(utf8(order))),
  }
}
