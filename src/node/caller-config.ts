import * as z from 'zod'
import { isLoopbackHost } from '../protocol/index.ts'
import { pathField } from './config-fields.ts'

/** An issuer of access tokens for officials. */
export interface OidcCallerConfig {
  readonly issuer: string
  /** What `aud` of the tokens must name: this gateway. */
  readonly audience: string
  readonly jwks_url: string
  /** The claim with the official's id; `sub` unless given. */
  readonly official_claim?: string | undefined
}

/** Who may call the inner interfaces; by exactly one of token, certificate and OIDC. */
export interface CallerConfig {
  readonly name: string
  readonly token_file?: string | undefined
  /** SHA-256 of the SubjectPublicKeyInfo of the caller's certificate, base64. */
  readonly certificate_pin?: string | undefined
  readonly oidc?: OidcCallerConfig | undefined
  /** What the caller may do: ask about persons, ask about populations, show a person their entries, make acts of oversight, see how the machine is. */
  readonly roles: readonly ('ask' | 'analyse' | 'disclose' | 'act' | 'administer')[]
}

/** A caller that shows a bearer token out of a file. */
export type TokenCallerConfig = CallerConfig & { readonly token_file: string }

/** What may be done with an access token or a certificate as well. */
const askingRoles: ReadonlySet<string> = new Set(['ask', 'analyse'])

/** Whether a caller shows a bearer token out of a file. */
export function isTokenCaller(caller: CallerConfig): caller is TokenCallerConfig {
  return caller.token_file !== undefined
}

/** An address whose answers can be trusted: https, or on this machine. */
function isPrivateUrl(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, hostname } = new URL(text)
  return protocol === 'https:' || (protocol === 'http:' && isLoopbackHost(hostname))
}

const oidc = z.strictObject({
  issuer: z.string().refine(isPrivateUrl, 'must be an https address'),
  audience: z.string().min(1).max(300),
  jwks_url: z.string().refine(isPrivateUrl, 'must be an https address'),
  official_claim: z
    .string()
    .regex(/^[A-Za-z0-9_:./-]{1,100}$/, 'must be the name of a claim')
    .optional(),
})

/** Accepts a {@link CallerConfig}. */
export const callerConfigSchema: z.ZodType<CallerConfig> = z
  .strictObject({
    name: z.string().min(1),
    token_file: pathField.optional(),
    certificate_pin: z
      .string()
      .regex(/^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/, 'must be 32 bytes in base64')
      .optional(),
    oidc: oidc.optional(),
    roles: z.array(z.enum(['ask', 'analyse', 'disclose', 'act', 'administer'])).default(['ask']),
  })
  .refine(
    (caller) =>
      [caller.token_file, caller.certificate_pin, caller.oidc].filter((one) => one !== undefined)
        .length === 1,
    'needs exactly one of "token_file", "certificate_pin" and "oidc"',
  )
  .refine(
    ({ token_file, roles }) =>
      token_file !== undefined || roles.every((role) => askingRoles.has(role)),
    'may have the roles "ask" and "analyse" alone: the other interfaces take a token out of a file',
  )
