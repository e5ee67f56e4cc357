import type { FastifyInstance } from 'fastify'
import { canonicalBytes, decodeUtf8, encodeBase64 } from '../../bytes/index.ts'
import {
  CHECKPOINT_PATH,
  type LogReader,
  proverFor,
  readOwnCheckpoint,
  storedTiles,
  type TileCache,
  tileCache,
  tileNodeReader,
} from '../../log/index.ts'
import type { Files } from '../../ports/index.ts'
import { problemResponse } from './problem-response.ts'

/** One of the organisation's logs as peers reach it. */
export interface ServedLog {
  /** `/log/<shard>`. */
  readonly logPath: string
  readonly reader: LogReader
  /** As it is published. */
  readonly files: Files
}

function sizeOf(text: string | undefined): number | undefined {
  return text !== undefined && /^(?:0|[1-9][0-9]{0,14})$/.test(text) ? Number(text) : undefined
}

/** Proofs end at the head or at the published checkpoint: any other size is somebody trying our time. */
async function isServed(size: number, { reader, files }: ServedLog): Promise<boolean> {
  if (size === (await reader.head())?.size) return true
  const published = await files.read(CHECKPOINT_PATH)
  return published !== undefined && size === readOwnCheckpoint(decodeUtf8(published)).size
}

/**
 * Adds `GET /v1/consistency?from&to[&log]`: that the tree of `to` entries extends the one of `from`.
 * `log` is the path of one of `logs`; without it the last of them, the present one, is meant.
 */
export function addConsistency(app: FastifyInstance, logs: readonly ServedLog[]): void {
  const caches = new Map<ServedLog, TileCache>(logs.map((log) => [log, tileCache(256)]))
  app.get<{ Querystring: { from?: string; to?: string; log?: string } }>(
    '/v1/consistency',
    async ({ query }, reply) => {
      const [from, to] = [sizeOf(query.from), sizeOf(query.to)]
      const log =
        query.log === undefined ? logs.at(-1) : logs.find(({ logPath }) => logPath === query.log)
      const isGood = from !== undefined && to !== undefined && from <= to && log !== undefined
      if (!isGood || !(await isServed(to, log))) {
        const problem = problemResponse('MALFORMED')
        return await reply
          .code(problem.status)
          .type(problem.contentType)
          .send(Buffer.from(problem.body))
      }
      const prover = proverFor(to, tileNodeReader(to, storedTiles(log.reader), caches.get(log)))
      const proof = (await prover.consistency(from)).map((hash) => encodeBase64(hash))
      return await reply
        .type('application/json')
        .send(Buffer.from(canonicalBytes({ from, to, proof })))
    },
  )
}
