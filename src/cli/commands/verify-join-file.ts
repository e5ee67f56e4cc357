import { readFileSync } from 'node:fs'
import { decodeBase64 } from '../../bytes/index.ts'
import { bestEd25519 } from '../../platform/index.ts'
import {
  isJoinRefuted,
  type JoinProof,
  type JoinRelease,
  parseJoinFile,
  proveJoinRelease,
  ReleaseError,
  type SignerKeysAt,
} from '../../population/index.ts'
import {
  defaultDirectoryLocks,
  type DirectoryRecord,
  gatewayKeyId,
  isSignedByItsRoot,
  keysAt,
  parseDirectoryRecord,
  ProtocolError,
  rootFingerprint,
} from '../../protocol/index.ts'
import { type CliIo, EXIT } from '../cli-io.ts'
import { proofText, proofWarning } from '../stats/join/proof-text.ts'
import { TrustError } from '../trust-files.ts'

/** A table over two registers as "stats join result" writes it, and the records whose keys count. */
export interface JoinFileTarget {
  readonly file: string
  /** Files of directory records, one of each party. */
  readonly records: readonly string[]
  readonly json: boolean
}

/** Whether a file's JSON is that of a table over two registers. */
export function isJoinFile(content: unknown): boolean {
  const { release } = (content ?? {}) as { readonly release?: { readonly plan?: unknown } }
  return typeof release === 'object' && release.plan !== undefined
}

/** @throws {@link TrustError} for a file that is no record which its own root has signed */
function readRecord(file: string): DirectoryRecord {
  try {
    const record = parseDirectoryRecord(readFileSync(file))
    if (isSignedByItsRoot(record, bestEd25519())) return record
  } catch (cause) {
    if (!(cause instanceof ProtocolError) && !(cause instanceof Error && 'code' in cause))
      throw cause
  }
  throw new TrustError(`${file} is no directory record that its root key has signed.`)
}

/** Of one record alone nobody knows when it was accepted: its keys count by their own times. */
function keysOf(records: readonly DirectoryRecord[]): SignerKeysAt {
  return (organisation, atMs) => {
    const history = records
      .filter((record) => record.organisation.valueOf() === organisation)
      .map((record) => ({ record, acceptedAtMs: 0 }))
    const keys = keysAt(history, { use: 'gateway', atMs, locks: defaultDirectoryLocks })
    const [first] = history
    if (first === undefined) return new Map()
    return new Map(
      keys.map(({ publicKey: text, isRevoked }) => {
        const publicKey = decodeBase64(text)
        return [gatewayKeyId(first.record.organisation, publicKey), { publicKey, isRevoked }]
      }),
    )
  }
}

function describe(file: string, proof: JoinProof, records: readonly DirectoryRecord[]): string {
  const verdict = isJoinRefuted(proof)
    ? 'NOT agreed to by all three'
    : proof.codes.length === 0
      ? 'agreed to by all three'
      : 'not wholly borne out'
  const roots = records.map(
    ({ organisation, rootKey }) =>
      `  ${organisation}\n${rootFingerprint(rootKey).replaceAll(/^/gm, '    ')}`,
  )
  const lines = [`${file}: ${verdict}.`, proofText(proof), 'Root keys, for people to compare:']
  return `${[...lines, ...roots].join('\n')}\n`
}

/**
 * Verifies a table over two registers that was kept as a file: that it is what its plan gives, and who has agreed to the plan.
 * Exit 1 where a signature cannot be told or its key was revoked, 3 where one does not hold or the file was changed.
 *
 * @throws {@link TrustError} without a directory record, or for one that is none
 */
export function verifyJoinFile({ file, records: files, json }: JoinFileTarget, io: CliIo): void {
  if (files.length === 0)
    throw new TrustError(
      `${file} is a table over two registers: name with --directory the directory records of both holders and of who asked.`,
    )
  const records = files.map((name) => readRecord(name))
  const release = releaseOf(file, io)
  if (release === undefined) return
  const ground = { keysAt: keysOf(records), sentTables: [], ed25519: bestEd25519() }
  const proof = proveJoinRelease(release, ground)
  io.stdout(json ? `${JSON.stringify(proof)}\n` : describe(file, proof, records))
  io.stderr(proofWarning(proof))
  if (isJoinRefuted(proof)) io.exit(EXIT.tampering)
  else if (proof.codes.length > 0) io.exit(EXIT.fault)
}

function releaseOf(file: string, io: CliIo): JoinRelease | undefined {
  try {
    return parseJoinFile(readFileSync(file)).release
  } catch (cause) {
    if (!(cause instanceof ReleaseError)) throw cause
    io.stdout(`${file} is NOT what its own plan gives: ${cause.code}, ${cause.message}\n`)
    io.exit(EXIT.tampering)
    return undefined
  }
}
