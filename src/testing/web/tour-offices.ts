import { samplePersonAgreement } from '../sample-agreement.ts'
import { canonicalBytes, decodeUtf8 } from '../../bytes/index.ts'
import { valuesOf } from './form-values.ts'
import { signIn } from './sign-in.ts'
import type { TourStart } from './tour.ts'
import type { VisitedPage } from './page-client.ts'

type Seen = Map<string, VisitedPage>

async function tourAgreements(site: string, { client }: TourStart, seen: Seen): Promise<void> {
  seen.set('dpo.agreements', await client.get(`${site}/agreements`))
  for (const [id, path] of [
    ['dpo.agreement', 'housing-tax-rent/1'],
    ['dpo.agreement:offered', 'housing-tax-rent/2'],
    ['dpo.agreement:locked', 'housing-tax-care/1'],
    ['dpo.agreement:suspended', 'housing-tax-emergency/1'],
    ['dpo.agreement:tables', 'housing-tax-tables/1'],
    ['dpo.agreement:join', 'housing-tax-join/1'],
    ['dpo.agreement:none', 'housing-tax-nothing/1'],
    ['dpo.agreement-document', 'housing-tax-rent/1/document.json'],
  ] as const)
    seen.set(id, await client.get(`${site}/agreements/${path}`))
  for (const [id, path] of [
    ['dpo.act', 'housing-tax-rent/1/acts/suspend'],
    ['dpo.act:terminate', 'housing-tax-rent/1/acts/terminate'],
    ['dpo.act:resume', 'housing-tax-emergency/1/acts/resume'],
    ['dpo.act:reject', 'housing-tax-rent/2/acts/reject'],
    ['dpo.act:not-now', 'housing-tax-rent/1/acts/reject'],
  ] as const)
    seen.set(id, await client.get(`${site}/agreements/${path}`))
  const act = await client.get(`${site}/agreements/housing-tax-rent/1/acts/suspend`)
  seen.set('dpo.act:error', await client.send(act, { reason: ' ' }))
  seen.set('dpo.act:done', await client.send(act, { reason: 'Audit 12' }))
  const offer = await client.get(`${site}/agreements/housing-tax-rent/2`)
  seen.set('dpo.sign', await client.send(offer, {}))
  const handIn = await client.get(`${site}/hand-in`)
  seen.set('dpo.hand-in', handIn)
  seen.set('dpo.hand-in:error', await client.send(handIn, {}))
  seen.set('dpo.hand-in:refused', await client.send(handIn, { text: '{}' }))
  const document = decodeUtf8(canonicalBytes(samplePersonAgreement()))
  seen.set('dpo.hand-in:done', await client.send(handIn, { document }))
}

async function tourCompose(site: string, { client }: TourStart, seen: Seen): Promise<void> {
  const empty = await client.get(`${site}/compose`)
  seen.set('dpo.compose', empty)
  seen.set('dpo.compose:error', await client.send(empty, { id: 'X', kind: 'person' }))
  const next = await client.get(`${site}/compose?from=housing-tax-rent&version=1`)
  seen.set('dpo.compose:next', next)
  const fields = { ...valuesOf(next), subjectsPerCase: '5' }
  const checked = await client.send(next, fields)
  seen.set('dpo.compose-check', checked)
  seen.set('dpo.compose-draft', await client.get(`${site}/compose/draft.json`))
  seen.set('dpo.compose:signed', await client.send(checked, {}))
}

async function tourWatch(site: string, { client }: TourStart, seen: Seen): Promise<void> {
  seen.set('dpo.limits', await client.get(`${site}/limits`))
  seen.set('dpo.signals', await client.get(`${site}/signals`))
  const signal = await client.get(`${site}/signals/AAAAAAAAAAA`)
  seen.set('dpo.signal', signal)
  seen.set('dpo.signal:error', await client.send(signal, {}))
  seen.set('dpo.signal:sent', await client.send(signal, { verdict: 'explained' }))
  seen.set('dpo.signal:decided', await client.get(`${site}/signals/BBBBBBBBBBB`))
  const emergencies = await client.get(`${site}/emergencies`)
  seen.set('dpo.emergencies', emergencies)
  seen.set('dpo.emergencies:sent', await client.send(emergencies, { finding: 'justified' }))
  seen.set('dpo.openings', await client.get(`${site}/openings`))
}

/** `endReports` says what becomes of reports that are asked for from now on. */
async function tourReports(
  site: string,
  { client, endReports }: TourStart,
  seen: Seen,
): Promise<void> {
  seen.set('dpo.reports', await client.get(`${site}/reports`))
  const form = await client.get(`${site}/reports/accounting`)
  seen.set('dpo.report-form', form)
  const days = { from: '2026-01-01', until: '2026-09-21', agreement: 'housing-tax-rent 1' }
  seen.set('dpo.report-form:error', await client.send(form, { ...days, until: '2025-01-01' }))
  const report = await client.send(form, days)
  seen.set('dpo.report', report)
  seen.set('dpo.report-json', await client.get(`${report.url}/report.json`))
  seen.set('dpo.report-html', await client.get(`${report.url}/report.html`))
  for (const ending of ['running', 'refused'] as const) {
    endReports?.(ending)
    seen.set(`dpo.report:${ending}`, await client.send(form, days))
  }
  endReports?.('made')
  seen.set('dpo.reports:made', await client.get(`${site}/reports`))
}

/** Visits the pages of data protection officers: of one who signs on the page, and of one who does not. */
export async function tourOfficer(start: TourStart, seen: Seen): Promise<void> {
  const { client, port, language } = start
  const site = `http://dpo.tax.localhost:${port}`
  seen.set('dpo.front', await client.get(`${site}/?lang=${language}`))
  seen.set('dpo.tasks', await signIn(client, site, 1))
  seen.set('dpo.front:account', await client.get(`${site}/`))
  seen.set('dpo.callback', await client.get(`${site}/callback`))
  seen.set('dpo.sign-in-again', await client.get(`${site}/sign-in/again`))
  await tourAgreements(site, start, seen)
  await tourCompose(site, start, seen)
  await tourWatch(site, start, seen)
  await tourReports(site, start, seen)
  const other = `http://dpo.housing.localhost:${port}`
  await client.get(`${other}/?lang=${language}`)
  seen.set('dpo.tasks:other', await signIn(client, other, 1))
  const path = `${other}/agreements/housing-tax-rent/1`
  seen.set('dpo.agreement:own-machine', await client.get(path))
  seen.set('dpo.act:own-machine', await client.get(`${path}/acts/suspend`))
}

/** Visits the pages of an administrator. */
export async function tourAdministrator(start: TourStart, seen: Seen): Promise<void> {
  const { client, port, language } = start
  const site = `http://admin.tax.localhost:${port}`
  seen.set('admin.front', await client.get(`${site}/?lang=${language}`))
  seen.set('admin.health', await signIn(client, site, 1))
  seen.set('admin.front:account', await client.get(`${site}/`))
  seen.set('admin.callback', await client.get(`${site}/callback`))
  seen.set('admin.peers', await client.get(`${site}/peers`))
  seen.set('admin.peer', await client.get(`${site}/peers/housing`))
  seen.set('admin.peer:none', await client.get(`${site}/peers/nobody`))
  seen.set('admin.keys', await client.get(`${site}/keys`))
  seen.set('admin.storage', await client.get(`${site}/storage`))
  seen.set('admin.jobs', await client.get(`${site}/jobs`))
  seen.set('admin.acts', await client.get(`${site}/acts`))
}
