import type { PageClient, VisitedPage } from './page-client.ts'
import { tourAdministrator, tourOfficer } from './tour-offices.ts'

/** What becomes of runs that are asked for from now on. */
export type JoinEnding = 'released' | 'running' | 'stopped' | 'refused'

/** Where the pages of a tour are. */
export interface TourStart {
  readonly client: PageClient
  readonly port: number
  /** `?lang=` of every first page of a site. */
  readonly language: string
  /** Called before a table is asked for that is to be waited for. */
  readonly pendTables?: () => void
  /** Called before a table over two registers is asked for: what becomes of it. */
  readonly endJoins?: (as: JoinEnding) => void
  /** Called before a report is asked for: what becomes of it. */
  readonly endReports?: (as: 'made' | 'running' | 'refused') => void
}

/** The pages of a tour by the id of their route, some with a state after a colon. */
export type Tour = ReadonlyMap<string, VisitedPage>

async function tourCaseworker(start: TourStart, seen: Map<string, VisitedPage>): Promise<void> {
  const { client, port, language } = start
  const site = `http://caseworker.housing.localhost:${port}`
  const front = await client.get(`${site}/?lang=${language}`)
  seen.set('caseworker.front', front)
  const logIn = await client.send(front, {})
  seen.set('login', logIn)
  seen.set('login:error', await client.send(logIn, {}))
  seen.set('caseworker.callback', await client.get(`${site}/callback?state=none`))
  const cases = await client.send(logIn, { who: 1 })
  seen.set('caseworker.cases', cases)
  const choice = new Map(cases.forms[0]?.fields).get('case') ?? ''
  const need = await client.send(cases, { case: choice })
  seen.set('caseworker.need', need)
  seen.set('caseworker.need:error', await client.send(need, {}))
  const check = await client.send(need, { need: 1 })
  seen.set('caseworker.check', check)
  const answer = await client.send(check, {})
  seen.set('caseworker.answer', answer)
  seen.set('caseworker.answer-state', await client.get(`${answer.url}/state`))
  const last = cases.forms.length - 1
  const closed = new Map(cases.forms[last]?.fields).get('case') ?? ''
  const refusedNeed = await client.send(cases, { case: closed }, { form: last })
  const refusedCheck = await client.send(refusedNeed, { need: 1 })
  seen.set('caseworker.answer:refused', await client.send(refusedCheck, {}))
  const consentCheck = await client.send(await client.send(cases, { case: choice }), { need: 3 })
  seen.set('caseworker.check:consent', consentCheck)
  seen.set('caseworker.consent', await client.send(consentCheck, {}))
  seen.set('caseworker.trace', await client.get(`${site}/trace`))
  seen.set('caseworker.sign-in-again', await client.get(`${site}/sign-in/again`))
  const account = await client.get(`${site}/`)
  seen.set('caseworker.front:account', account)
  seen.set('login:out', await client.send(account, {}))
}

async function tourAnalyst(start: TourStart, seen: Map<string, VisitedPage>): Promise<void> {
  const { client, port, language } = start
  const site = `http://analyst.housing.localhost:${port}`
  const front = await client.get(`${site}/?lang=${language}`)
  seen.set('analyst.front', front)
  seen.set('analyst.callback', await client.get(`${site}/callback`))
  seen.set('analyst.catalogue', await client.send(await client.send(front, {}), { who: 1 }))
  seen.set('analyst.front:account', await client.get(`${site}/`))
  const builder = await client.get(`${site}/ask/housing-tax-rent`)
  seen.set('analyst.builder', builder)
  const wanted = { measure: 'count', by: 'sex', epsilon: '0,1' }
  seen.set('analyst.builder:error', await client.send(builder, { measure: 'mean', epsilon: '' }))
  const dear = { ...wanted, epsilon: '0.9' }
  seen.set('analyst.builder:refused', await client.send(builder, dear))
  const preview = await client.send(builder, wanted)
  seen.set('analyst.builder:preview', preview)
  const seenBefore = Object.fromEntries(preview.forms[0]?.fields ?? [])
  const result = await client.send(preview, { ...seenBefore, do: 'ask' })
  seen.set('analyst.result', result)
  for (const [id, name] of [
    ['json', 'release.json'],
    ['csv', 'release.csv'],
    ['parquet', 'release.parquet'],
    ['vega', 'release.vl.json'],
    ['svg', 'release.svg'],
  ] as const)
    seen.set(`analyst.${id}`, await client.get(`${result.url}/${name}`))
  seen.set('analyst.result:refused', await client.send(builder, { ...dear, do: 'ask' }))
  start.pendTables?.()
  seen.set('analyst.progress', await client.send(builder, { ...wanted, do: 'ask' }))
  seen.set('analyst.history', await client.get(`${site}/history`))
}

/** Tables over two registers, asked at the organisation that counts them. */
async function tourJoins(start: TourStart, seen: Map<string, VisitedPage>): Promise<void> {
  const { client, port, language, endJoins } = start
  const site = `http://analyst.social.localhost:${port}`
  const front = await client.get(`${site}/?lang=${language}`)
  seen.set('analyst.catalogue:pairs', await client.send(await client.send(front, {}), { who: 1 }))
  const builder = await client.get(`${site}/pairs/social-housing-joins/social-tax-joins`)
  seen.set('analyst.pair', builder)
  const wanted = { measure: 'count', 'left-by': 'need', 'right-by': 'sex', epsilon: '0,5' }
  seen.set('analyst.pair:error', await client.send(builder, { ...wanted, epsilon: 'much' }))
  const fine = { ...wanted, 'left-by': 'block', 'right-by': 'origin' }
  seen.set('analyst.pair:refused', await client.send(builder, fine))
  const preview = await client.send(builder, wanted)
  seen.set('analyst.pair:preview', preview)
  const seenBefore = Object.fromEntries(preview.forms[0]?.fields ?? [])
  endJoins?.('refused')
  seen.set('analyst.pair:refusedLate', await client.send(preview, { ...seenBefore, do: 'ask' }))
  endJoins?.('stopped')
  const mean = { ...wanted, measure: 'mean', element: 'right.age' }
  seen.set('analyst.join:stopped', await client.send(builder, { ...mean, do: 'ask' }))
  endJoins?.('running')
  const sum = { ...wanted, measure: 'sum', element: 'left.rent' }
  seen.set('analyst.join:running', await client.send(builder, { ...sum, do: 'ask' }))
  endJoins?.('released')
  const result = await client.send(preview, { ...seenBefore, do: 'ask' })
  seen.set('analyst.join', result)
  seen.set('analyst.pair:held', await client.send(builder, wanted))
  for (const [id, name] of [
    ['joinJson', 'release.json'],
    ['joinCsv', 'release.csv'],
    ['joinParquet', 'release.parquet'],
    ['joinVega', 'release.vl.json'],
    ['joinSvg', 'release.svg'],
  ] as const)
    seen.set(`analyst.${id}`, await client.get(`${result.url}/${name}`))
  seen.set('analyst.history:joins', await client.get(`${site}/history`))
}

/** What the inspector sees: of comparisons, heads, signals, draws, agreements and openings. */
async function tourInspector(start: TourStart, seen: Map<string, VisitedPage>): Promise<void> {
  const { client, port, language } = start
  const site = `http://inspector.inspector.localhost:${port}`
  const front = await client.get(`${site}/?lang=${language}`)
  const first = await client.send(await client.send(front, {}), { who: 1 })
  seen.set('inspector.reconciliation', first)
  for (const name of ['heads', 'signals', 'draws', 'register', 'identities'])
    seen.set(`inspector.${name}`, await client.get(`${site}/${name}`))
  const document = await client.get(`${site}/register/housing-tax-rent/1/document.json`)
  seen.set('inspector.register-document', document)
}

/** The place of the form that is sent to an address. */
function formTo(page: VisitedPage, action: string): { readonly form: number } {
  return { form: page.forms.findIndex((one) => one.action === action) }
}

/** Requests at the counter of an organisation: the list, one opened, extended, and decided with a mistake on the way. */
async function tourOffice(start: TourStart, seen: Map<string, VisitedPage>): Promise<void> {
  const { client, port } = start
  const site = `http://dpo.tax.localhost:${port}`
  const unknown = await client.get(`${site}/requests`)
  const isSignedIn = new URL(unknown.url).pathname === '/requests'
  if (!isSignedIn) await client.send(await client.send(unknown, {}), { who: 1 })
  seen.set('dpo.requests', await client.get(`${site}/requests`))
  const closed = await client.get(`${site}/requests/4`)
  seen.set('dpo.request', closed)
  const opened = await client.send(closed, {}, formTo(closed, '/requests/4/open'))
  seen.set('dpo.request:opened', opened)
  const extending = formTo(opened, '/requests/4/extend')
  seen.set('dpo.request:unextended', await client.send(opened, { reason: '' }, extending))
  const reason = 'The register of that year is in another building.'
  const extended = await client.send(opened, { reason }, extending)
  seen.set('dpo.request:extended', extended)
  const deciding = formTo(extended, '/requests/4/decide')
  seen.set('dpo.request:error', await client.send(extended, { answer: 'No.' }, deciding))
  const refusal = { outcome: 'eu-gdpr:A16', answer: 'It is as you told us in May.' }
  seen.set('dpo.request:decided', await client.send(extended, refusal, deciding))
  const objection = await client.get(`${site}/requests/2`)
  seen.set(
    'dpo.request:objection',
    await client.send(objection, {}, formTo(objection, '/requests/2/open')),
  )
}

/** A request from an entry to the list, with two mistakes on the way. */
async function tourRequests(start: TourStart, seen: Map<string, VisitedPage>): Promise<void> {
  const { client, port } = start
  const site = `http://person.tax.localhost:${port}`
  const entries = await client.get(`${site}/disclosures`)
  const beginning = formTo(entries, '/requests/about')
  const entry = new Map(entries.forms[beginning.form]?.fields).get('entry') ?? ''
  const write = await client.send(entries, { entry }, beginning)
  seen.set('person.request-write', write)
  const writing = formTo(write, '/requests/write')
  seen.set('person.request-write:kind', await client.send(write, { text: 'Please.' }, writing))
  const wish = { kind: 'correction', text: 'It is <b>too high</b>.' }
  seen.set('person.request-write:elements', await client.send(write, wish, writing))
  const whole = { ...wish, kind: 'objection' }
  const check = await client.send(write, whole, writing)
  seen.set('person.request-check', check)
  seen.set('person.requests', await client.send(check, {}, formTo(check, '/requests/check')))
}

/** The sites whose role has an account and nothing else yet. */
async function tourAccounts(start: TourStart, seen: Map<string, VisitedPage>): Promise<void> {
  const { client, port, language } = start
  for (const role of ['inspector']) {
    const site = `http://${role}.tax.localhost:${port}`
    const front = await client.get(`${site}/?lang=${language}`)
    seen.set(`${role}.front`, front)
    seen.set(`${role}.front:account`, await client.send(await client.send(front, {}), { who: 1 }))
    seen.set(`${role}.callback`, await client.get(`${site}/callback`))
  }
}

async function tourPerson(start: TourStart, seen: Map<string, VisitedPage>): Promise<void> {
  const { client, port, language } = start
  const site = `http://person.tax.localhost:${port}`
  const front = await client.get(`${site}/?lang=${language}`)
  seen.set('person.front', front)
  seen.set('person.disclosures', await client.send(await client.send(front, {}), { who: 1 }))
  seen.set('person.front:account', await client.get(`${site}/`))
  seen.set('person.callback', await client.get(`${site}/callback`))
  seen.set('person.evidence', await client.get(`${site}/evidence.json`))
  seen.set('person.readable', await client.get(`${site}/list.html`))
  seen.set('person.proofs', await client.get(`${site}/proofs`))
  await tourRequests(start, seen)
  seen.set('person.leave', await client.get(`${site}/leave`))
}

async function tourDemo(start: TourStart, seen: Map<string, VisitedPage>): Promise<void> {
  const { client, port, language } = start
  const home = await client.get(`http://demo.localhost:${port}/?lang=${language}`)
  seen.set('demo.home', home)
  seen.set('demo.cheat', await client.send(home, { cheat: 'enumerate' }))
  seen.set('demo.cheat:edit-log', await client.send(home, { cheat: 'edit-log' }))
  seen.set('demo.cheat:no-case', await client.send(home, { cheat: 'no-case' }))
  seen.set('demo.cheat:restore', await client.send(home, { cheat: 'restore' }))
  const abuses = await client.get(`http://demo.localhost:${port}/abuses`)
  seen.set('demo.abuses', abuses)
  seen.set('demo.cheat:replay', await client.send(abuses, { abuse: 'victim' }))
  seen.set('demo.missing', await client.get(`http://demo.localhost:${port}/nowhere`))
}

/** Visits every page of every site once, without scripts. */
export async function tourPages(start: TourStart): Promise<Tour> {
  const seen = new Map<string, VisitedPage>()
  await tourDemo(start, seen)
  await tourCaseworker(start, seen)
  await tourAnalyst(start, seen)
  await tourJoins(start, seen)
  await tourPerson(start, seen)
  await tourAccounts(start, seen)
  await tourOfficer(start, seen)
  await tourAdministrator(start, seen)
  await tourInspector(start, seen)
  await tourOffice(start, seen)
  const { client, port, language } = start
  const site = `http://verify.localhost:${port}`
  seen.set('verify.home', await client.get(`${site}/?lang=${language}`))
  seen.set('verify.evidence', await client.get(`${site}/evidence.json`))
  const open = `http://public.social.localhost:${port}`
  seen.set('public.record:bare', await client.get(`${open}/?lang=${language}`))
  const record = `http://public.tax.localhost:${port}`
  seen.set('public.record', await client.get(`${record}/?lang=${language}`))
  const agreement = `${record}/agreements/housing-tax-rent/1`
  seen.set('public.agreement', await client.get(agreement))
  seen.set('public.agreement-document', await client.get(`${agreement}/document.json`))
  return seen
}
