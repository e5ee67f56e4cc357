import type { FastifyInstance } from 'fastify'
import { canonicalBytes, type Json } from '../../bytes/index.ts'
import type { ExchangeReader } from '../../person/index.ts'

/** What the counts are read from. */
export interface PublicCountsDeps {
  readonly reader: Pick<ExchangeReader, 'emergencyCounts' | 'secrecyOrders'>
}

/** Everything here stands in the published governance entries as well, one by one. */
async function countsOf({ reader }: PublicCountsDeps): Promise<Json> {
  const orders = await reader.secrecyOrders()
  return {
    emergencies: { ...(await reader.emergencyCounts()) },
    secrecyOrders: orders.map(({ place, agreement, opened, ...order }) => ({
      agreement: order.name,
      law: order.law,
      authority: order.authority,
      issuedAtMs: order.issuedAtMs,
      untilMs: order.untilMs,
      withheld: order.withheld,
      opened,
      digest: agreement,
      log: place.origin,
      entry: place.index,
    })),
  }
}

/** `GET /v1/public-counts`: how often powers without a case or without a notice were used, for anyone. */
export function addPublicCounts(app: FastifyInstance, deps: PublicCountsDeps): void {
  app.get('/v1/public-counts', async (_request, reply) => {
    const body = Buffer.from(canonicalBytes(await countsOf(deps)))
    return reply.type('application/json').header('access-control-allow-origin', '*').send(body)
  })
}
