import { h } from 'preact'
import type { JoinView } from '../../../population/index.ts'
import { isJoinRefuted, joinReleaseForm } from '../../../population/index.ts'
import { Details } from '../../components/details.ts'
import type { PageContext, PageResult } from '../../page-route.ts'
import { DownloadList } from '../numbers/download-list.ts'
import { HowToRead } from '../numbers/how-to-read.ts'
import { TableNumbers } from '../numbers/table-numbers.ts'
import { Collusion } from './collusion.ts'
import { JoinAudit } from './join-audit.ts'
import { JoinCertificateList } from './join-certificate.ts'
import { JoinSigned } from './join-signed.ts'
import type { PublicAudit } from './join-tables-desk.ts'
import { joinChartWords, partiesOf } from './join-words.ts'
import { PlanFacts } from './plan-facts.ts'

/**
 * A table over two registers: chart, numbers, how to read them, what the parties could do together, signatures, audit,
 * certificate, files. Of one that signatures or log speak against, that alone, and no number.
 */
export function resultPage(
  context: PageContext,
  view: Extract<JoinView, { state: 'released' }>,
  audit: PublicAudit | undefined,
): PageResult {
  const { words } = context
  const { release, plan, qid, proof } = view
  const names = partiesOf(context, plan)
  const texts = joinChartWords(context, release)
  const { notCovered } = release.certificate
  const head = [
    h('span', { class: 'govuk-caption-l' }, words.t('pair.caption', { ...names })),
    h('h1', { class: 'govuk-heading-l' }, texts.title),
    h(Details, { summary: words.t('join.question') }, h(PlanFacts, { words, plan, names })),
  ]
  const signed = h(JoinSigned, { context, view })
  const page = { kind: 'page', title: texts.value, backHref: '/history' } as const
  if (isJoinRefuted(proof)) return { ...page, content: [...head, signed] }
  const content = [
    ...head,
    h(TableNumbers, { context, form: joinReleaseForm(release), texts }),
    h(HowToRead, { words, notCovered }),
    h(Collusion, { words, names, level: 2 }),
    signed,
    h(JoinAudit, { context, plan, audit }),
    h('h2', { class: 'govuk-heading-m', id: 'certificate' }, words.t('certificate.title')),
    h(JoinCertificateList, { context, view }),
    h('h2', { class: 'govuk-heading-m', id: 'download' }, words.t('download.title')),
    h(DownloadList, { words, at: `/joins/${qid}` }),
  ]
  return { ...page, content }
}
