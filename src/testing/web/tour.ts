import type { PageClient, VisitedPage } from './page-client.ts'

/** Where the pages of a tour are. */
export interface TourStart {
  readonly client: PageClient
  readonly port: number
  /** `?lang=` of every first page of a site. */
  readonly language: string
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

/** The sites whose role has an account and nothing else yet. */
async function tourAccounts(start: TourStart, seen: Map<string, VisitedPage>): Promise<void> {
  const { client, port, language } = start
  for (const role of ['dpo', 'inspector', 'admin']) {
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
  seen.set('person.proofs', await client.get(`${site}/proofs`))
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
  seen.set('demo.missing', await client.get(`http://demo.localhost:${port}/nowhere`))
}

/** Visits every page of every site once, without scripts. */
export async function tourPages(start: TourStart): Promise<Tour> {
  const seen = new Map<string, VisitedPage>()
  await tourDemo(start, seen)
  await tourCaseworker(start, seen)
  await tourPerson(start, seen)
  await tourAccounts(start, seen)
  const { client, port, language } = start
  const site = `http://verify.localhost:${port}`
  seen.set('verify.home', await client.get(`${site}/?lang=${language}`))
  seen.set('verify.evidence', await client.get(`${site}/evidence.json`))
  return seen
}
