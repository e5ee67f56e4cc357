import { renderDocument } from './layout/document.ts'
import type { Section } from './layout/header.ts'
import { logStanding } from './layout/status-strip.ts'
import type { LogHead } from './demo-backend.ts'
import { nameOf } from './organisation-name.ts'
import type { HtmlResult, PageContext } from './page-route.ts'
import { demoSite } from './site.ts'

/** Where a page is and what it is framed with. */
export interface FrameOptions {
  readonly context: PageContext
  readonly path: string
  /** `undefined` when they could not be had: the page says so and is shown all the same. */
  readonly heads: readonly LogHead[] | undefined
}

function siteName({ site, words, organisations }: PageContext): string {
  const organisation = nameOf(organisations, words)(site.organisation ?? '')
  switch (site.role) {
    case 'demo':
      return words.t('site.demo')
    case 'caseworker':
      return words.t('site.caseworker', { organisation })
    case 'person':
      return words.t('site.person')
    case 'analyst':
    case 'dpo':
    case 'inspector':
    case 'admin':
      return words.t(`site.${site.role}`, { organisation })
    case 'verify':
      return words.t('site.verify')
  }
}

function sections({ site, words, session }: PageContext, path: string): readonly Section[] {
  const section = (href: string, text: string): Section => ({
    href,
    text,
    current: path === href,
  })
  if (site.role === 'caseworker' && session?.account !== undefined) {
    return [
      section('/cases', words.t('section.cases')),
      section('/trace', words.t('section.trace')),
      section('/', words.t('section.account')),
    ]
  }
  if (site.role === 'analyst' && session?.account !== undefined) {
    return [
      section('/catalogue', words.t('section.catalogue')),
      section('/history', words.t('section.history')),
      section('/', words.t('section.account')),
    ]
  }
  if (site.role === 'person' && session?.person !== undefined) {
    return [
      section('/disclosures', words.t('section.disclosures')),
      section('/proofs', words.t('section.proofs')),
      section('/', words.t('section.account')),
    ]
  }
  return []
}

/** Puts a page into its document. */
export function frame(page: HtmlResult, { context, path, heads }: FrameOptions): string {
  const { words, site, siteUrl } = context
  return renderDocument({
    words,
    role: site.role,
    organisation: site.organisation,
    siteName: siteName(context),
    title: page.title,
    path,
    sections: sections(context, path),
    standing: logStanding(heads, site.organisation),
    demoUrl: siteUrl(demoSite),
    verifyUrl: siteUrl({ role: 'verify', organisation: undefined }),
    backHref: page.backHref,
    verifies: page.verifies ?? false,
    content: page.content,
  })
}
