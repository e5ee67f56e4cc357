import {
  closeSync,
  existsSync,
  fstatSync,
  fsync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { encodeHex, releaseBytes } from '../../bytes/index.ts'
import type { JoinRuns, RunFiles, RunFileWriter } from '../../population/index.ts'
import { JoinError } from '../../population/psi/index.ts'
import type { Aead, Randomness, RunningDigest } from '../../ports/index.ts'
import { destroyKey, makeKey, readKey } from './run-keys.ts'
import {
  openPiece,
  PieceCutter,
  pieceCount,
  plainLength,
  type PieceSeal,
  sealedPieceBytes,
  sealPiece,
} from './sealed-pieces.ts'
import { syncFolder, unfinished, writeAll } from './synced-files.ts'

/** Where runs are kept, and what seals them. */
export interface JoinRunFolder {
  /** A folder for each run. */
  readonly path: string
  /** One key a run, 32 bytes as a line of base64; belongs outside ordinary backups. */
  readonly keyPath: string
  readonly aead: Aead
  readonly randomness: Randomness
  /** SHA-256 of what comes piece by piece. */
  readonly sha256: () => RunningDigest
}

const runName = /^[0-9a-f]{64}$/
const fileName = /^[A-Za-z0-9][A-Za-z0-9.-]{0,120}$/
const keySuffix = '.key'

function damaged(): JoinError {
  return new JoinError(
    'STATE_DAMAGED',
    'A file of a join is not what was written: it was changed, or belongs to another run.',
  )
}

/** Opens the folder of runs, which is made when the first run begins. */
export function openJoinRuns(folder: JoinRunFolder): JoinRuns {
  const keyOf = (run: string): string => {
    if (!runName.test(run)) throw new RangeError('a run is named by 64 hex digits')
    return join(folder.keyPath, `${run}${keySuffix}`)
  }
  const filesOf = (run: string, key: Uint8Array): RunFiles => {
    const path = join(folder.path, run)
    mkdirSync(path, { recursive: true, mode: 0o700 })
    return new SealedFiles(folder, { path, run, key })
  }
  return {
    begin(run) {
      const file = keyOf(run)
      return filesOf(run, readKey(file) ?? makeKey(folder, file))
    },
    open(run) {
      const key = readKey(keyOf(run))
      return key && filesOf(run, key)
    },
    destroy(run) {
      destroyKey(keyOf(run), folder)
      rmSync(join(folder.path, run), { recursive: true, force: true })
      if (existsSync(folder.path)) syncFolder(folder.path)
    },
    kept() {
      const keys = namesIn(folder.keyPath)
        .filter((name) => name.endsWith(keySuffix))
        .map((name) => name.slice(0, -keySuffix.length))
      const runs = new Set([...keys, ...namesIn(folder.path)])
      return [...runs].filter((name) => runName.test(name)).toSorted()
    },
    sweep() {
      if (!existsSync(folder.path)) return
      for (const run of readdirSync(folder.path).filter((name) => runName.test(name)))
        for (const name of readdirSync(join(folder.path, run)))
          if (name.includes(unfinished)) rmSync(join(folder.path, run, name), { force: true })
    },
  }
}

function namesIn(path: string): readonly string[] {
  return existsSync(path) ? readdirSync(path) : []
}

class SealedFiles implements RunFiles {
  readonly #folder: JoinRunFolder
  readonly #at: { readonly path: string; readonly run: string; readonly key: Uint8Array }

  constructor(
    folder: JoinRunFolder,
    at: { readonly path: string; readonly run: string; readonly key: Uint8Array },
  ) {
    this.#folder = folder
    this.#at = at
  }

  has(name: string): boolean {
    return existsSync(this.#file(name))
  }

  length(name: string): number | undefined {
    const file = this.#file(name)
    if (!existsSync(file)) return undefined
    const { size } = statSync(file)
    if (size === 0) throw damaged()
    return plainLength(size)
  }

  read(name: string): Uint8Array | undefined {
    const length = this.length(name)
    if (length === undefined) return undefined
    const bytes = new Uint8Array(length)
    let at = 0
    for (const piece of this.pieces(name)) {
      if (at + piece.length > length) throw damaged()
      bytes.set(piece, at)
      at += piece.length
      releaseBytes(piece)
    }
    if (at !== length) throw damaged()
    return bytes
  }

  *pieces(name: string): Generator<Uint8Array, void> {
    const descriptor = openSync(this.#file(name), 'r')
    const buffer = new Uint8Array(sealedPieceBytes)
    try {
      const count = pieceCount(fstatSync(descriptor).size)
      if (count === 0) throw damaged()
      for (let at = 0; at < count; at += 1) {
        const length = readSync(descriptor, buffer, 0, sealedPieceBytes, at * sealedPieceBytes)
        const sealed = { at, isLast: at === count - 1, bytes: buffer.subarray(0, length) }
        const piece = openPiece(this.#seal(name), sealed)
        if (piece === undefined) throw damaged()
        yield piece
      }
    } finally {
      closeSync(descriptor)
      releaseBytes(buffer)
    }
  }

  digest(name: string): Uint8Array {
    const hash = this.#folder.sha256()
    for (const piece of this.pieces(name)) {
      hash.add(piece)
      releaseBytes(piece)
    }
    return hash.digest()
  }

  remove(name: string): void {
    rmSync(this.#file(name), { force: true })
  }

  write(name: string, bytes: Uint8Array): void {
    using writer = this.#begin(name)
    writer.add(bytes)
    writer.keepNow()
  }

  receive(name: string): RunFileWriter {
    return this.#begin(name)
  }

  #begin(name: string): SealedFileWriter {
    const file = this.#file(name)
    const temporary = `${file}${unfinished}${encodeHex(this.#folder.randomness.bytes(8))}`
    const { path: folder } = this.#at
    const hash = this.#folder.sha256()
    return new SealedFileWriter(this.#seal(name), { file, temporary, folder, hash })
  }

  #seal(name: string): PieceSeal {
    const { run, key } = this.#at
    return { aead: this.#folder.aead, key, run, name }
  }

  #file(name: string): string {
    if (!fileName.test(name) || name.includes(unfinished))
      throw new RangeError('a file of a run is named by letters, digits, "-" and "."')
    return join(this.#at.path, name)
  }
}

const fsyncLater = promisify(fsync)

interface WriterPlace {
  readonly file: string
  readonly temporary: string
  readonly folder: string
  readonly hash: RunningDigest
}

class SealedFileWriter implements RunFileWriter {
  readonly #seal: PieceSeal
  readonly #place: WriterPlace
  readonly #cutter = new PieceCutter()
  readonly #hash: RunningDigest
  #descriptor: number | undefined
  #at = 0
  #length = 0

  constructor(seal: PieceSeal, place: WriterPlace) {
    this.#seal = seal
    this.#place = place
    this.#hash = place.hash
    this.#descriptor = openSync(place.temporary, 'wx', 0o600)
  }

  get length(): number {
    return this.#length
  }

  add(bytes: Uint8Array): void {
    this.#hash.add(bytes)
    this.#length += bytes.length
    for (const piece of this.#cutter.add(bytes)) this.#write(piece, false)
  }

  digest(): Uint8Array {
    return this.#hash.digest()
  }

  /** The disk is waited for without holding up this thread. */
  async keep(): Promise<void> {
    this.#write(this.#cutter.rest(), true)
    await fsyncLater(this.#open())
    this.#rename()
  }

  keepNow(): void {
    this.#write(this.#cutter.rest(), true)
    fsyncSync(this.#open())
    this.#rename()
  }

  [Symbol.dispose](): void {
    this.#cutter[Symbol.dispose]()
    if (this.#descriptor === undefined) return
    closeSync(this.#descriptor)
    this.#descriptor = undefined
    rmSync(this.#place.temporary, { force: true })
  }

  #write(bytes: Uint8Array, isLast: boolean): void {
    const sealed = sealPiece(this.#seal, { at: this.#at, isLast, bytes })
    writeAll(this.#open(), sealed)
    releaseBytes(sealed)
    this.#at += 1
  }

  #rename(): void {
    closeSync(this.#open())
    this.#descriptor = undefined
    renameSync(this.#place.temporary, this.#place.file)
    syncFolder(this.#place.folder)
  }

  #open(): number {
    if (this.#descriptor === undefined) throw new TypeError('the file was kept before, or dropped')
    return this.#descriptor
  }
}
