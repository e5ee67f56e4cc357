import * as z from 'zod'

import { lineText, visibleAscii } from '../messages/bounded-values.ts'
import { subjectSchema } from '../messages/person-question.ts'
import type { SubjectReference } from '../messages/person-question.ts'
import { readSignedToken, writeSignedToken } from './signed-token.ts'
import type { TokenClaims, TokenExpectation, TokenForm, TokenState } from './signed-token.ts'

/**
 * What a case source says of a case: that this official works on it for this purpose, that this
 * person is a party to it, and whether it is open. Signed with a key that no gateway holds.
 */
export type CaseTokenClaims = TokenClaims & {
  /** The question's `case.reference`. */
  readonly case: string
  readonly subject: SubjectReference
  /** The official's pseudonym. */
  readonly official: string
  readonly purpose: string
  readonly open: boolean
  /** True where the case system has it that the official and the person are related. */
  readonly kin?: boolean
  /** True where the person appears in the case because of another person (`spec/bystander.md`). */
  readonly bystander?: boolean
  /** Of this official's questions in the last 30 days, how many were followed by nothing in their case. */
  readonly idle?: number
}

/** The closed form of {@link CaseTokenClaims}. */
export const caseTokenClaimsSchema: z.ZodType<CaseTokenClaims> = z.strictObject({
  iss: visibleAscii(128),
  aud: visibleAscii(128).exactOptional(),
  iat: z.int().min(0),
  exp: z.int().min(0),
  case: lineText(128),
  subject: subjectSchema,
  official: visibleAscii(64),
  purpose: visibleAscii(128),
  open: z.boolean(),
  kin: z.boolean().exactOptional(),
  bystander: z.boolean().exactOptional(),
  idle: z.int().min(0).max(1_000_000).exactOptional(),
})

const form: TokenForm<CaseTokenClaims> = { typ: 'cloison-case+jwt', claims: caseTokenClaimsSchema }

/**
 * Reads the token of a question's case. Whether its claims fit the question is for the decision. Never
 * rejects because of the token; `missing` for the empty text.
 */
export function readCaseToken(
  token: string,
  expected: TokenExpectation,
): Promise<TokenState<CaseTokenClaims>> {
  return readSignedToken(token, form, expected)
}

/** Signs a case token, as a case source does. `seed`: 32 bytes, secret, in no gateway's hands. */
export function signCaseToken(claims: CaseTokenClaims, seed: Uint8Array): Promise<string> {
  return writeSignedToken(form.typ, claims, seed)
}
