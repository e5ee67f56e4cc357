import type { Socket } from 'node:net'
import { type Callers, callerOf } from './bearer.ts'
import type { TokenOfficial, VerifyOfficial } from './oidc-callers.ts'
import { shownPin } from './peer-certificate.ts'

/** Who calls the asking interface. */
export interface AskCaller {
  /** As configured. */
  readonly name: string
  /** Who asks, where the token itself says so; otherwise the caller vouches for whom it names. */
  readonly official: TokenOfficial | undefined
}

/** Everybody who may ask, by the way in which they show it. */
export interface AskCallers {
  readonly role: 'ask' | 'analyse'
  readonly tokens: Callers
  /** Names by pins of certificates. */
  readonly certificates: ReadonlyMap<string, string>
  readonly issuers: readonly { readonly name: string; readonly verify: VerifyOfficial }[]
}

/** What a request shows of its caller. */
export interface ShownCaller {
  readonly authorization: string | undefined
  readonly socket: Socket
}

async function byIssuer(
  token: string,
  { issuers }: AskCallers,
): Promise<AskCaller | 'unknown' | 'unavailable'> {
  let unavailable = false
  for (const { name, verify } of issuers) {
    const official = await verify(token)
    if (official === 'unavailable') unavailable = true
    else if (official !== 'invalid') return { name, official }
  }
  return unavailable ? 'unavailable' : 'unknown'
}

/**
 * Who calls: by a token out of a file, an official's access token, or a pinned certificate, in this
 * order. `unavailable` when nobody can tell, because an issuer's keys cannot be fetched.
 */
export async function identifyCaller(
  { authorization, socket }: ShownCaller,
  callers: AskCallers,
): Promise<AskCaller | 'unknown' | 'unavailable'> {
  const name = callerOf(authorization, callers.role, callers.tokens)
  if (name !== undefined) return { name, official: undefined }
  const [scheme, token = ''] = (authorization ?? '').split(' ')
  if (scheme === 'Bearer') return byIssuer(token, callers)
  if (authorization !== undefined) return 'unknown'
  const pin = shownPin(socket)
  const certified = pin === undefined ? undefined : callers.certificates.get(pin)
  return certified === undefined ? 'unknown' : { name: certified, official: undefined }
}
