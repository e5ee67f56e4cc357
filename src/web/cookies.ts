/** The cookies of the pages. None holds anything personal. */
export type CookieName = 'session' | 'form' | 'language'

/** How a cookie is kept from scripts and from other sites. */
export interface CookieRules {
  readonly secure: boolean
}

const sameSite: Readonly<Record<CookieName, 'Lax' | 'Strict'>> = {
  session: 'Lax',
  form: 'Strict',
  language: 'Lax',
}

function fieldName(name: CookieName, rules: CookieRules): string {
  return rules.secure ? `__Host-${name}` : name
}

/** The value of a cookie in a `Cookie` field, `undefined` when it is absent or not plain. */
export function readCookie(
  field: string | undefined,
  name: CookieName,
  rules: CookieRules,
): string | undefined {
  const start = `${fieldName(name, rules)}=`
  const pair = field?.split(';').find((part) => part.trim().startsWith(start))
  const value = pair?.trim().slice(start.length)
  return value !== undefined && /^[A-Za-z0-9_-]{1,64}$/.test(value) ? value : undefined
}

/** A `Set-Cookie` field. The session and form cookies end with the browser's session. */
export function writeCookie(name: CookieName, value: string, rules: CookieRules): string {
  const parts = [`${fieldName(name, rules)}=${value}`, 'Path=/', 'HttpOnly']
  parts.push(`SameSite=${sameSite[name]}`)
  if (rules.secure) parts.push('Secure')
  if (name === 'language') parts.push('Max-Age=31536000')
  if (value === '') parts.push('Max-Age=0')
  return parts.join('; ')
}
