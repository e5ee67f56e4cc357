import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import * as z from 'zod'
import { OversightUsageError } from '../oversight-calls.ts'

/** What an inspector keeps between committing to a draw and making it. Secret until then. */
export interface NonceFile {
  readonly v: 1
  readonly log: string
  readonly inspector: string
  readonly first: number
  readonly last: number
  readonly count: number
  /** 32 bytes, base64. */
  readonly nonce: string
  /** The entry `audit.committed`; null until it is made. */
  readonly committed: number | null
}

const schema: z.ZodType<NonceFile> = z.strictObject({
  v: z.literal(1),
  log: z.string(),
  inspector: z.string(),
  first: z.int().nonnegative(),
  last: z.int().nonnegative(),
  count: z.int().positive(),
  nonce: z.string().regex(/^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/),
  committed: z.int().nonnegative().nullable(),
})

/** Writes the file before the commitment is made, the owner's alone; never over another one. */
export function writeNonceFile(path: string, content: NonceFile): void {
  if (existsSync(path))
    throw new OversightUsageError(
      `${path} is there already; name a new file, so that the nonce of no draw is lost.`,
    )
  try {
    writeFileSync(path, `${JSON.stringify(content)}\n`, { mode: 0o600, flag: 'wx', flush: true })
  } catch (cause) {
    throw new OversightUsageError(
      `${path} cannot be written; name a file in a folder that is there and yours to write to.`,
      { cause },
    )
  }
}

/** Adds the entry that the gateway has made. */
export function completeNonceFile(path: string, content: NonceFile): void {
  writeFileSync(path, `${JSON.stringify(content)}\n`, { mode: 0o600, flush: true })
}

/** Reads it back. @throws {@link OversightUsageError} where it is no such file */
export function readNonceFile(path: string): NonceFile {
  if (!existsSync(path))
    throw new OversightUsageError(
      `there is no file ${path}; name the one that "cloison audit commit" wrote.`,
    )
  try {
    return schema.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch (cause) {
    throw new OversightUsageError(
      `${path} is no file that "cloison audit commit" wrote; name that file.`,
      { cause },
    )
  }
}
