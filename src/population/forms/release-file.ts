import * as z from 'zod'
import {
  BytesError,
  canonicalBytes,
  canonicalJson,
  type Json,
  type JsonObject,
  readCanonicalJson,
} from '../../bytes/index.ts'
import {
  asRelease,
  type Release,
  ReleaseError,
  releaseJson,
  type ReleaseSignature,
} from '../release/index.ts'
import { type StatisticRow, releaseRows } from './release-rows.ts'

/** A release with all that somebody needs who reads it later: its signature, its log receipt, and its rows. */
export interface ReleaseFile {
  /** With its certificate. */
  readonly release: Release
  readonly signature: ReleaseSignature
  /** The provider's entry of it with its proof, as it came. */
  readonly receipt: JsonObject
}

/** Most bytes of a file: the release, and nine quantiles of 1,000 cells in words. */
export const mostFileBytes = 8_388_608

const fileSchema = z.strictObject({
  v: z.literal(1),
  release: z.unknown(),
  signature: z.strictObject({ keyId: z.string().max(200), value: z.base64().length(88) }),
  receipt: z.record(z.string(), z.json()),
  rows: z.array(z.unknown()),
})

function rowJson({ key, ...row }: StatisticRow): JsonObject {
  return { ...row, key: [...key] }
}

/** The file's canonical bytes. Its rows follow from the release; they are there for whoever reads without a program. */
export function releaseFileBytes({ release, signature, receipt }: ReleaseFile): Uint8Array {
  return canonicalBytes({
    v: 1,
    release: releaseJson(release),
    signature: { ...signature },
    receipt,
    rows: releaseRows(release).map(rowJson),
  })
}

/**
 * Reads a file, and computes its rows again. Whose it is says the signature: `openSignedRelease`.
 *
 * @throws {@link ReleaseError} `RELEASE_MALFORMED`, `RELEASE_ROWS`, and as `asRelease`
 */
export function parseReleaseFile(bytes: Uint8Array): ReleaseFile {
  const parsed = fileSchema.safeParse(readJson(bytes))
  if (!parsed.success) throw new ReleaseError('RELEASE_MALFORMED', 'is no file of a release')
  const { signature, receipt, rows } = parsed.data
  const release = asRelease(parsed.data.release)
  const derived: Json = releaseRows(release).map(rowJson)
  if (canonicalJson(derived) !== canonicalJson(rows as Json))
    throw new ReleaseError('RELEASE_ROWS', 'the rows are not those of the release')
  return { release, signature, receipt }
}

function readJson(bytes: Uint8Array): Json {
  try {
    return readCanonicalJson(bytes, { maxBytes: mostFileBytes, maxDepth: 12 })
  } catch (cause) {
    if (!(cause instanceof BytesError)) throw cause
    throw new ReleaseError('RELEASE_MALFORMED', `no canonical JSON: ${cause.message}`, { cause })
  }
}
