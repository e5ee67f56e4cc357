import { encodeBase64 } from '../bytes/index.ts'
import type { Clock, HttpClient } from '../ports/index.ts'
import type { AccountableOrganisation, LogHead, WithheldNotice } from '../web/index.ts'
import { gatewayCalls } from './desks/gateway-calls.ts'
import { postalAddress } from './desks/gateway-public.ts'
import { agreementsSchema } from './desks/office-answers.ts'
import type { GatewayAddress } from './gateway-address.ts'
import type { PagesClient } from './pages-client.ts'

/** What the public facts of the pages are read with. */
export interface PublicWorld {
  readonly client: PagesClient
  readonly clock: Clock
  /** Organisations whose heads are shown, in their order. */
  readonly shown: readonly string[]
  /** How long a head that was read is shown: no longer than the time between two publications. */
  readonly keptMs: number
}

async function headOf(organisation: string, { client, clock }: PublicWorld): Promise<LogHead> {
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

/** Reads the published heads, at most once in `keptMs`: every page shows them. */
export function pageHeads(world: PublicWorld): () => Promise<readonly LogHead[]> {
  let kept: { readonly atMs: number; readonly heads: Promise<readonly LogHead[]> } | undefined
  return () => {
    const nowMs = world.clock.now()
    if (kept !== undefined && nowMs - kept.atMs < world.keptMs) return kept.heads
    const heads = Promise.all(world.shown.map((id) => headOf(id, world)))
    kept = { atMs: nowMs, heads }
    // What could not be read is read again by whoever asks next.
    heads.catch(() => {
      if (kept?.heads === heads) kept = undefined
    })
    return heads
  }
}

/** What public counts say of withheld notices, the latest to open first. */
export async function withheldNotices(client: PagesClient): Promise<readonly WithheldNotice[]> {
  const found = await Promise.all(
    client.accountable.map(async (organisation) =>
      (await client.secrecyOrders(organisation)).map(({ withheld: count, ...order }) => ({
        organisation,
        count,
        ...order,
      })),
    ),
  )
  return found.flat().toSorted((one, other) => other.untilMs - one.untilMs)
}

/** Where to write to each organisation, as its gateway tells everybody, and the agreements that it holds, ended ones too. */
export async function accountableOrganisations(
  gateways: readonly GatewayAddress[],
  http: HttpClient,
): Promise<readonly AccountableOrganisation[]> {
  return await Promise.all(
    gateways.map(async (gateway) => {
      const { organisation, url } = gateway
      const [held, lines] = await Promise.all([
        gatewayCalls(gateway, http).get('/v1/agreements'),
        postalAddress(url, http),
      ])
      const agreements = agreementsSchema
        .parse(held)
        .agreements.map(({ digest, agreement, standing }) => ({ digest, agreement, standing }))
      return { organisation, postalAddress: lines, agreements }
    }),
  )
}
