import * as z from 'zod'
import { decodeUtf8 } from '../bytes/index.ts'
import { PlatformError } from '../platform/index.ts'
import type { HttpClient } from '../ports/index.ts'
import { englishOf, gateSentences } from '../sentences/index.ts'
import type { GatewayAddress } from './gateway-address.ts'

/** A gateway on this machine says at once how it is, or not at all. */
const limits = { timeoutMs: 2_000, maxResponseBytes: 1_048_576 }

const readySchema = z.object({ ailments: z.array(z.string()) })

/** What keeps a gateway from answering until its start is done. */
const unconfirmed = englishOf(gateSentences, { id: 'gateSays.unconfirmed', values: {} })

/** Nobody listens there yet. */
function isRefused(cause: unknown): boolean {
  if (!(cause instanceof PlatformError) || !(cause.cause instanceof Error)) return false
  return 'code' in cause.cause && cause.cause.code === 'ECONNREFUSED'
}

async function isStarting(url: string, http: HttpClient): Promise<boolean> {
  try {
    const { body } = await http.send({ method: 'GET', url, headers: {}, ...limits })
    return readySchema.parse(JSON.parse(decodeUtf8(body))).ailments.includes(unconfirmed)
  } catch (cause) {
    return isRefused(cause)
  }
}

/**
 * Whether a gateway is still starting: nobody listens at its inner address yet, or no quorum of witnesses has
 * confirmed its head since the start.
 */
export async function someGatewayStarts(
  gateways: readonly Pick<GatewayAddress, 'adminUrl'>[],
  http: HttpClient,
): Promise<boolean> {
  const starting = await Promise.all(
    gateways.map(({ adminUrl }) => isStarting(`${adminUrl}/readyz`, http)),
  )
  return starting.includes(true)
}
