import { encodeBase64 } from '../bytes/index.ts'
import type { Clock, HttpClient } from '../ports/index.ts'
import type { AccountableOrganisation, LogHead, WithheldNotice } from '../web/index.ts'
import type { DemoClient } from './demo-client.ts'
import { localAddress } from './demo-config.ts'
import { adminCalls } from './desks/admin-calls.ts'
import { postalAddress } from './desks/demo-public.ts'
import { agreementsSchema } from './desks/office-answers.ts'
import { type DemoOrganisationId, demoOrganisations, demoPublishSeconds } from './demo-layout.ts'
import type { PreparedDemo } from './prepare-demo.ts'

/** What the public facts of the pages are read with. */
export interface PublicWorld {
  readonly client: DemoClient
  readonly clock: Clock
}

async function headOf(
  organisation: DemoOrganisationId,
  { client, clock }: PublicWorld,
): Promise<LogHead> {
  const { note, opened } = await client.published(organisation)
  const { origin, size, root } = opened.checkpoint
  const oldest = Math.min(...opened.cosignatures.map(({ timeSeconds }) => timeSeconds * 1000))
  return {
    organisation,
    origin,
    size,
    root: encodeBase64(root),
    checkpointNote: note,
    cosignedBy: opened.cosignatures.map(({ key }) => key.name),
    ageMs: Number.isFinite(oldest) ? Math.max(0, clock.now() - oldest) : Number.MAX_SAFE_INTEGER,
  }
}

/**
 * Reads the published heads, at most once for each time that the demo's logs are published: every page shows them,
 * and nothing newer can be there.
 */
export function pageHeads(world: PublicWorld): () => Promise<readonly LogHead[]> {
  let kept: { readonly atMs: number; readonly heads: Promise<readonly LogHead[]> } | undefined
  return () => {
    const nowMs = world.clock.now()
    if (kept !== undefined && nowMs - kept.atMs < demoPublishSeconds * 1000) return kept.heads
    const heads = Promise.all(demoOrganisations.map(({ id }) => headOf(id, world)))
    kept = { atMs: nowMs, heads }
    // What could not be read is read again by whoever asks next.
    heads.catch(() => {
      if (kept?.heads === heads) kept = undefined
    })
    return heads
  }
}

/** What the agencies' public counts say of withheld notices, the latest to open first. */
export async function withheldNotices(client: DemoClient): Promise<readonly WithheldNotice[]> {
  const agencies = demoOrganisations.filter(({ id }) => id !== 'inspector')
  const found = await Promise.all(
    agencies.map(async ({ id: organisation }) =>
      (await client.secrecyOrders(organisation)).map(({ withheld: count, ...order }) => ({
        organisation,
        count,
        ...order,
      })),
    ),
  )
  return found.flat().toSorted((one, other) => other.untilMs - one.untilMs)
}

/** Where to write to each agency, as its gateway tells everybody, and the agreements that it holds, ended ones too. */
export async function accountableAgencies(
  demo: Pick<PreparedDemo, 'basePort' | 'pagesToken'>,
  http: HttpClient,
): Promise<readonly AccountableOrganisation[]> {
  const agencies = demoOrganisations.filter(({ id }) => id !== 'inspector')
  return await Promise.all(
    agencies.map(async ({ id: organisation, portOffset }) => {
      const base = `http://${localAddress(demo.basePort + portOffset)}`
      const [held, lines] = await Promise.all([
        adminCalls(demo, organisation, http).get('/v1/agreements'),
        postalAddress(base, http),
      ])
      const agreements = agreementsSchema
        .parse(held)
        .agreements.map(({ digest, agreement, standing }) => ({ digest, agreement, standing }))
      return { organisation, postalAddress: lines, agreements }
    }),
  )
}
