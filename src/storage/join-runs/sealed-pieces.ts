import { concatBytes, utf8 } from '../../bytes/index.ts'
import type { Aead } from '../../ports/index.ts'

/** Bytes of a piece, before it is sealed; the last one of a file has fewer, or as many. */
export const pieceBytes = 1_048_576
/** What sealing adds: nonce and tag. */
const sealBytes = 28
/** Bytes of a piece on disk. */
export const sealedPieceBytes: number = pieceBytes + sealBytes

/** Which file of which run pieces belong to, and what they are sealed with. */
export interface PieceSeal {
  readonly aead: Aead
  /** 32 bytes, secret. */
  readonly key: Uint8Array
  readonly run: string
  readonly name: string
}

/** A piece is bound to its run, file and place, and to whether another one follows: none can be moved, left out or cut off. */
function contextOf({ run, name }: PieceSeal, at: number, isLast: boolean): Uint8Array {
  return utf8(`cloison/join-file/v1\n${run}\n${name}\n${at}\n${isLast ? 'last' : 'more'}\n`)
}

/** Seals the piece at `at`, counted from 0. */
export function sealPiece(
  seal: PieceSeal,
  piece: { readonly at: number; readonly isLast: boolean; readonly bytes: Uint8Array },
): Uint8Array {
  return seal.aead.seal(seal.key, piece.bytes, contextOf(seal, piece.at, piece.isLast))
}

/** Opens it; `undefined` when a bit, the file or the place is another one. */
export function openPiece(
  seal: PieceSeal,
  piece: { readonly at: number; readonly isLast: boolean; readonly bytes: Uint8Array },
): Uint8Array | undefined {
  return seal.aead.open(seal.key, piece.bytes, contextOf(seal, piece.at, piece.isLast))
}

/** How many pieces a file of this size on disk has. */
export function pieceCount(sealedLength: number): number {
  return Math.ceil(sealedLength / sealedPieceBytes)
}

/** How many bytes such a file holds. */
export function plainLength(sealedLength: number): number {
  return Math.max(0, sealedLength - pieceCount(sealedLength) * sealBytes)
}

/** Cuts what comes into pieces. A piece is given out once it is known whether another follows. */
export class PieceCutter {
  #waiting: Uint8Array[] = []
  #length = 0

  /** The last piece, which may be empty. */
  rest(): Uint8Array {
    return concatBytes(...this.#waiting)
  }

  /** The whole pieces that are known not to be the last. */
  *add(bytes: Uint8Array): Generator<Uint8Array, void> {
    this.#waiting.push(bytes)
    this.#length += bytes.length
    if (this.#length <= pieceBytes) return
    const all = concatBytes(...this.#waiting)
    let from = 0
    for (; all.length - from > pieceBytes; from += pieceBytes)
      yield all.subarray(from, from + pieceBytes)
    this.#waiting = [all.slice(from)]
    this.#length = all.length - from
  }
}
