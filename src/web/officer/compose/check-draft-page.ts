import { h } from 'preact'
import type { ComponentChildren } from 'preact'
import {
  type Agreement,
  defaultLock,
  isNarrower,
  isUnitedStatesBasis,
  lintAgreement,
  needsInspector,
} from '../../../agreement/index.ts'
import { canonicalBytes, decodeUtf8 } from '../../../bytes/index.ts'
import { Button } from '../../components/button.ts'
import { Form } from '../../components/form.ts'
import { InsetText } from '../../components/inset-text.ts'
import { SummaryList } from '../../components/summary-list.ts'
import { CommandLine } from '../../layout/command-line.ts'
import { nameOf } from '../../organisation-name.ts'
import type { PageContext, PageResult, PageRoute } from '../../page-route.ts'
import { redirect } from '../../page-route.ts'
import { agreementFacts } from '../agreements/agreement-facts.ts'
import { ChangeList } from '../agreements/change-list.ts'
import { FindingList } from '../agreements/finding-list.ts'
import { asFreshOfficer, asOfficer } from '../as-officer.ts'
import type { AsOfficer } from '../as-officer.ts'
import { afterAct } from '../outcome-page.ts'
import { draftGround } from './compose-page.ts'
import { readDraftForm } from './read-draft-form.ts'
import type { DraftGround } from './read-draft-form.ts'

interface Draft {
  readonly as: AsOfficer
  readonly agreement: Agreement
  readonly before: DraftGround['before']
}

/** Runs `then` for the draft that the session holds; back to the form where it is none yet. */
async function onDraft(
  as: AsOfficer,
  then: (draft: Draft) => PageResult | Promise<PageResult>,
): Promise<PageResult> {
  const { agreementForm } = as.session
  if (agreementForm === undefined) return redirect('/compose')
  const form = new URLSearchParams(agreementForm)
  const ground = await draftGround(form, as)
  const read = readDraftForm(form, ground)
  if (!read.ok) return redirect('/compose')
  return await then({ as, agreement: read.agreement, before: ground.before })
}

/** How long the version waits once both have signed: not at all where it is narrower in everything. */
function lockText({ words }: PageContext, { as, agreement, before }: Draft): string {
  if (before !== undefined && isNarrower(before.agreement, agreement).narrower)
    return words.t('compose.noLock')
  const american = agreement.legalBasis.some((basis) => isUnitedStatesBasis(basis))
  const ms = american
    ? Math.max(as.desk.timeLockMs, defaultLock(agreement).milliseconds)
    : as.desk.timeLockMs
  return words.t('compose.lock', { time: words.duration(ms) })
}

function signing(context: PageContext, { as, agreement }: Draft): ComponentChildren {
  const { words, formToken } = context
  const file = `${agreement.id}.v${agreement.version}.json`
  const download = h(Button, {
    text: words.t('compose.download'),
    href: '/compose/draft.json',
    kind: 'secondary',
  })
  const change = h(Button, { text: words.t('compose.change'), href: '/compose', kind: 'secondary' })
  if (as.desk.signer === undefined)
    return [
      h('p', { class: 'govuk-body app-measure' }, words.t('sign.onOwnMachine')),
      h(CommandLine, {
        lines: [`cloison agreement sign ${file} --key keys/dpo.key -c cloison.yaml`],
      }),
      h('div', { class: 'govuk-button-group' }, download, change),
    ]
  return [
    h(Form, {
      action: '/compose/sign',
      token: formToken,
      children: h(Button, { text: words.t('compose.sign') }),
    }),
    h('div', { class: 'govuk-button-group' }, download, change),
  ]
}

function page(context: PageContext, draft: Draft): PageResult {
  const { words, organisations, nowMs } = context
  const { agreement, before } = draft
  const title = words.t('agreements.name', { id: agreement.id, version: agreement.version })
  const content = [
    h('span', { class: 'govuk-caption-l' }, words.t('compose.caption')),
    h('h1', { class: 'govuk-heading-l app-anywhere' }, title),
    h(SummaryList, {
      rows: agreementFacts(agreement, { words, nameOf: nameOf(organisations, words) }),
      classes: 'app-facts',
    }),
    ...(before === undefined
      ? []
      : [
          h('h2', { class: 'govuk-heading-m' }, words.t('change.title')),
          h(ChangeList, { words, before: before.agreement, after: agreement }),
        ]),
    h('h2', { class: 'govuk-heading-m' }, words.t('lint.title')),
    h(FindingList, { words, findings: lintAgreement(agreement, nowMs) }),
    h('h2', { class: 'govuk-heading-m' }, words.t('sign.title')),
    h(
      InsetText,
      null,
      h('p', { class: 'govuk-body' }, h('strong', null, lockText(context, draft))),
      needsInspector(agreement)
        ? h('p', { class: 'govuk-body' }, words.t('compose.inspector'))
        : null,
    ),
    signing(context, draft),
  ]
  return { kind: 'page', title, content, backHref: '/compose' }
}

function file({ agreement }: Draft): PageResult {
  return {
    kind: 'file',
    name: `${agreement.id}.v${agreement.version}.json`,
    contentType: 'application/json',
    body: decodeUtf8(canonicalBytes(agreement)),
  }
}

async function sign(context: PageContext, { as, agreement }: Draft): Promise<PageResult> {
  const { signer } = as.desk
  if (signer === undefined) return { kind: 'missing' }
  const outcome = await as.desk.handIn(signer.sign(agreement))
  if (outcome.state !== 'refused') as.session.agreementForm = undefined
  return afterAct(context, outcome, { to: '/agreements', backHref: '/compose/check' })
}

/** The draft in plain words, with what the law would ask, what it changes and how long it waits; signed, or taken along. */
export const checkDraftRoutes: readonly PageRoute[] = [
  {
    id: 'dpo.compose-check',
    role: 'dpo',
    method: 'GET',
    path: '/compose/check',
    run: (context) => asOfficer(context, (as) => onDraft(as, (draft) => page(context, draft))),
  },
  {
    id: 'dpo.compose-draft',
    role: 'dpo',
    method: 'GET',
    path: '/compose/draft.json',
    run: (context) => asOfficer(context, (as) => onDraft(as, file)),
  },
  {
    id: 'dpo.compose-sign',
    role: 'dpo',
    method: 'POST',
    path: '/compose/sign',
    run: (context) =>
      asFreshOfficer(context, '/compose/check', (as) =>
        onDraft(as, (draft) => sign(context, draft)),
      ),
  },
]
