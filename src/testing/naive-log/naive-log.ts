// oxlint-disable-next-line no-restricted-imports -- shares no hashing with the code under test
import { hash as sha256 } from 'node:crypto'
import { concatBytes, encodeBase64, encodeHex, utf8 } from '../../bytes/index.ts'
import { bestEd25519 } from '../../platform/index.ts'
import { parsePolicy } from '../../log/verify/index.ts'
import type { LogSource, VerifyLogOptions } from '../../log/verify/index.ts'

/** SHA-256 of the parts, by OpenSSL: the builder shares nothing with the code under test. */
function hash(...parts: readonly Uint8Array[]): Uint8Array {
  return sha256('sha256', parts.length === 1 ? (parts[0] ?? '') : join(parts), 'buffer')
}

/** MTH of RFC 6962, section 2.1, as it is written there, over leaf hashes. */
export function naiveRoot(leaves: readonly Uint8Array[]): Uint8Array {
  const [only] = leaves
  if (only === undefined) return hash()
  if (leaves.length === 1) return only
  const split = splitOf(leaves.length)
  return hash(Uint8Array.of(1), naiveRoot(leaves.slice(0, split)), naiveRoot(leaves.slice(split)))
}

/** PATH of RFC 6962, section 2.1.1. */
export function naiveInclusion(leaves: readonly Uint8Array[], index: number): Uint8Array[] {
  if (leaves.length === 1) return []
  const split = splitOf(leaves.length)
  const [left, right] = [leaves.slice(0, split), leaves.slice(split)]
  return index < split
    ? [...naiveInclusion(left, index), naiveRoot(right)]
    : [...naiveInclusion(right, index - split), naiveRoot(left)]
}

/** PROOF of RFC 6962, section 2.1.2. */
export function naiveConsistency(leaves: readonly Uint8Array[], from: number): Uint8Array[] {
  return subproof(leaves, from, true)
}

function subproof(leaves: readonly Uint8Array[], from: number, isWhole: boolean): Uint8Array[] {
  if (from === leaves.length) return isWhole ? [] : [naiveRoot(leaves)]
  const split = splitOf(leaves.length)
  const [left, right] = [leaves.slice(0, split), leaves.slice(split)]
  return from <= split
    ? [...subproof(left, from, isWhole), naiveRoot(right)]
    : [...subproof(right, from - split, false), naiveRoot(left)]
}

/** The largest power of two below a size of at least 2. */
function splitOf(size: number): number {
  let split = 1
  while (split * 2 < size) split *= 2
  return split
}

/** A published log in memory. */
export interface NaiveLog {
  readonly files: Map<string, Uint8Array>
  readonly entries: readonly Uint8Array[]
  /** The signed and cosigned checkpoint of an earlier size of the same log. */
  checkpointAt(size: number): string
}

const ed25519 = bestEd25519()
/** Origin of {@link naiveLog}'s logs. */
export const ORIGIN = 'tax.localhost/log/2026h2'
const WITNESS = 'witness.localhost'
const LOG_SEED = hash(utf8('log key of a test'))
const WITNESS_SEED = hash(utf8('witness key of a test'))

/** What a governance entry of a naive log says: the JSON text of its body. */
export interface NaiveAct {
  readonly kind: string
  readonly name: string
  readonly body: string
}

/**
 * Builds the log of a size, with the partial tiles of `published` sizes left in place; entry `closedAt`
 * closes it, and `acts` stand at their entries.
 */
export function naiveLog(
  size: number,
  published: readonly number[] = [],
  closedAt?: number,
  acts: ReadonlyMap<number, NaiveAct> = new Map(),
): NaiveLog {
  const files = new Map<string, Uint8Array>()
  const entries = Array.from({ length: size }, (_, i) =>
    naiveEntry(i, files, closedAt, acts.get(i)),
  )
  const checkpointAt = (at: number): string => naiveCheckpoint(entries.slice(0, at))
  for (const at of [...published, size]) publish(entries.slice(0, at), files)
  files.set('checkpoint', utf8(checkpointAt(size)))
  return { files, entries, checkpointAt }
}

/** Entry 0 and every 200th is one of governance, with its opening. */
function naiveEntry(
  index: number,
  files: Map<string, Uint8Array>,
  closedAt: number | undefined,
  act: NaiveAct | undefined,
): Uint8Array {
  const usual = { kind: 'admin.start', name: String(index), body: 'null' }
  const closing = { kind: 'log.closed', name: 'tax.localhost/log/2027h1', body: 'null' }
  const { kind, name, body } = act ?? (index === closedAt ? closing : usual)
  if (index % 200 !== 0 && index !== closedAt && act === undefined)
    return join([Uint8Array.of(1, 1), hash(utf8(`entry ${index}`))])
  const record =
    `{"body":${body},"class":"governance","digest":null,"kind":"${kind}","name":"${name}",` +
    `"organisation":"tax","timeMs":${1_782_000_000_000 + index},"v":1}`
  const r = hash(utf8(`r ${index}`))
  const opening = `{"index":${index},"r":"${encodeBase64(r)}","record":${record}}`
  files.set(`governance/${index}`, utf8(opening))
  return join([Uint8Array.of(1, 2), hash(utf8('cloison/commitment/v1\n'), r, utf8(record))])
}

/** Writes all tiles and bundles of these entries. */
export function publish(entries: readonly Uint8Array[], files: Map<string, Uint8Array>): void {
  const length = (entry: Uint8Array): Uint8Array =>
    Uint8Array.of(entry.length >> 8, entry.length & 255)
  const framed = entries.map((entry) => join([length(entry), entry]))
  writeRow(framed, 'tile/entries', files)
  let row = entries.map((entry) => hash(Uint8Array.of(0), entry))
  for (let level = 0; row.length > 0; level += 1) {
    writeRow(row, `tile/${level}`, files)
    const full = Math.floor(row.length / 256)
    const above = row
    row = Array.from({ length: full }, (_, i) => naiveRoot(above.slice(i * 256, i * 256 + 256)))
  }
}

function writeRow(
  row: readonly Uint8Array[],
  folder: string,
  files: Map<string, Uint8Array>,
): void {
  for (let at = 0; at < row.length; at += 256) {
    const part = row.slice(at, at + 256)
    const digits = String(at / 256).padStart(3, '0')
    const name = part.length === 256 ? digits : `${digits}.p/${part.length}`
    files.set(`${folder}/${name}`, join(part))
  }
}

function naiveCheckpoint(entries: readonly Uint8Array[]): string {
  const root = naiveRoot(entries.map((entry) => hash(Uint8Array.of(0), entry)))
  return signedCheckpoint(`${ORIGIN}\n${entries.length}\n${encodeBase64(root)}\n`)
}

/** A checkpoint text with the signatures of the log and the witness. */
export function signedCheckpoint(text: string): string {
  const time = Uint8Array.of(0, 0, 0, 0, 0x6a, 0x37, 0x29, 0x80)
  const cosigned = utf8(`cosignature/v1\ntime 1782000000\n${text}`)
  const log = line(ORIGIN, 1, { seed: LOG_SEED, signature: ed25519.sign(utf8(text), LOG_SEED) })
  const signature = join([time, ed25519.sign(cosigned, WITNESS_SEED)])
  return `${text}\n${log}${line(WITNESS, 4, { seed: WITNESS_SEED, signature })}`
}

function line(
  name: string,
  type: number,
  { seed, signature }: { readonly seed: Uint8Array; readonly signature: Uint8Array },
): string {
  return `\u2014 ${name} ${encodeBase64(join([keyIdOf(name, type, seed), signature]))}\n`
}

function keyIdOf(name: string, type: number, seed: Uint8Array): Uint8Array {
  const key = ed25519.publicKey(seed)
  return hash(utf8(name), Uint8Array.of(10, type), key).subarray(0, 4)
}

function vkey(name: string, type: number, seed: Uint8Array): string {
  const key = encodeBase64(join([Uint8Array.of(type), ed25519.publicKey(seed)]))
  return `${name}+${encodeHex(keyIdOf(name, type, seed))}+${key}`
}

/** The keys and the policy under which a naive log is good: its key and its witness. */
export const NAIVE_POLICY: string =
  `log ${vkey(ORIGIN, 1, LOG_SEED)}\n` +
  `witness w ${vkey(WITNESS, 4, WITNESS_SEED)}\n` +
  'quorum w\n'

/** Options for verifying a naive log in folder mode. */
export const NAIVE_OPTIONS: VerifyLogOptions = {
  keys: [],
  policy: parsePolicy(NAIVE_POLICY),
  strict: true,
  ed25519,
  sha256: (bytes) => hash(bytes),
}

/** A folder in memory. */
export function folderOf(files: ReadonlyMap<string, Uint8Array>): Required<LogSource> {
  return {
    read: (path, maxBytes) => Promise.resolve(files.get(path)?.slice(0, maxBytes + 1)),
    async *list(folder) {
      for (const path of files.keys())
        if (folder === '' || path.startsWith(`${folder}/`)) yield path
    },
  }
}

function join(parts: readonly Uint8Array[]): Uint8Array {
  return concatBytes(...parts)
}
