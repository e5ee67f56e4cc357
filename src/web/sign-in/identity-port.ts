import type { Site } from '../site.ts'

/** The roles that somebody must sign in for, each at a host and with a client of its own. */
export const signInRoles = ['caseworker', 'analyst', 'dpo', 'person', 'inspector', 'admin'] as const

/** One of {@link signInRoles}. */
export type SignInRole = (typeof signInRoles)[number]

/** The secrets of one attempt to sign in. They stay in the session that began it, and serve once. */
export interface SignInSecrets {
  /** Comes back in the address: ties the answer to the attempt (RFC 6749 §10.12). */
  readonly state: string
  /** Comes back inside the ID token: ties the token to the attempt (OpenID Connect Core §3.1.2.1). */
  readonly nonce: string
  /** Only its hash leaves before the code is exchanged (RFC 7636). */
  readonly codeVerifier: string
}

/** Who signed in, as the provider says. Personal data: kept in the session alone, never in an address. */
export interface Account {
  readonly role: SignInRole
  /** Whose official it is; the organisation of the host for a person. */
  readonly organisation: string
  /** The official as the organisation's own systems know them; opaque for a person. */
  readonly id: string
  readonly name: string
  /** The identifier of a person, from a claim; `undefined` for everybody else. */
  readonly subject: { readonly scheme: string; readonly value: string } | undefined
  /** When the provider last saw them log in. */
  readonly authTimeMs: number
}

/** Why somebody is not signed in; `docs/reference/error-codes.md` has what to do about each. */
export type SignInRefusal =
  | 'SIGN_IN_UNKNOWN'
  | 'SIGN_IN_REJECTED'
  | 'SIGN_IN_TOO_OLD'
  | 'SIGN_IN_ROLE'
  | 'SIGN_IN_UNAVAILABLE'

/** What came of an attempt. */
export type SignInResult =
  | { readonly kind: 'signed-in'; readonly account: Account }
  | { readonly kind: 'refused'; readonly code: SignInRefusal; readonly cause?: unknown }

/** The organisation's OpenID provider as the pages see it. Rejects when it cannot be reached. */
export interface IdentityPort {
  /** Origins to which a form of a site's pages may lead: `form-action` of the policy. */
  formTargets(site: Site): readonly string[]
  /** The address at the provider where the visitor logs in, each time anew. */
  start(site: Site, attempt: SignInSecrets & { readonly language: string }): Promise<string>
  /** Exchanges the code and checks the token. `query` is the address's, as it came. */
  finish(site: Site, answer: SignInSecrets & { readonly query: string }): Promise<SignInResult>
  /** Where the visitor ends their session at the provider; holds nothing personal. */
  signOutUrl(site: Site, language: string): Promise<string>
}

/** A site's role if one must sign in there. */
export function signInRoleOf(site: Site): SignInRole | undefined {
  return signInRoles.find((role) => role === site.role)
}
