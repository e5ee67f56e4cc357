import type { Section } from './layout/header.ts'
import type { MessageKey } from './messages/words.ts'
import type { PageContext } from './page-route.ts'
import type { SiteRole } from './site.ts'

/** One entry of a site's menu: where it leads and what it says. */
type Entry = readonly [href: string, text: MessageKey]

const account: Entry = ['/', 'section.account']

/** The menu of each site, for those who are signed in where one must. */
const menus: Readonly<Record<SiteRole, readonly Entry[]>> = {
  demo: [],
  verify: [],
  public: [],
  caseworker: [['/cases', 'section.cases'], ['/trace', 'section.trace'], account],
  analyst: [['/catalogue', 'section.catalogue'], ['/history', 'section.history'], account],
  person: [
    ['/disclosures', 'section.disclosures'],
    ['/requests', 'section.requests'],
    ['/proofs', 'section.proofs'],
    account,
  ],
  dpo: [
    ['/tasks', 'section.tasks'],
    ['/agreements', 'section.agreements'],
    ['/limits', 'section.limits'],
    ['/signals', 'section.signals'],
    ['/emergencies', 'section.emergencies'],
    ['/requests', 'section.officeRequests'],
    ['/reports', 'section.reports'],
    account,
  ],
  inspector: [
    ['/reconciliation', 'section.reconciliation'],
    ['/heads', 'section.heads'],
    ['/signals', 'section.inspectSignals'],
    ['/draws', 'section.draws'],
    ['/register', 'section.inspectRegister'],
    ['/identities', 'section.identities'],
    account,
  ],
  admin: [
    ['/health', 'section.health'],
    ['/peers', 'section.peers'],
    ['/keys', 'section.keys'],
    ['/storage', 'section.storage'],
    ['/jobs', 'section.jobs'],
    ['/acts', 'section.acts'],
    account,
  ],
}

function isOpen({ site, session, desks }: PageContext): boolean {
  if (site.role === 'inspector' && desks.inspector === undefined) return false
  if (site.role === 'public') return true
  return site.role === 'person' ? session?.person !== undefined : session?.account !== undefined
}

/** The pages of the visitor's site that are reachable from all its others; none before signing in. */
export function sectionsOf(context: PageContext, path: string): readonly Section[] {
  if (!isOpen(context)) return []
  return menus[context.site.role].map(([href, text]) => ({
    href,
    text: context.words.t(text),
    current: path === href,
  }))
}
