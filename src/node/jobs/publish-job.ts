import {
  type Cosignatures,
  cosignatureCollector,
  logPublisher,
  type LogReader,
  type PartialCollector,
  partialCollector,
  proverFor,
  publishableLog,
  type PublishedMemory,
  readOwnCheckpoint,
  signTree,
  sizeBefore,
  storedTiles,
  type StoredHead,
  tileNodeReader,
} from '../../log/index.ts'
import {
  LogError,
  openNote,
  parseNote,
  type Policy,
  type SignatureAlgorithms,
} from '../../log/verify/index.ts'
import type { MlDsa44Signing } from '../../crypto/index.ts'
import type { Clock, Files, HttpClient } from '../../ports/index.ts'
import { cosignaturesOn } from './cosignatures-on.ts'

/** What publishing needs from outside. */
export interface PublishDeps extends SignatureAlgorithms {
  /** The log that is published: the present one, or a closed one. */
  readonly reader: LogReader
  readonly files: Files
  readonly http: HttpClient
  readonly policy: Policy
  readonly clock: Clock
  /** Signs the published checkpoint with ML-DSA-44 beside Ed25519. */
  readonly treeSigner?: { readonly seed: Uint8Array; readonly mlDsa44: MlDsa44Signing } | undefined
  /** Whether the witnesses' time is awaited, so that they are asked although nothing is new. */
  readonly awaitsTime?: (() => Promise<boolean>) | undefined
  /** Remembers, apart from the folder, what was published. */
  readonly memory?: PublishedMemory
}

/** One round of publishing. */
export interface PublishedRound {
  readonly head: StoredHead
  readonly cosignatures: Cosignatures
}

/** Publishes the head whenever it is called. Rounds never overlap; the caller sees to that. */
export interface PublishJob {
  /** Resolves once tiles, checkpoint and whatever cosignatures came are on disk. */
  round(): Promise<PublishedRound | undefined>
}

function acceptsCosignature(
  deps: PublishDeps,
): (line: string, checkpoint: string, witness: { readonly name: string }) => boolean {
  return (line, checkpoint, witness) => {
    const keys = deps.policy.witnesses
      .map(({ key }) => key)
      .filter(({ name }) => name === witness.name)
    try {
      const opened = openNote(`${parseNote(checkpoint).text}\n${line}`, keys, deps)
      return opened.cosignatures.length === 1
    } catch (cause) {
      if (cause instanceof LogError) return false
      throw cause
    }
  }
}

/** Partial files stay for readers of every checkpoint that was published in this time. */
const keepPartialsMs = 86_400_000
/** A checkpoint may be published this long after its entries were signed. */
const publishLagMs = 3_600_000
/** Files to look at in one round. */
const mostCollected = 64

/** Removes partial files that no checkpoint of the last 24 h needs; call after a publication. */
async function collectOld(
  collector: PartialCollector,
  { size }: StoredHead,
  { reader, clock }: PublishDeps,
): Promise<void> {
  const since = clock.now() - keepPartialsMs - publishLagMs
  await collector.collect(await sizeBefore(reader, size, since))
}

/** A witness with two keys has two lines in a policy and is asked once. */
function witnessesOf(policy: Policy): readonly { readonly name: string; readonly url: string }[] {
  const found = new Map<string, { readonly name: string; readonly url: string }>()
  for (const { key, url } of policy.witnesses)
    if (url !== undefined) found.set(`${key.name} ${url}`, { name: key.name, url })
  return [...found.values()]
}

/** When the oldest of these cosignatures was given; now where there are none. */
function oldestOf(head: StoredHead, { lines }: Cosignatures, deps: PublishDeps): number {
  const times = cosignaturesOn(head, lines, deps).map(({ timeSeconds }) => timeSeconds * 1000)
  return Math.min(deps.clock.now(), ...times)
}

/** The log's own ML-DSA-44 line on a head that both stores hold already; made once for each head. */
function treeLines(signer: PublishDeps['treeSigner']): (head: StoredHead) => readonly string[] {
  let made: { readonly checkpoint: string; readonly line: string } | undefined
  return ({ checkpoint }) => {
    if (signer === undefined) return []
    if (made?.checkpoint !== checkpoint) {
      const line = signTree(readOwnCheckpoint(checkpoint), signer.seed, signer.mlDsa44)
      made = { checkpoint, line }
    }
    return [made.line]
  }
}

/** A quiet log is cosigned again before its age could be taken for a fault (60 s). */
const refreshMs = 20_000

function isFresh(
  head: StoredHead,
  cosigned: { readonly checkpoint: string; readonly atMs: number } | undefined,
  clock: Clock,
): boolean {
  return head.checkpoint === cosigned?.checkpoint && clock.now() - cosigned.atMs < refreshMs
}

/**
 * Publishes tiles, openings and checkpoint of the newest head, has the policy's witnesses cosign it
 * and publishes the cosigned one. A round that finds the head published and lately
 * cosigned does nothing.
 */
export function publishJob(deps: PublishDeps): PublishJob {
  const publisher = logPublisher({ files: deps.files, log: publishableLog(deps.reader) })
  const reachable = deps.policy.witnesses.filter(({ url }) => url !== undefined)
  const witnesses = witnessesOf(deps.policy)
  const collector = cosignatureCollector({
    http: deps.http,
    witnesses,
    timeoutMs: 5_000,
    accept: acceptsCosignature(deps),
    proof: (from, to) =>
      proverFor(to, tileNodeReader(to, storedTiles(deps.reader))).consistency(from),
  })
  const partials = partialCollector({ files: deps.files, most: mostCollected })
  const ownLines = treeLines(deps.treeSigner)
  let cosigned: { readonly checkpoint: string; readonly atMs: number } | undefined
  return {
    async round() {
      const head = await deps.reader.head()
      if (head === undefined) return undefined
      const isAwaited = (await deps.awaitsTime?.()) ?? false
      if (isFresh(head, cosigned, deps.clock) && !isAwaited) return undefined
      await publisher.publish(head.checkpoint)
      await deps.memory?.remember(head.size)
      const cosignatures = await collector.collect(head.checkpoint)
      const lines = [...ownLines(head), ...cosignatures.lines]
      const published = await publisher.publishCosigned(head.checkpoint, lines)
      await collectOld(partials, head, deps)
      const complete = cosignatures.lines.length === reachable.length
      if (published === 'published' && complete)
        cosigned = { checkpoint: head.checkpoint, atMs: oldestOf(head, cosignatures, deps) }
      return { head, cosignatures }
    },
  }
}
