import { encodeBase64 } from '../bytes/index.ts'
import { type LogsReader, readOwnCheckpoint } from '../log/index.ts'
import { type GovernanceIntent, publicationOf } from '../person/index.ts'
import type { LoadedConfig } from './config-file.ts'
import type { OpenGateway } from './open-gateway.ts'
import type { PeerSeen } from './startup/check-peers.ts'
import { sealingIntents } from './sealing-holders.ts'
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

/** The first entry of a log that follows another: the root under which that one was closed. */
async function openingIntent(reader: LogsReader): Promise<GovernanceIntent | undefined> {
  const predecessor = (await reader.logs()).at(-2)
  if (predecessor === undefined || (await reader.head())?.size !== 0) return undefined
  const closing = await reader.logOf(predecessor).head()
  if (closing === undefined) return undefined
  const { origin, size, root } = readOwnCheckpoint(closing.checkpoint)
  return {
    type: 'governance',
    kind: 'log.opened',
    name: origin,
    digest: null,
    body: { predecessor: { origin, size, root: encodeBase64(root) } },
    agreement: undefined,
  }
}

/**
 * Makes this start an entry, with the version that runs and how many peers could say what they had
 * seen of this log, and publishes every agreement that the log
 * does not have yet: its time lock runs from here. Before that, in a new log, comes the entry that ties
 * it to the one before, and the entries about log keys that were added or dropped. Resolves once all of that is on disk.
 */
export async function announceStart(
  loaded: LoadedConfig,
  gateway: OpenGateway,
  peers: readonly PeerSeen[],
): Promise<void> {
  const { config } = loaded
  const { writer, reader, agreements, directory, pendingRecords } = gateway
  const opening = await openingIntent(reader)
  if (opening !== undefined) await writer.commit(opening)
  for (const act of writer.keyActs) await writer.commit(act)
  await writer.commit(startIntent(loaded, peers))
  for (const pending of pendingRecords) await directory.accept(pending)
  for (const enrolment of enrolments(loaded)) await writer.commit(enrolment)
  for (const sealing of sealingIntents(config)) await writer.commit(sealing)
  for (const known of agreements) {
    const publication = await publicationOf(reader, known, config.org.id)
    if (publication !== undefined) await writer.commit(publication)
  }
}
