import { decodeHex, encodeHex, utf8 } from '../bytes/index.ts'

/** A chain's end as the naive map takes it; the handle as 32 bytes. */
export interface NaiveHead {
  readonly handle: Uint8Array
  readonly chain: string
  readonly count: number
  readonly commitment: string
}

/** What the naive map computes of one map; hashes as hex. */
export interface NaiveMap {
  readonly context: string
  readonly root: string
  readonly leaves: readonly {
    readonly key: string
    readonly blinding: string
    readonly head: string
    readonly leaf: string
  }[]
}

/** SHA-256 and HMAC-SHA-256 of parts one after the other; a test hands in another library's. */
export interface NaiveHashes {
  sha256(parts: readonly Uint8Array[]): Uint8Array
  hmac(key: Uint8Array, parts: readonly Uint8Array[]): Uint8Array
}

function bits(hex: string): string {
  return hex.replace(/./g, (digit) => Number.parseInt(digit, 16).toString(2).padStart(4, '0'))
}

interface Leaf {
  readonly path: string
  readonly leaf: string
}

type Tagged = (what: string, ...parts: readonly Uint8Array[]) => string

function subtree(
  leaves: readonly Leaf[],
  prefix: string,
  { hash, empty }: { readonly hash: Tagged; readonly empty: string },
): string {
  const inside = leaves.filter(({ path }) => path.startsWith(prefix))
  const [only] = inside
  if (only === undefined) return empty
  if (inside.length === 1) return only.leaf
  const below = ['0', '1'].map((bit) => decodeHex(subtree(inside, prefix + bit, { hash, empty })))
  return hash('node', ...below)
}

/**
 * The map of `spec/epoch-map.md` computed the slow way, by the definition and by hashes that are
 * handed in: what the writer and the vectors are compared with.
 */
export function naiveMap(
  {
    epoch,
    origin,
    size,
  }: { readonly epoch: number; readonly origin: string; readonly size: number },
  blinding: { readonly key: Uint8Array; readonly salt: Uint8Array },
  { heads, hashes }: { readonly heads: readonly NaiveHead[]; readonly hashes: NaiveHashes },
): NaiveMap {
  const hash: Tagged = (what, ...parts) =>
    encodeHex(hashes.sha256([utf8(`cloison/epoch-${what}/v1\n`), ...parts]))
  const place = `{"epoch":${epoch},"origin":${JSON.stringify(origin)},"size":${size}}`
  const context = hash('map', utf8(place))
  const leaves = heads.map(({ handle, chain, commitment, count }) => {
    const key = hash('key', decodeHex(context), handle)
    const b = hashes.hmac(blinding.key, [blinding.salt, handle])
    const end = `{"chain":"${chain}","commitment":"${commitment}","count":${count}}`
    const head = hash('head', b, utf8(end))
    const leaf = hash('leaf', decodeHex(context), decodeHex(key), decodeHex(head))
    return { key, blinding: encodeHex(b), head, leaf }
  })
  const paths = leaves.map(({ key, leaf }) => ({ path: bits(key), leaf }))
  const empty = hash('empty', decodeHex(context))
  return { context, root: subtree(paths, '', { hash, empty }), leaves }
}
