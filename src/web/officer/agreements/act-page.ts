import { h } from 'preact'
import { type AgreementActName, agreementActs } from '../../../agreement/index.ts'
import { Button } from '../../components/button.ts'
import { ErrorSummary } from '../../components/error-summary.ts'
import { TextLine } from '../../components/fields/index.ts'
import { Form } from '../../components/form.ts'
import { WarningText } from '../../components/warning-text.ts'
import { CommandLine } from '../../layout/command-line.ts'
import type { PageContext, PageResult, PageRoute } from '../../page-route.ts'
import { possibleActs } from './act-names.ts'
import { namedAgreement } from './agreement-page.ts'
import { agreementHref } from './agreements-page.ts'
import { asFreshOfficer } from '../as-officer.ts'
import type { AsOfficer } from '../as-officer.ts'
import type { ShownAgreement } from '../officer-desk.ts'
import { afterAct } from '../outcome-page.ts'

/** One act upon one agreement, as an address names it. */
interface Wish {
  readonly as: AsOfficer
  readonly shown: ShownAgreement
  readonly act: AgreementActName
}

/** One line that becomes public as it is; the gateway would refuse any other. */
function isReason(text: string): boolean {
  return text.trim() !== '' && text.length <= 500 && !/[\p{Cc}\p{Cf}]/u.test(text)
}

function commandOf({ shown, act }: Wish): string {
  const { id, version } = shown.agreement
  return `cloison agreement ${act} ${id} --version ${version} -c cloison.yaml --key keys/dpo.key --reason "…"`
}

function ways(context: PageContext, wish: Wish, reason: string | undefined): PageResult {
  const { words, formToken } = context
  const { as, shown, act } = wish
  const href = agreementHref(shown)
  const isMissing = reason !== undefined
  const title = words.named('actTitle', act)
  const text = words.t('act.reasonMissing')
  const form = h(Form, {
    action: `${href}/acts/${act}`,
    token: formToken,
    children: [
      h(TextLine, {
        name: 'reason',
        label: words.t('act.reason'),
        hint: words.t('act.reasonHint'),
        value: reason ?? '',
        error: isMissing ? { label: words.t('form.error'), text } : undefined,
      }),
      h(Button, {
        text: words.named('act', act),
        kind: act === 'terminate' || act === 'reject' ? 'warning' : 'primary',
      }),
    ],
  })
  const onOwnMachine = [
    h('p', { class: 'govuk-body' }, words.t('act.onOwnMachine')),
    h(CommandLine, { lines: [commandOf(wish)] }),
  ]
  const content = [
    isMissing ? h(ErrorSummary, { title: words.t('form.problem'), text, href: '#reason' }) : null,
    h(
      'span',
      { class: 'govuk-caption-l' },
      words.t('agreements.name', { id: shown.agreement.id, version: shown.agreement.version }),
    ),
    h('h1', { class: 'govuk-heading-l' }, title),
    h(WarningText, { text: words.named('actEffect', act), label: words.t('act.warning') }),
    h('p', { class: 'govuk-body app-measure' }, words.t('act.public')),
    as.desk.signer === undefined ? onOwnMachine : form,
  ]
  const result = { kind: 'page', title, content, backHref: href } as const
  return isMissing ? { ...result, status: 422 } : result
}

function onWish(
  context: PageContext,
  page: (wish: Wish) => Promise<PageResult>,
): Promise<PageResult> {
  const { id = '', version = '', act: wanted = '' } = context.params
  return asFreshOfficer(context, `/agreements/${id}/${version}/acts/${wanted}`, async (as) => {
    const named = await namedAgreement(context, as)
    const act = agreementActs.find((one) => one === context.params['act'])
    if (named === undefined || act === undefined) return { kind: 'missing' }
    const { shown } = named
    return possibleActs(shown.standing).includes(act)
      ? await page({ as, shown, act })
      : { kind: 'missing' }
  })
}

async function send(context: PageContext, wish: Wish): Promise<PageResult> {
  const { shown, act, as } = wish
  const { signer } = as.desk
  if (signer === undefined) return { kind: 'missing' }
  const reason = context.form.get('reason') ?? ''
  if (!isReason(reason)) return ways(context, wish, reason)
  const { id, version } = shown.agreement
  const href = agreementHref(shown)
  const document = signer.signAct({
    act,
    agreement: { id, version, digest: shown.digest },
    reason: reason.normalize('NFC'),
    lifts: act === 'resume' ? shown.lifts : [],
  })
  return afterAct(context, await as.desk.handIn(document), { to: href, backHref: href })
}

async function sign(context: PageContext, as: AsOfficer): Promise<PageResult> {
  const named = await namedAgreement(context, as)
  const { signer } = as.desk
  if (named === undefined || signer === undefined) return { kind: 'missing' }
  const href = agreementHref(named.shown)
  const outcome = await as.desk.handIn(signer.sign(named.shown.agreement))
  return afterAct(context, outcome, { to: href, backHref: href })
}

/** Signing what the other party has signed, and every other act; each asks for a log-in that is not old. */
export const actRoutes: readonly PageRoute[] = [
  {
    id: 'dpo.act',
    role: 'dpo',
    method: 'GET',
    path: '/agreements/:id/:version/acts/:act',
    run: (context) => onWish(context, (wish) => Promise.resolve(ways(context, wish, undefined))),
  },
  {
    id: 'dpo.act-done',
    role: 'dpo',
    method: 'POST',
    path: '/agreements/:id/:version/acts/:act',
    run: (context) => onWish(context, (wish) => send(context, wish)),
  },
  {
    id: 'dpo.sign',
    role: 'dpo',
    method: 'POST',
    path: '/agreements/:id/:version/sign',
    run(context) {
      const { id = '', version = '' } = context.params
      return asFreshOfficer(context, `/agreements/${id}/${version}`, (as) => sign(context, as))
    },
  },
]
