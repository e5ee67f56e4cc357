import { h } from 'preact'
import { Button } from '../components/button.ts'
import { CommandLine } from '../layout/command-line.ts'
import type { Markup } from '../markup.ts'
import { nameOf } from '../organisation-name.ts'
import type { PageContext, PageResult, PageRoute } from '../page-route.ts'
import type { ListedPeer } from './administrator-desk.ts'
import { asAdministrator } from './as-administrator.ts'
import type { AsAdministrator } from './as-administrator.ts'
import { CheckTable } from './check-table.ts'
import { KeyTable } from './key-table.ts'

function peerPart({ words, organisations }: PageContext, peer: ListedPeer): readonly Markup[] {
  const name = nameOf(organisations, words)(peer.organisation)
  return [
    h('h2', { class: 'govuk-heading-m' }, name),
    h(
      'p',
      { class: 'govuk-body' },
      h('code', { class: 'app-code app-anywhere' }, peer.url),
      ` · ${words.t(peer.from === 'record' ? 'peers.fromRecord' : 'peers.fromConfiguration')}`,
    ),
    h(KeyTable, { words, caption: words.t('peers.keysOf', { name }), keys: peer.keys }),
    h(Button, {
      text: words.t('peers.test'),
      hiddenText: name,
      href: `/peers/${peer.organisation}`,
      kind: 'secondary',
    }),
  ]
}

async function show(context: PageContext, { desk, name }: AsAdministrator): Promise<PageResult> {
  const { words } = context
  const peers = await desk.peers()
  const title = words.t('section.peers')
  const content = [
    h('span', { class: 'govuk-caption-l' }, name),
    h('h1', { class: 'govuk-heading-l' }, title),
    h('p', { class: 'govuk-body-l app-measure' }, words.t('peers.lead')),
    peers.length === 0
      ? h('p', { class: 'govuk-inset-text' }, words.t('peers.none'))
      : peers.map((peer) => peerPart(context, peer)),
    h('h2', { class: 'govuk-heading-m' }, words.t('peers.change')),
    h('p', { class: 'govuk-body app-measure' }, words.t('peers.changeText')),
    h(CommandLine, { lines: ['cloison peer add directory.json -c cloison.yaml'] }),
  ]
  return { kind: 'page', title, content }
}

async function test(context: PageContext, { desk }: AsAdministrator): Promise<PageResult> {
  const { words, organisations, params } = context
  const peer = (await desk.peers()).find(({ organisation }) => organisation === params['peer'])
  if (peer === undefined) return { kind: 'missing' }
  const name = nameOf(organisations, words)(peer.organisation)
  const { lookedAtMs, checks: all } = await desk.doctor({ peer: peer.organisation })
  const checks = all.filter(({ what }) => what.startsWith(`peers.${peer.organisation} `))
  const title = words.t('peers.way', { name })
  const content = [
    h('h1', { class: 'govuk-heading-l' }, title),
    h(
      'p',
      { class: 'govuk-body-l app-measure' },
      words.t('peers.wayText', { when: words.dateTime(lookedAtMs) }),
    ),
    h(CheckTable, { words, checks }),
  ]
  return { kind: 'page', title, content, backHref: '/peers' }
}

/** Who the peers are, which of their keys count, and whether they can be reached. */
export const peerRoutes: readonly PageRoute[] = [
  {
    id: 'admin.peers',
    role: 'admin',
    method: 'GET',
    path: '/peers',
    run: (context) => asAdministrator(context, (as) => show(context, as)),
  },
  {
    id: 'admin.peer',
    role: 'admin',
    method: 'GET',
    path: '/peers/:peer',
    run: (context) => asAdministrator(context, (as) => test(context, as)),
  },
]
