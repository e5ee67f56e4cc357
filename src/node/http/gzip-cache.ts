import { promisify } from 'node:util'
import { gzip } from 'node:zlib'

/** Gzipped forms of files that never change, the lately used ones. */
export interface GzipCache {
  /** The gzipped form of a file, `undefined` where it is hardly shorter. */
  coded(path: string, bytes: Uint8Array): Promise<Uint8Array | undefined>
}

const compress = promisify(gzip)
const mostBytes = 8_388_608
/** Less than this is not worth the header; and a hash does not compress. */
const worthFrom = 0.95

/**
 * A cache of at most 8 MiB. Tiles are hashes and stay as they are; bundles lose their lengths and
 * classes, openings most of themselves.
 */
export function gzipCache(): GzipCache {
  const kept = new Map<string, Uint8Array | undefined>()
  let total = 0
  const lengthOf = (coded: Uint8Array | undefined): number => 256 + (coded?.length ?? 0)

  function keep(path: string, coded: Uint8Array | undefined): void {
    kept.set(path, coded)
    total += lengthOf(coded)
    for (const [oldest, bytes] of kept) {
      if (total <= mostBytes) return
      kept.delete(oldest)
      total -= lengthOf(bytes)
    }
  }

  return {
    async coded(path, bytes) {
      if (kept.has(path)) {
        const found = kept.get(path)
        kept.delete(path)
        kept.set(path, found)
        return found
      }
      const short = await compress(bytes)
      const coded = short.length < bytes.length * worthFrom ? short : undefined
      if (!kept.has(path)) keep(path, coded)
      return coded
    },
  }
}
