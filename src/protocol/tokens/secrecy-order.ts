import * as z from 'zod'

import { lineText, visibleAscii } from '../messages/bounded-values.ts'
import { readSignedToken, writeSignedToken } from './signed-token.ts'
import type { TokenClaims, TokenExpectation, TokenForm, TokenState } from './signed-token.ts'

/**
 * An order by which the notices under one agreement are withheld, as the authority that the agreement names
 * has signed it. `exp` is when it ends.
 */
export type SecrecyOrderClaims = TokenClaims & {
  /** The law that the agreement names for it. */
  readonly law: string
  readonly agreement: string
  readonly version: number
  /** Of the agreement, base64, 32 bytes: another agreement of that name is another one. */
  readonly digest: string
}

/** The closed form of {@link SecrecyOrderClaims}. */
export const secrecyOrderClaimsSchema: z.ZodType<SecrecyOrderClaims> = z.strictObject({
  iss: lineText(256),
  iat: z.int().min(0),
  exp: z.int().min(0),
  law: visibleAscii(300),
  agreement: visibleAscii(64),
  version: z.int().min(1).max(1_000_000),
  digest: z
    .string()
    .max(44)
    .regex(/^[A-Za-z0-9+/]{43}=$/),
})

const form: TokenForm<SecrecyOrderClaims> = {
  typ: 'cloison-secrecy-order+jwt',
  claims: secrecyOrderClaimsSchema,
  // Of an order's length its reader judges, by calendar months.
  longestSeconds: Number.MAX_SAFE_INTEGER,
}

/** Reads an order. Whether its claims fit an agreement is for the reader. Never rejects because of the token. */
export function readSecrecyOrderToken(
  token: string,
  expected: TokenExpectation,
): Promise<TokenState<SecrecyOrderClaims>> {
  return readSignedToken(token, form, expected)
}

/** Signs an order, as an authority does. `seed`: 32 bytes, secret, in no gateway's hands. */
export function signSecrecyOrder(claims: SecrecyOrderClaims, seed: Uint8Array): Promise<string> {
  return writeSignedToken(form.typ, claims, seed)
}
