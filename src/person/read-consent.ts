import type { ConsentIssuer, AboutPersons } from '../agreement/index.ts'
import { decodeBase64, equalBytes } from '../bytes/index.ts'
import {
  type ConsentTokenClaims,
  type PersonQuestion,
  readConsentToken,
  type TokenState,
} from '../protocol/index.ts'
import type { KnownConsumer, ProviderDeps } from './provider-deps.ts'

/** Nobody consents for the persons whom they ask about: neither by name, nor by a key of their gateway. */
function isIndependent(
  { organisation, publicKey }: ConsentIssuer,
  consumer: KnownConsumer,
): boolean {
  const key = decodeBase64(publicKey)
  const isOwn = [...consumer.gatewayKeys.values()].some((own) => equalBytes(own, key))
  return organisation.valueOf() !== consumer.id && !isOwn
}

/** What reading a consent needs. */
export type ReadConsentDeps = Pick<
  ProviderDeps,
  'organisation' | 'clock' | 'ed25519' | 'isConsentKey'
>

/**
 * Reads the consent of a question with the keys of the issuers that its agreement names and that are
 * independent of the consumer and count now. `valid` says who signed it and that it is of now; whether it is for this question and not
 * spent, the decision says. Never rejects because of the token.
 */
export async function readConsent(
  { consent = '' }: PersonQuestion,
  { consumer, agreement }: { readonly consumer: KnownConsumer; readonly agreement: AboutPersons },
  { organisation, clock, ed25519, isConsentKey = () => true }: ReadConsentDeps,
): Promise<TokenState<ConsentTokenClaims>> {
  if (consent === '') return { state: 'missing' }
  let best: TokenState<ConsentTokenClaims> = { state: 'invalid' }
  for (const issuer of agreement.consentIssuers) {
    if (!isIndependent(issuer, consumer) || !isConsentKey(issuer)) continue
    const read = await readConsentToken(consent, {
      issuer: issuer.organisation,
      publicKey: decodeBase64(issuer.publicKey),
      audience: organisation,
      nowMs: clock.now(),
      ed25519,
    })
    if (read.state === 'valid') return read
    if (read.state === 'expired') best = read
  }
  return best
}
