import * as z from 'zod'

import { exchangeIdSchema } from '../exchange-id.ts'
import type { ExchangeId } from '../exchange-id.ts'
import { MAX_ELEMENTS, elementName, visibleAscii } from '../messages/bounded-values.ts'
import { subjectSchema } from '../messages/person-question.ts'
import type { SubjectReference } from '../messages/person-question.ts'
import { readSignedToken, writeSignedToken } from './signed-token.ts'
import type { TokenClaims, TokenExpectation, TokenForm, TokenState } from './signed-token.ts'

/** A person's consent to one question, as its issuer, who is independent of the consumer, attests it. */
export type ConsentTokenClaims = TokenClaims & {
  /** The provider. */
  readonly aud: string
  /** The one exchange that it is for. */
  readonly exchangeId: ExchangeId
  readonly agreement: string
  readonly version: number
  readonly elements: readonly string[]
  readonly subject: SubjectReference
  /** When the person proved who they are; seconds since the epoch. */
  readonly auth_time: number
}

/** The closed form of {@link ConsentTokenClaims}. */
export const consentTokenClaimsSchema: z.ZodType<ConsentTokenClaims> = z.strictObject({
  iss: visibleAscii(128),
  aud: visibleAscii(128),
  iat: z.int().min(0),
  exp: z.int().min(0),
  exchangeId: exchangeIdSchema,
  agreement: visibleAscii(64),
  version: z.int().min(1).max(1_000_000),
  elements: z.array(elementName).min(1).max(MAX_ELEMENTS),
  subject: subjectSchema,
  auth_time: z.int().min(0),
})

const form: TokenForm<ConsentTokenClaims> = {
  typ: 'cloison-consent+jwt',
  claims: consentTokenClaimsSchema,
}

/**
 * Reads the consent sent with a question. Whether its claims fit the question, and that it was not
 * spent, is for the decision. Never rejects because of the token; `missing` for the empty text.
 */
export function readConsentToken(
  token: string,
  expected: TokenExpectation,
): Promise<TokenState<ConsentTokenClaims>> {
  return readSignedToken(token, form, expected)
}

/** Signs a consent, as a consent issuer does. `seed`: 32 bytes, secret, in no gateway's hands. */
export function signConsentToken(claims: ConsentTokenClaims, seed: Uint8Array): Promise<string> {
  return writeSignedToken(form.typ, claims, seed)
}
