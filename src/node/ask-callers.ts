import { systemClock } from '../platform/index.ts'
import type { LoadedConfig } from './config-file.ts'
import type { AskCallers } from './http/identify-caller.ts'
import { oidcVerifier } from './http/oidc-callers.ts'
import type { OpenGateway } from './open-gateway.ts'

/** Everybody who may ask about persons, or about populations: by tokens, certificates and access tokens of issuers. */
export function askCallersOf(
  { config }: LoadedConfig,
  { callers, http }: Pick<OpenGateway, 'callers' | 'http'>,
  role: AskCallers['role'] = 'ask',
): AskCallers {
  const asking = config.callers.filter(({ roles }) => roles.includes(role))
  return {
    role,
    tokens: callers,
    certificates: new Map(
      asking.flatMap(({ name, certificate_pin: pin }) =>
        pin === undefined ? [] : [[pin, name] as const],
      ),
    ),
    issuers: asking.flatMap(({ name, oidc }) =>
      oidc === undefined
        ? []
        : [{ name, verify: oidcVerifier(oidc, { http, clock: systemClock }) }],
    ),
  }
}
