import type { Account } from './identity-port.ts'

/** How old a log-in may be when a question is asked. */
export const freshLogInMs: number = 15 * 60_000

/** How far the provider's clock may be ahead. */
const skewMs = 60_000

/** Whether the official logged in lately enough to ask: at most {@link freshLogInMs} ago. */
export function isFreshLogIn({ authTimeMs }: Account, nowMs: number): boolean {
  const ageMs = nowMs - authTimeMs
  return ageMs <= freshLogInMs && ageMs >= -skewMs
}
