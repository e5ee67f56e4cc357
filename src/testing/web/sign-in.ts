import type { PageClient, VisitedPage } from './page-client.ts'

/** Signs in at the front page of a site as number `who` of the log-in; returns where that leads. */
export async function signIn(client: PageClient, site: string, who: number): Promise<VisitedPage> {
  const logIn = await client.send(await client.get(`${site}/`), {})
  return await client.send(logIn, { who })
}
