import { existsSync, statSync } from 'node:fs'
import { open, opendir } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import type { LogSource } from '../log/verify/index.ts'
import { PlatformError } from '../platform/index.ts'
import type { HttpClient } from '../ports/index.ts'
import { TrustError } from './trust-files.ts'

const TIMEOUT_MS = 20_000
const GONE = new Set([404, 410])
/** How a gateway names a file until it is complete; a killed one may leave such files behind. */
const UNFINISHED = /\.tmp-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const MISSING = new Set(['ENOENT', 'ENOTDIR', 'EISDIR'])

/**
 * The published files of a log in a folder of this machine. Only reads. Files that a gateway did
 * not finish writing are no part of the log, and are not listed.
 */
export function folderSource(root: string): LogSource {
  return {
    read: (path, maxBytes) => readFile(join(root, path), maxBytes),
    list: (folder) => listFiles(root, folder),
  }
}

/** The published files of a log below a URL. It cannot list, so superfluous files go unseen. */
export function urlSource(url: string, http: HttpClient): LogSource {
  const prefix = url.endsWith('/') ? url : `${url}/`
  return {
    async read(path, maxBytes) {
      try {
        const { status, body } = await http.send({
          method: 'GET',
          url: `${prefix}${path}`,
          headers: {},
          timeoutMs: TIMEOUT_MS,
          maxResponseBytes: maxBytes,
          // Many hosts keep bundles gzipped and send them so to everybody (C2SP tlog-tiles).
          gzip: true,
        })
        if (status === 200) return body
        if (GONE.has(status)) return undefined
        throw new Error(`the server answered with status ${status}`)
      } catch (cause) {
        // A file that is too long is wrong; its content does not matter.
        const isLong = cause instanceof PlatformError && cause.code === 'RESPONSE_TOO_LARGE'
        if (isLong) return new Uint8Array(maxBytes + 1)
        throw cause
      }
    },
  }
}

async function readFile(path: string, maxBytes: number): Promise<Uint8Array | undefined> {
  let file: FileHandle | undefined
  try {
    file = await open(path)
    const { size } = await file.stat()
    return await readUpTo(file, Math.min(size, maxBytes + 1))
  } catch (cause) {
    if (isMissing(cause)) return undefined
    throw cause
  } finally {
    await file?.close()
  }
}

async function readUpTo(file: FileHandle, length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(length)
  let at = 0
  while (at < length) {
    const { bytesRead } = await file.read(bytes, at, length - at, at)
    if (bytesRead === 0) break
    at += bytesRead
  }
  return bytes.subarray(0, at)
}

/** Everything but folders, so that a link or a socket among the files is noticed as a stranger. */
async function* listFiles(root: string, folder: string): AsyncGenerator<string, void> {
  let entries: Awaited<ReturnType<typeof opendir>>
  try {
    entries = await opendir(join(root, folder))
  } catch (cause) {
    if (isMissing(cause)) return
    throw cause
  }
  for await (const entry of entries) {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`
    if (entry.isDirectory()) yield* listFiles(root, path)
    else if (!UNFINISHED.test(entry.name)) yield path
  }
}

function isMissing(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && MISSING.has(String(cause.code))
}

/**
 * Refuses a folder that holds no log.
 *
 * @throws {@link TrustError} with a hint where the log stands one folder below
 */
export function checkLogFolder(target: string): void {
  if (!existsSync(target) || !statSync(target).isDirectory()) {
    throw new TrustError(`There is no folder ${target}.`)
  }
  const parts = ['checkpoint', 'tile', 'governance']
  if (parts.some((part) => existsSync(join(target, part)))) return
  const inside = existsSync(join(target, 'log', 'checkpoint'))
  const hint = inside ? ` Did you mean ${join(target, 'log')}?` : ''
  throw new TrustError(`${target} holds no log: neither a checkpoint nor tiles.${hint}`)
}
