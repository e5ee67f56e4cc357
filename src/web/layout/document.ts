import { h } from 'preact'
import type { ComponentChildren } from 'preact'
import { renderToString } from 'preact-render-to-string'
import { BackLink } from '../components/back-link.ts'
import { ExitThisPage } from '../components/exit-this-page.ts'
import { SkipLink } from '../components/skip-link.ts'
import type { Markup } from '../markup.ts'
import type { Words } from '../messages/words.ts'
import type { SiteRole } from '../site.ts'
import { Footer } from './footer.ts'
import { Header } from './header.ts'
import type { Section } from './header.ts'
import { StatusStrip } from './status-strip.ts'
import type { LogStanding } from './status-strip.ts'

/** A page's own content and what stands around it. */
export interface DocumentProps {
  readonly words: Words
  readonly role: SiteRole
  readonly organisation: string | undefined
  readonly siteName: string
  readonly title: string
  readonly path: string
  readonly sections: readonly Section[]
  /** `undefined` where no log stands behind the page. */
  readonly standing: LogStanding | undefined
  /** `undefined` outside of the demo. */
  readonly demoUrl?: string | undefined
  readonly verifyUrl?: string | undefined
  readonly backHref?: string | undefined
  /** Whether the page loads the script that checks proofs. */
  readonly verifies: boolean
  readonly content: ComponentChildren
}

function head(props: DocumentProps): Markup {
  const script = (src: string): Markup => h('script', { type: 'module', src })
  return h(
    'head',
    null,
    h('meta', { charSet: 'utf-8' }),
    h('title', null, `${props.title} – ${props.siteName} – Cloison`),
    h('meta', {
      name: 'viewport',
      content: 'width=device-width, initial-scale=1, viewport-fit=cover',
    }),
    h('meta', { name: 'theme-color', content: '#123f47' }),
    h('link', { rel: 'icon', href: '/assets/icon.svg', type: 'image/svg+xml' }),
    h('link', { rel: 'stylesheet', href: '/assets/page.css' }),
    script('/assets/page.js'),
    props.verifies ? script('/assets/verify.js') : null,
  )
}

function wayOut(words: Words): Markup {
  return h(ExitThisPage, {
    href: '/leave',
    words: {
      text: words.t('exit.text'),
      activated: words.t('exit.activated'),
      timedOut: words.t('exit.timedOut'),
      pressTwoMoreTimes: words.t('exit.pressTwoMoreTimes'),
      pressOneMoreTime: words.t('exit.pressOneMoreTime'),
    },
  })
}

function wayBack(words: Words, href: string): Markup {
  const text = words.t('header.back')
  return h('nav', { 'aria-label': text }, h(BackLink, { href, text }))
}

function statusStrip({ words, standing, role, verifyUrl }: DocumentProps): Markup | null {
  if (standing === undefined) return null
  return h(StatusStrip, {
    words,
    standing,
    ...(role === 'verify' || verifyUrl === undefined ? {} : { href: verifyUrl }),
  })
}

function body(props: DocumentProps): Markup {
  const { words, backHref } = props
  return h(
    'body',
    { class: 'govuk-template__body' },
    h(SkipLink, { text: words.t('header.skip'), href: '#main-content' }),
    h(Header, {
      words,
      siteName: props.siteName,
      organisation: props.organisation,
      sections: props.sections,
      path: props.path,
    }),
    statusStrip(props),
    h(
      'div',
      { class: 'govuk-width-container' },
      props.role === 'person' ? wayOut(words) : null,
      backHref === undefined ? null : wayBack(words, backHref),
      h('main', { class: 'govuk-main-wrapper', id: 'main-content' }, props.content),
    ),
    h(Footer, { words, demoUrl: props.demoUrl, verifyUrl: props.verifyUrl }),
  )
}

/** The whole HTML document of a page. Every text in it is escaped here. */
export function renderDocument(props: DocumentProps): string {
  const html = h(
    'html',
    { lang: props.words.language, class: 'govuk-template' },
    head(props),
    body(props),
  )
  return `<!DOCTYPE html>${renderToString(html)}`
}
