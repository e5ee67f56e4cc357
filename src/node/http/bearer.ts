import { equalBytes, utf8 } from '../../bytes/index.ts'
import { sha256 } from '../../crypto/index.ts'

/** What a caller of the inner interfaces may do: ask questions about persons or populations, show a person
 * their entries, make acts, see how the machine is. */
export type CallerRole = 'ask' | 'analyse' | 'disclose' | 'act' | 'administer'

/** A caller with its token, as configured. */
export interface CallerToken {
  readonly name: string
  readonly token: string
  readonly roles: readonly CallerRole[]
}

/** Who may call the inner interfaces of a gateway, by the digests of their tokens. */
export type Callers = readonly {
  readonly name: string
  readonly digest: Uint8Array
  readonly roles: readonly CallerRole[]
}[]

/** Keeps digests only, so that comparing takes the same time whatever the token. */
export function callersOf(tokens: readonly CallerToken[]): Callers {
  return tokens.map(({ name, token, roles }) => ({ name, digest: sha256(utf8(token)), roles }))
}

/** The caller with this role whose token an `Authorization` field carries, or `undefined`. */
export function callerOf(
  authorization: string | undefined,
  role: CallerRole,
  callers: Callers,
): string | undefined {
  const [scheme, token = ''] = (authorization ?? '').split(' ')
  if (scheme !== 'Bearer') return undefined
  const digest = sha256(utf8(token))
  let found: string | undefined
  for (const caller of callers) {
    if (equalBytes(digest, caller.digest) && caller.roles.includes(role)) found = caller.name
  }
  return found
}
