import type { Ed25519 } from '../../../crypto/index.ts'
import {
  cosignatureCollector,
  logPublisher,
  proverFor,
  publishableLog,
  storedTiles,
  tileNodeReader,
} from '../../../log/index.ts'
import { LogError, openNote, parseNote, type Policy } from '../../../log/verify/index.ts'
import type { ExchangeReader } from '../../../person/index.ts'
import type { Clock, Files, HttpClient } from '../../../ports/index.ts'

/** What publishing needs from outside, as in the gateway's own job. */
export interface SimPublishDeps {
  readonly reader: ExchangeReader
  readonly files: Files
  readonly http: HttpClient
  readonly policy: Policy
  readonly ed25519: Ed25519
  readonly clock: Clock
}

function accepts(deps: SimPublishDeps, line: string, checkpoint: string): boolean {
  const keys = deps.policy.witnesses.map(({ key }) => key)
  try {
    return openNote(`${parseNote(checkpoint).text}\n${line}`, keys, deps).cosignatures.length === 1
  } catch (cause) {
    if (cause instanceof LogError) return false
    throw cause
  }
}

/** A quiet log is cosigned again after this long. */
const refreshMs = 20_000

/** A round of publishing as the gateway runs it: tiles, checkpoint, cosignatures, cosigned one. */
export function simPublish(deps: SimPublishDeps): () => Promise<void> {
  const publisher = logPublisher({
    files: deps.files,
    log: publishableLog(deps.reader),
  })
  const witnesses = deps.policy.witnesses.flatMap(({ key, url }) =>
    url === undefined ? [] : [{ name: key.name, url }],
  )
  const collector = cosignatureCollector({
    http: deps.http,
    witnesses,
    timeoutMs: 5_000,
    accept: (line, checkpoint) => accepts(deps, line, checkpoint),
    proof: (from, to) =>
      proverFor(to, tileNodeReader(to, storedTiles(deps.reader))).consistency(from),
  })
  let cosigned = { checkpoint: '', atMs: 0 }
  return async () => {
    const head = await deps.reader.head()
    if (head === undefined) return
    const isFresh = deps.clock.now() - cosigned.atMs < refreshMs
    if (head.checkpoint === cosigned.checkpoint && isFresh) return
    await publisher.publish(head.checkpoint)
    const { lines } = await collector.collect(head.checkpoint)
    const published = await publisher.publishCosigned(head.checkpoint, lines)
    if (published === 'published' && lines.length === witnesses.length) {
      cosigned = { checkpoint: head.checkpoint, atMs: deps.clock.now() }
    }
  }
}
