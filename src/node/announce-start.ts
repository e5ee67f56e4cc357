import { type GovernanceIntent, publicationOf } from '../person/index.ts'
import type { LoadedConfig } from './config-file.ts'
import type { OpenGateway } from './open-gateway.ts'
import { runningVersion } from './running-version.ts'

/** Every peer's enrolled officials, by pseudonym: an entry before any of them may ask. */
function enrolments({ config }: LoadedConfig): readonly GovernanceIntent[] {
  return config.peers
    .filter(({ officials }) => officials.length > 0)
    .map(({ id, officials }) => ({
      type: 'governance',
      kind: 'admin.officials',
      name: id,
      digest: null,
      body: { count: officials.length, pseudonyms: officials.slice(0, 256) },
      agreement: undefined,
    }))
}

/**
 * Makes this start an entry, with the version that runs, and publishes every agreement that the log
 * does not have yet: its time lock runs from here. Resolves once all of that is on disk.
 */
export async function announceStart(loaded: LoadedConfig, gateway: OpenGateway): Promise<void> {
  const { config } = loaded
  const { writer, reader, agreements } = gateway
  const body = { version: runningVersion, node: process.version }
  await writer.commit({
    type: 'governance',
    kind: 'admin.start',
    name: config.org.name,
    digest: null,
    body,
    agreement: undefined,
  })
  for (const enrolment of enrolments(loaded)) await writer.commit(enrolment)
  for (const known of agreements) {
    const publication = await publicationOf(reader, known, config.org.id)
    if (publication !== undefined) await writer.commit(publication)
  }
}
