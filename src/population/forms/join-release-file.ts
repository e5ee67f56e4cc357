import * as z from 'zod'
import {
  BytesError,
  canonicalBytes,
  canonicalJson,
  type Json,
  type JsonObject,
  readCanonicalJson,
} from '../../bytes/index.ts'
import { asJoinRelease, type JoinRelease, joinReleaseJson } from '../join-release/index.ts'
import { ReleaseError } from '../release/index.ts'
import { joinRows } from './join-rows.ts'
import { mostFileBytes } from './release-file.ts'
import type { StatisticRow } from './release-rows.ts'

/** A release over two registers with all that somebody needs who reads it later. */
export interface JoinReleaseFile {
  /** With its certificate, in which all parties' signatures of the plan are. */
  readonly release: JoinRelease
  /** Where the run begins in the tally's log: `{origin, index}`. */
  readonly receipt: JsonObject
}

const fileSchema = z.strictObject({
  v: z.literal(1),
  release: z.unknown(),
  receipt: z.record(z.string(), z.json()),
  rows: z.array(z.unknown()),
})

function rowJson({ key, ...row }: StatisticRow): JsonObject {
  return { ...row, key: [...key] }
}

/** The file's canonical bytes. Its rows follow from the release; they are there for whoever reads without a program. */
export function joinFileBytes({ release, receipt }: JoinReleaseFile): Uint8Array {
  const rows = joinRows(release).map((row) => rowJson(row))
  return canonicalBytes({ v: 1, release: joinReleaseJson(release), receipt, rows })
}

/**
 * Reads a file, and computes its rows again.
 *
 * @throws {@link ReleaseError} `RELEASE_MALFORMED`, `RELEASE_ROWS`, and as `asJoinRelease`
 */
export function parseJoinFile(bytes: Uint8Array): JoinReleaseFile {
  const parsed = fileSchema.safeParse(readJson(bytes))
  if (!parsed.success) throw new ReleaseError('RELEASE_MALFORMED', 'is no file of a release')
  const release = asJoinRelease(parsed.data.release)
  const derived: Json = joinRows(release).map((row) => rowJson(row))
  if (canonicalJson(derived) !== canonicalJson(parsed.data.rows as Json))
    throw new ReleaseError('RELEASE_ROWS', 'the rows are not those of the release')
  return { release, receipt: parsed.data.receipt }
}

function readJson(bytes: Uint8Array): Json {
  try {
    return readCanonicalJson(bytes, { maxBytes: mostFileBytes, maxDepth: 12 })
  } catch (cause) {
    if (!(cause instanceof BytesError)) throw cause
    throw new ReleaseError('RELEASE_MALFORMED', `no canonical JSON: ${cause.message}`, { cause })
  }
}
