import type { PageClient, VisitedPage } from '../page-client.ts'
import type { Tour } from '../tour.ts'
import { expiredConsent, type FixtureConsents } from './fixture-consents.ts'

/** Where the pages of an issuer of consent are, over a desk of the fixture. */
export interface ConsentTourStart {
  readonly client: PageClient
  readonly desk: FixtureConsents
  readonly port: number
  /** `?lang=` of the first page. */
  readonly language: string
}

/** The path of the first request that the list leads to. */
function firstRequest({ text }: VisitedPage): string {
  return /href="(\/requests\/[^"]*)"/.exec(text)?.[1] ?? ''
}

/** Visits every page and every state of the pages of an issuer of consent once, without scripts. */
export async function tourConsents(start: ConsentTourStart): Promise<Tour> {
  const { client, desk, port, language } = start
  const seen = new Map<string, VisitedPage>()
  const site = `http://person.inspector.localhost:${port}`
  const front = await client.get(`${site}/?lang=${language}`)
  seen.set('consent.front', front)
  seen.set('consent.callback', await client.get(`${site}/callback?state=none`))
  seen.set('consent.missing', await client.get(`${site}/nowhere`))
  seen.set('consent.form', await client.send(front, {}, { token: null }))
  const list = await client.send(await client.send(front, {}), { who: 1 })
  seen.set('consent.list', list)
  for (const decision of ['given', 'declined'] as const) {
    const request = await client.get(`${site}${firstRequest(await client.get(`${site}/`))}`)
    seen.set(`consent.request:${decision}`, request)
    desk.setOldLogIn(true)
    seen.set(`consent.old:${decision}`, await client.send(request, { decision }))
    desk.setOldLogIn(false)
    seen.set(`consent.decided:${decision}`, await client.send(request, { decision }))
  }
  seen.set('consent.expired', await client.get(`${site}/requests/${expiredConsent}`))
  seen.set('consent.list:empty', await client.get(`${site}/`))
  seen.set('consent.again', await client.get(`${site}/sign-in/again`))
  desk.setBroken(true)
  seen.set('consent.failure', await client.get(`${site}/`))
  return seen
}
