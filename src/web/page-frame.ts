import { renderDocument } from './layout/document.ts'
import { logStanding } from './layout/status-strip.ts'
import type { LogHead } from './demo-backend.ts'
import { nameOf } from './organisation-name.ts'
import type { HtmlResult, PageContext } from './page-route.ts'
import { sectionsOf } from './sections.ts'
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
    case 'public':
      return words.t(`site.${site.role}`, { organisation })
    case 'verify':
      return words.t('site.verify')
  }
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
    sections: sectionsOf(context, path),
    standing: logStanding(heads, site.organisation),
    demoUrl: siteUrl(demoSite),
    verifyUrl: siteUrl({ role: 'verify', organisation: undefined }),
    backHref: page.backHref,
    verifies: page.verifies ?? false,
    content: page.content,
  })
}
