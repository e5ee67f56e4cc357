import { equalBytes, utf8 } from '../../bytes/index.ts'
import { sha256 } from '../../crypto/index.ts'

/** Who may call the inner interfaces of a gateway, by the digests of their tokens. */
export type Callers = ReadonlyMap<string, Uint8Array>

/** Keeps digests only, so that comparing takes the same time whatever the token. */
export function callersOf(tokens: ReadonlyMap<string, string>): Callers {
  return new Map([...tokens].map(([name, token]) => [name, sha256(utf8(token))]))
}

/** The name of the caller whose token an `Authorization` field carries, or `undefined`. */
export function callerOf(authorization: string | undefined, callers: Callers): string | undefined {
  const [scheme, token = ''] = (authorization ?? '').split(' ')
  if (scheme !== 'Bearer') return undefined
  const digest = sha256(utf8(token))
  let found: string | undefined
  for (const [name, expected] of callers) if (equalBytes(digest, expected)) found = name
  return found
}
