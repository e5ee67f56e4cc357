/**
 * What every page forbids the browser: no script, style, picture, request or form but to this very
 * origin, no inline code, no frame around the page. `formTargets` are the origins that a form may
 * lead to besides, after a redirect: the OpenID provider.
 */
function contentSecurityPolicy(formTargets: readonly string[]): string {
  return [
    "default-src 'none'",
    "style-src 'self'",
    "script-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    ["form-action 'self'", ...formTargets].join(' '),
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; ')
}

/** Headers of every response, assets included; a page that signs in names its `formTargets`. */
export function securityHeaders(
  formTargets: readonly string[] = [],
): Readonly<Record<string, string>> {
  return { ...unchangingHeaders, 'content-security-policy': contentSecurityPolicy(formTargets) }
}

const unchangingHeaders: Readonly<Record<string, string>> = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex',
}
