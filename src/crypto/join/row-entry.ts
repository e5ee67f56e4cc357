import { hmacSha256, sha256, sha256Each } from '../digest.ts'

/** What an input root commits to at one place of a list (`spec/join.md`, M1). */
export interface RowEntry {
  /** 32 bytes; {@link rowSalt}. */
  readonly salt: Uint8Array
  /** Of a row, or of a blank. */
  readonly isRow: boolean
  /** Which of the holder's lists' groups, part after part. */
  readonly group: number
  /** The token of a row, the point of a blank. */
  readonly content: Uint8Array
}

/** The salt of a row's or a blank's entry: HMAC-SHA-256 of its number; 32 bytes. */
export function rowSalt(saltKey: Uint8Array, number: number): Uint8Array {
  const bytes = new Uint8Array(4)
  new DataView(bytes.buffer).setUint32(0, number)
  return hmacSha256(saltKey, bytes)
}

/** The RFC 6962 leaf hash of an entry, SHA-256(0x00 ‖ salt ‖ kind ‖ group ‖ content); 32 bytes. */
export function rowLeaf({ salt, isRow, group, content }: RowEntry): Uint8Array {
  const bytes = new Uint8Array(4 + salt.length + content.length)
  bytes.set(salt, 1)
  bytes[1 + salt.length] = isRow ? 1 : 0
  bytes[2 + salt.length] = group >> 8
  bytes[3 + salt.length] = group & 0xff
  bytes.set(content, 4 + salt.length)
  return sha256(bytes)
}

/** Bytes of a block of SHA-256, and of its digest. */
const [blockBytes, digestBytes] = [64, 32]
/** Before the content of an entry: its salt, its kind and its group; and the 0x00 of a leaf before that. */
const headBytes = digestBytes + 3

/**
 * The leaves of rows that are numbered from `first` on, packed: {@link rowLeaf} of each row's entry, with its
 * {@link rowSalt}. The key has at most 64 bytes.
 */
export function rowLeaves(
  saltKey: Uint8Array,
  rows: {
    readonly first: number
    readonly tokens: readonly Uint8Array[]
    readonly groups: readonly number[]
  },
): Uint8Array {
  const { first, tokens, groups } = rows
  const salts = rowSalts(saltKey, first, tokens.length)
  let end = 0
  const ends = Uint32Array.from(tokens, ({ length }) => (end += headBytes + length))
  const entries = new Uint8Array(end)
  tokens.forEach((token, at) => {
    const from = at === 0 ? 0 : (ends[at - 1] ?? 0)
    const group = groups[at] ?? 0
    entries.set(salts.subarray(digestBytes * at, digestBytes * (at + 1)), from)
    entries[from + digestBytes] = 1
    entries[from + digestBytes + 1] = group >> 8
    entries[from + digestBytes + 2] = group & 0xff
    entries.set(token, from + headBytes)
  })
  const leaves = sha256Each(Uint8Array.of(0), entries, ends)
  entries.fill(0)
  salts.fill(0)
  return leaves
}

/** HMAC-SHA-256 of consecutive numbers by its definition (RFC 2104): two digests of many short messages. */
function rowSalts(saltKey: Uint8Array, first: number, count: number): Uint8Array {
  const padded = (pad: number): Uint8Array =>
    Uint8Array.from({ length: blockBytes }, (_, at) => (saltKey[at] ?? 0) ^ pad)
  const numbers = new Uint8Array(4 * count)
  const view = new DataView(numbers.buffer)
  for (let at = 0; at < count; at += 1) view.setUint32(4 * at, first + at)
  const endsOf = (size: number): Uint32Array =>
    new Uint32Array(count).map((_, at) => size * (at + 1))
  const [innerPad, outerPad] = [padded(0x36), padded(0x5c)]
  const inner = sha256Each(innerPad, numbers, endsOf(4))
  const salts = sha256Each(outerPad, inner, endsOf(digestBytes))
  for (const secret of [innerPad, outerPad, inner]) secret.fill(0)
  return salts
}
