import { mkdir, open, readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { decodeBase64, encodeBase64 } from '../bytes/index.ts'
import type { Randomness } from '../ports/index.ts'
import { NodeError } from './node-error.ts'

/**
 * Reads a key file: 32 bytes as one line of base64. The text of the error names the file, never
 * what is in it.
 *
 * @throws {@link NodeError} `KEY_FILE_INVALID`
 */
export async function readKeyFile(path: string): Promise<Uint8Array> {
  try {
    const key = decodeBase64((await readFile(path, 'utf8')).trimEnd())
    if (key.length === 32) return key
  } catch (cause) {
    throw new NodeError(
      'KEY_FILE_INVALID',
      isAbsent(cause)
        ? `The key file ${path} is not there; check the path.`
        : `The key file ${path} cannot be read as one line of base64.`,
      { cause },
    )
  }
  throw new NodeError('KEY_FILE_INVALID', `The key file ${path} must hold 32 bytes in base64.`)
}

function isAbsent(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === 'ENOENT'
}

/**
 * Makes a key of 32 random bytes in a new file that only its owner may read; never overwrites one.
 * Resolves with the key once the file is on disk.
 */
export async function makeKeyFile(path: string, randomness: Randomness): Promise<Uint8Array> {
  const key = randomness.bytes(32)
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const file = await open(path, 'wx', 0o600)
  try {
    await file.writeFile(`${encodeBase64(key)}\n`)
    await file.sync()
  } finally {
    await file.close()
  }
  return key
}

/** Reads a bearer token: one line of text. @throws {@link NodeError} `KEY_FILE_INVALID` */
export async function readTokenFile(path: string): Promise<string> {
  const text = (await readFile(path, 'utf8').catch(() => '')).trimEnd()
  if (/^[\x21-\x7e]{16,256}$/.test(text)) return text
  throw new NodeError(
    'KEY_FILE_INVALID',
    `The token file ${path} must hold 16 to 256 printable characters in one line.`,
  )
}
