import { join } from 'node:path'
import { type FoundedOrganisation, startWriter } from '../../node/index.ts'
import { defaultRetention } from '../../person/index.ts'

/**
 * Publishes an agreement and suspends it, as the provider's own acts, while its gateway does not run. `digest`
 * is the agreement's, base64.
 */
export async function suspendOnDisk(
  { id, origin, folder }: FoundedOrganisation,
  digest: string,
): Promise<void> {
  const settings = {
    organisation: id,
    origin,
    statePath: join(folder, 'state.db'),
    headPath: join(folder, 'head.db'),
    lockPath: join(folder, 'state.db-writer'),
    logKeyFiles: [join(folder, 'keys', 'log.key')],
    recordKeyFolder: join(folder, 'keys', 'record'),
    timeLock: { milliseconds: 1, demo: true },
    retention: defaultRetention,
  }
  await using writer = await startWriter({ settings, agreements: [] }, 1)
  for (const event of ['agreement.published', 'agreement.suspended'] as const) {
    const agreement = { digest, event, by: id }
    await writer.commit({
      type: 'governance',
      kind: event,
      name: 'rent-suspended',
      digest,
      body: null,
      agreement,
    })
  }
}
