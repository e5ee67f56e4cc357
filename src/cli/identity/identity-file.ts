import { readFile, writeFile } from 'node:fs/promises'
import { text } from 'node:stream/consumers'
import { IdentityError, type IdentityErrorCode } from '../../person/index.ts'
import { sodiumSealedBox } from '../../platform/index.ts'
import type { SealedBox } from '../../ports/index.ts'
import { NodeError } from '../../node/index.ts'
import { type CliIo, EXIT, type ExitCode } from '../cli-io.ts'
import { UsageError } from '../read-subject.ts'

/** libsodium, without which nothing is opened. @throws {@link UsageError} on a machine without it */
export function requireBox(): SealedBox {
  const box = sodiumSealedBox()
  if (box !== undefined) return box
  throw new UsageError('sodium-native has no binary for this machine; use another one.')
}

/** Reads a request or a share. @throws {@link UsageError} where it cannot be read */
export async function readIdentityFile(path: string): Promise<Uint8Array> {
  const bytes = await readFile(path).catch(() => undefined)
  if (bytes === undefined) throw new UsageError(`${path} cannot be read.`)
  return bytes
}

/** One line of public text, from a file or, for `-`, from standard input. */
export async function readPublicText(path: string): Promise<string> {
  const content =
    path === '-' ? await text(process.stdin) : await readFile(path, 'utf8').catch(() => undefined)
  if (content === undefined) throw new UsageError(`the reason file ${path} cannot be read.`)
  const line = content.trim().normalize('NFC')
  if (/^\P{Cc}{1,200}$/u.test(line)) return line
  throw new UsageError(
    'the reason must be one line of at most 200 characters. It becomes public: it names nobody.',
  )
}

/** Looks that nothing stands there before anything is done. @throws {@link UsageError} */
export async function requireNew(path: string): Promise<void> {
  const isThere = await readFile(path).then(
    () => true,
    () => false,
  )
  if (isThere) throw new UsageError(`${path} is there already; choose another --out.`)
}

/** Writes a new file that only its owner may read. */
export async function writeSecret(path: string, bytes: Uint8Array): Promise<void> {
  await writeFile(path, bytes, { flag: 'wx', mode: 0o600 })
}

const exits: Readonly<Record<IdentityErrorCode, ExitCode>> = {
  IDENTITY_FILE_INVALID: EXIT.usage,
  IDENTITY_KEY_FOREIGN: EXIT.usage,
  IDENTITY_NOT_LOGGED: EXIT.tampering,
  IDENTITY_OPENING_FOREIGN: EXIT.tampering,
  IDENTITY_SHARE_FOREIGN: EXIT.tampering,
  IDENTITY_NOT_OPENED: EXIT.tampering,
}

/** Runs one holder's command and says in a sentence what was not right. */
export async function runHolder(name: string, io: CliIo, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (cause) {
    const isKnown = cause instanceof IdentityError
    const message = cause instanceof Error ? cause.message : 'unknown failure'
    io.stderr(`cloison ${name}: ${isKnown ? `${cause.code}: ` : ''}${message}\n`)
    if (isKnown) io.exit(exits[cause.code])
    else
      io.exit(cause instanceof UsageError || cause instanceof NodeError ? EXIT.usage : EXIT.fault)
  }
}
