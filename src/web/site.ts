import { signInRoles } from './sign-in/identity-port.ts'
import type { SignInRole } from './sign-in/identity-port.ts'

/** Whom a host name's pages are for. */
export type SiteRole = 'demo' | 'verify' | 'public' | SignInRole

/** One site of the pages: a role, at an organisation where the role has one. */
export interface Site {
  readonly role: SiteRole
  readonly organisation: string | undefined
}

/** Which sites there are, by which names. */
export interface Sites {
  /**
   * The site that a `Host` field names; `undefined` for a name that is none of ours. The field is the visitor's to
   * choose: it selects a site and is never echoed.
   */
  siteOf(host: string): Site | undefined
  /** The address of a site's front page, without a slash at the end; `undefined` where there is no such site. */
  urlOf(site: Site): string | undefined
  /** Whether forms may act under this name. Stops DNS rebinding. */
  mayAct(host: string): boolean
}

/** The site of the demo's front door. */
export const demoSite: Site = { role: 'demo', organisation: undefined }

/**
 * The site that a `Host` field names: `<role>.<organisation>.localhost`, `verify.localhost`, else
 * the demo home. The field is the visitor's to choose: it selects a site and is never echoed.
 */
export function siteOfHost(host: string, organisations: readonly string[]): Site {
  const labels = host.replace(/:\d+$/, '').toLowerCase().split('.')
  const [role, organisation, top] = labels
  if (labels.length === 2 && role === 'verify' && organisation === 'localhost') {
    return { role: 'verify', organisation: undefined }
  }
  const ours = organisation !== undefined && organisations.includes(organisation)
  if (labels.length === 3 && top === 'localhost' && ours) {
    const known = [...signInRoles, 'public' as const].find((one) => one === role)
    if (known !== undefined) return { role: known, organisation }
  }
  return demoSite
}

/** Whether a `Host` field means this machine, so that forms may act. Stops DNS rebinding. */
export function isLocalHost(host: string): boolean {
  const name = host.replace(/:\d+$/, '').toLowerCase()
  return (
    name === 'localhost' || name.endsWith('.localhost') || /^(127\.0\.0\.1|\[::1\])$/.test(name)
  )
}

/** A site as one word, the same for the same site. */
export function siteKey(site: Site): string {
  return `${site.role}.${site.organisation ?? ''}`
}

/** The address of a site's front page, without a slash at the end. */
export function siteUrl(site: Site, port: number): string {
  const organisation = site.organisation === undefined ? '' : `${site.organisation}.`
  return `http://${site.role}.${organisation}localhost:${port}`
}

/** The sites of pages on one port of this machine, with the demo's front door under every other name. */
export function localSites(organisations: readonly string[], port: number): Sites {
  return {
    siteOf: (host) => siteOfHost(host, organisations),
    urlOf: (site) => siteUrl(site, port),
    mayAct: isLocalHost,
  }
}

/** Sites that each have a name of their own, as in `https://officer.housing.example`; none under any other name. */
export function namedSites(
  places: readonly { readonly site: Site; readonly url: string }[],
): Sites {
  const byHost = new Map(places.map(({ site, url }) => [new URL(url).host, site]))
  const siteOf = (host: string): Site | undefined => byHost.get(host.toLowerCase())
  return {
    siteOf,
    urlOf: (site) => places.find((one) => siteKey(one.site) === siteKey(site))?.url,
    mayAct: (host) => siteOf(host) !== undefined,
  }
}
