import { type GovernanceIntent, publicationOf } from '../person/index.ts'
import type { LoadedConfig } from './config-file.ts'
import type { OpenGateway } from './open-gateway.ts'
import type { PeerSeen } from './startup/check-peers.ts'
import { runningVersion } from './running-version.ts'

/** Pseudonyms that one entry names; more officials take more entries. */
const enrolledPerEntry = 256

function inGroups(officials: readonly string[]): readonly (readonly string[])[] {
  const groups: (readonly string[])[] = []
  for (let first = 0; first < officials.length; first += enrolledPerEntry) {
    groups.push(officials.slice(first, first + enrolledPerEntry))
  }
  return groups
}

/** Every peer's enrolled officials, by pseudonym: an entry before any of them may ask. */
function enrolments({ config }: LoadedConfig): readonly GovernanceIntent[] {
  return config.peers.flatMap(({ id, officials }) =>
    inGroups(officials).map((pseudonyms) => ({
      type: 'governance' as const,
      kind: 'admin.officials',
      name: id,
      digest: null,
      body: { count: officials.length, pseudonyms },
      agreement: undefined,
    })),
  )
}

function startIntent({ config }: LoadedConfig, peers: readonly PeerSeen[]): GovernanceIntent {
  const body = {
    version: runningVersion,
    node: process.version,
    peersAsked: peers.length,
    peersReached: peers.filter(({ reached }) => reached).length,
  }
  return {
    type: 'governance',
    kind: 'admin.start',
    name: config.org.name,
    digest: null,
    body,
    agreement: undefined,
  }
}

/**
 * Makes this start an entry, with the version that runs and how many peers could say what they had
 * seen of this log, and publishes every agreement that the log
 * does not have yet: its time lock runs from here. Resolves once all of that is on disk.
 */
export async function announceStart(
  loaded: LoadedConfig,
  gateway: OpenGateway,
  peers: readonly PeerSeen[],
): Promise<void> {
  const { config } = loaded
  const { writer, reader, agreements } = gateway
  await writer.commit(startIntent(loaded, peers))
  for (const enrolment of enrolments(loaded)) await writer.commit(enrolment)
  for (const known of agreements) {
    const publication = await publicationOf(reader, known, config.org.id)
    if (publication !== undefined) await writer.commit(publication)
  }
}
