import { releaseBytes, utf8 } from '../../bytes/index.ts'
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

/** Cuts what comes into pieces, in one piece's memory. A piece is given out once it is known whether another follows. */
export class PieceCutter implements Disposable {
  readonly #piece = new Uint8Array(pieceBytes)
  #length = 0

  /** The last piece, which may be empty; good until more is added. */
  rest(): Uint8Array {
    return this.#piece.subarray(0, this.#length)
  }

  /** The whole pieces that are known not to be the last, each good until the next is asked for. */
  *add(bytes: Uint8Array): Generator<Uint8Array, void> {
    for (let from = 0; from < bytes.length;) {
      if (this.#length === pieceBytes) {
        yield this.#piece
        this.#length = 0
      }
      const to = Math.min(bytes.length, from + pieceBytes - this.#length)
      this.#piece.set(bytes.subarray(from, to), this.#length)
      this.#length += to - from
      from = to
    }
  }

  /** Gives the memory back; for one that nothing is asked of any more. */
  [Symbol.dispose](): void {
    releaseBytes(this.#piece)
  }
}
