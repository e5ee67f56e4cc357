import { h } from 'preact'
import type { ComponentChildren } from 'preact'
import { lintAgreement } from '../../../agreement/index.ts'
import { canonicalBytes, decodeUtf8 } from '../../../bytes/index.ts'
import { Button } from '../../components/button.ts'
import { Details } from '../../components/details.ts'
import { Form } from '../../components/form.ts'
import { InsetText } from '../../components/inset-text.ts'
import { SummaryList } from '../../components/summary-list.ts'
import { CommandLine } from '../../layout/command-line.ts'
import type { Markup } from '../../markup.ts'
import type { Words } from '../../messages/words.ts'
import { nameOf } from '../../organisation-name.ts'
import type { PageContext, PageResult, PageRoute } from '../../page-route.ts'
import { possibleActs } from './act-names.ts'
import { agreementFacts } from './agreement-facts.ts'
import { agreementHref } from './agreements-page.ts'
import { asOfficer } from '../as-officer.ts'
import type { AsOfficer } from '../as-officer.ts'
import { ChangeList } from './change-list.ts'
import { EventTable } from './event-table.ts'
import { FindingList } from './finding-list.ts'
import { composedKinds } from '../compose/draft-form.ts'
import type { ShownAgreement } from '../officer-desk.ts'
import { waitsFor } from '../officer-tasks.ts'
import { StandingTag, standingSentence } from './standing-words.ts'
import { UseBars } from './use-bars.ts'

/** The agreement that an address names, with the version that it replaces where that is known. */
export interface NamedAgreement {
  readonly shown: ShownAgreement
  readonly before: ShownAgreement | undefined
}

/** Finds the agreement of the address' `id` and `version`; `undefined` when the organisation has none. */
export async function namedAgreement(
  { params }: PageContext,
  { desk }: AsOfficer,
): Promise<NamedAgreement | undefined> {
  const all = await desk.agreements()
  const shown = all.findLast(
    ({ agreement }) =>
      agreement.id === params['id'] && String(agreement.version) === params['version'],
  )
  if (shown === undefined) return undefined
  const { supersedes } = shown.agreement
  return { shown, before: all.find(({ digest }) => digest === supersedes?.digest) }
}

function signPart(context: PageContext, { desk }: AsOfficer, shown: ShownAgreement): Markup {
  const { words, formToken } = context
  const href = agreementHref(shown)
  const { id, version } = shown.agreement
  const file = `${id}.v${version}.json`
  const way =
    desk.signer === undefined
      ? [
          h('p', { class: 'govuk-body' }, words.t('sign.onOwnMachine')),
          h(CommandLine, {
            lines: [`cloison agreement sign ${file} --key keys/dpo.key -c cloison.yaml`],
          }),
          h(Button, { text: words.t('agreements.handIn'), href: '/hand-in' }),
        ]
      : h(Form, {
          action: `${href}/sign`,
          token: formToken,
          children: h(Button, { text: words.t('sign.button') }),
        })
  return h(
    InsetText,
    null,
    h('h2', { class: 'govuk-heading-m' }, words.t('sign.title')),
    h('p', { class: 'govuk-body' }, words.t('sign.lead')),
    way,
  )
}

function signatures({ words, organisations }: PageContext, { agreement }: ShownAgreement): Markup {
  const name = nameOf(organisations, words)
  const signed = agreement.signatures.map(({ organisation, role, keyId }) =>
    h(
      'li',
      null,
      `${name(organisation)}, ${words.t(`role.${role}`)}: `,
      h('code', { class: 'app-code app-anywhere' }, keyId),
    ),
  )
  return signed.length === 0
    ? h('p', { class: 'govuk-body' }, words.t('sign.nobody'))
    : h('ul', { class: 'govuk-list govuk-list--bullet' }, signed)
}

function isComposed({ agreement }: ShownAgreement): boolean {
  return composedKinds.some((kind) => kind === agreement.kind)
}

function newVersion(words: Words, { agreement }: ShownAgreement): Markup {
  return h(Button, {
    text: words.t('agreements.newVersion'),
    href: `/compose?from=${agreement.id}&version=${agreement.version}`,
    kind: 'secondary',
  })
}

function actLinks({ words }: PageContext, shown: ShownAgreement): ComponentChildren {
  const acts = possibleActs(shown.standing)
  if (acts.length === 0) return null
  return [
    h('h2', { class: 'govuk-heading-m' }, words.t('act.title')),
    h(
      'div',
      { class: 'govuk-button-group' },
      acts.map((act) =>
        h(Button, {
          text: words.named('act', act),
          href: `${agreementHref(shown)}/acts/${act}`,
          kind: act === 'terminate' || act === 'reject' ? 'warning' : 'secondary',
        }),
      ),
      isComposed(shown) ? newVersion(words, shown) : null,
    ),
  ]
}

function differences(context: PageContext, { shown, before }: NamedAgreement): ComponentChildren {
  if (before === undefined) return null
  const { words } = context
  return [
    h('h2', { class: 'govuk-heading-m' }, words.t('change.title')),
    h(ChangeList, { words, before: before.agreement, after: shown.agreement }),
  ]
}

function useAndFindings(
  context: PageContext,
  as: AsOfficer,
  shown: ShownAgreement,
): ComponentChildren {
  const { words, nowMs } = context
  if (waitsFor(shown, as.own)) {
    const findings = lintAgreement(shown.agreement, nowMs)
    return [
      h('h2', { class: 'govuk-heading-m' }, words.t('lint.title')),
      h(FindingList, { words, findings }),
    ]
  }
  return shown.use === null
    ? null
    : [
        h('h2', { class: 'govuk-heading-m' }, words.t('limits.used')),
        h(UseBars, { words, agreement: shown.agreement, use: shown.use }),
      ]
}

function page(context: PageContext, as: AsOfficer, named: NamedAgreement): PageResult {
  const { words, organisations } = context
  const { shown } = named
  const { agreement, standing, digest } = shown
  const name = nameOf(organisations, words)
  const title = words.t('agreements.name', { id: agreement.id, version: agreement.version })
  const content = [
    h('h1', { class: 'govuk-heading-l app-anywhere' }, title),
    h('p', { class: 'govuk-body' }, h(StandingTag, { words, standing })),
    h('p', { class: 'govuk-body-l app-measure' }, standingSentence(words, standing, name)),
    waitsFor(shown, as.own) ? signPart(context, as, shown) : null,
    h(SummaryList, {
      rows: agreementFacts(agreement, { words, nameOf: name }),
      classes: 'app-facts',
    }),
    useAndFindings(context, as, shown),
    differences(context, named),
    h('h2', { class: 'govuk-heading-m' }, words.t('sign.signatures')),
    signatures(context, shown),
    h('h2', { class: 'govuk-heading-m' }, words.t('event.title')),
    h(EventTable, { words, name, events: shown.events }),
    actLinks(context, shown),
    h(
      Details,
      { summary: words.t('agreements.document') },
      h('p', { class: 'govuk-body' }, words.t('agreements.documentText')),
      h(
        'p',
        { class: 'govuk-body' },
        words.t('label.before', { text: words.t('agreements.digest') }),
        ' ',
        h('code', { class: 'app-code app-anywhere' }, digest),
      ),
      h(Button, {
        text: words.t('agreements.download'),
        href: `${agreementHref(shown)}/document.json`,
        kind: 'secondary',
      }),
    ),
  ]
  return { kind: 'page', title, content, backHref: '/agreements' }
}

function onNamed(
  context: PageContext,
  show: (as: AsOfficer, named: NamedAgreement) => PageResult,
): Promise<PageResult> {
  return asOfficer(context, async (as) => {
    const named = await namedAgreement(context, as)
    return named === undefined ? { kind: 'missing' } : show(as, named)
  })
}

function file(_as: AsOfficer, { shown: { agreement } }: NamedAgreement): PageResult {
  return {
    kind: 'file',
    name: `${agreement.id}.v${agreement.version}.json`,
    contentType: 'application/json',
    body: decodeUtf8(canonicalBytes(agreement)),
  }
}

/** One version of an agreement: what is agreed in plain words, where it stands, and what can be done. */
export const agreementRoutes: readonly PageRoute[] = [
  {
    id: 'dpo.agreement',
    role: 'dpo',
    method: 'GET',
    path: '/agreements/:id/:version',
    run: (context) => onNamed(context, (as, named) => page(context, as, named)),
  },
  {
    id: 'dpo.agreement-document',
    role: 'dpo',
    method: 'GET',
    path: '/agreements/:id/:version/document.json',
    run: (context) => onNamed(context, file),
  },
]
