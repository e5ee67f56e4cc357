import { readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import * as z from 'zod'
import { decodeBase64, utf8 } from '../bytes/index.ts'
import { sha256 } from '../crypto/index.ts'
import type { CaseBook } from './case-system-cases.ts'
import { type CaseJournal, openJournal } from './case-system-journal.ts'

/** The settings of a case system, as its JSON file has them. Paths are relative to the file. */
export interface CaseSystemSettings {
  readonly version: 1
  /** 0 lets the machine choose. */
  readonly port: number
  /** The name that agreements and tokens use for this case source. */
  readonly issuer: string
  /** 32 bytes, one line of base64: signs tokens. */
  readonly keyFile: string
  /** The bearer token that callers show, one line. */
  readonly tokenFile: string
  /** A `CaseBook` as JSON. */
  readonly casesFile: string
}

const settingsSchema: z.ZodType<CaseSystemSettings> = z.strictObject({
  version: z.literal(1),
  port: z.int().min(0).max(65_535),
  issuer: z.string().min(1),
  keyFile: z.string().min(1),
  tokenFile: z.string().min(1),
  casesFile: z.string().min(1),
})

const partySchema = z.strictObject({ scheme: z.literal('demo-nin'), value: z.string() })

const bookSchema: z.ZodType<CaseBook> = z.strictObject({
  officials: z.array(z.strictObject({ id: z.string(), name: z.string(), team: z.string() })),
  cases: z.array(
    z.strictObject({
      reference: z.string(),
      kind: z.enum(['rent-support', 'rent-support-review', 'rent-support-parent']),
      subject: partySchema,
      subjectName: z.string(),
      parties: z.array(partySchema),
      bystanders: z.array(partySchema).default([]),
      officials: z.array(z.string()),
      purpose: z.string(),
      openedAtMs: z.int(),
      state: z.enum(['open', 'closed']),
      related: z.array(z.string()),
      lookUps: z.array(z.strictObject({ official: z.string(), atMs: z.int() })),
      stepsAtMs: z.array(z.int()),
    }),
  ),
})

/** What a case system runs on once its files are read. */
export interface CaseSystemState {
  readonly port: number
  readonly issuer: string
  /** 32 bytes, secret. */
  readonly seed: Uint8Array
  /** SHA-256 of the bearer token. */
  readonly tokenDigest: Uint8Array
  readonly book: CaseBook
  /** What has happened in cases since the book was read; kept as long as the process runs. */
  readonly journal: CaseJournal
}

/**
 * Reads the settings file and all that it names. Rejects when a file is missing or not in its form;
 * no message quotes what is in a key or token file.
 */
export async function readCaseSystem(settingsFile: string): Promise<CaseSystemState> {
  const settings = settingsSchema.parse(JSON.parse(await readFile(settingsFile, 'utf8')))
  const beside = (path: string): Promise<string> =>
    readFile(resolve(dirname(settingsFile), path), 'utf8')
  const seed = decodeBase64((await beside(settings.keyFile)).trimEnd())
  if (seed.length !== 32) throw new RangeError(`${settings.keyFile} must hold 32 bytes`)
  const token = (await beside(settings.tokenFile)).trimEnd()
  if (!/^[\x21-\x7e]{16,256}$/.test(token)) {
    throw new RangeError(`${settings.tokenFile} must hold 16 to 256 characters in one line`)
  }
  const book = parseCaseBook(await beside(settings.casesFile))
  const { port, issuer } = settings
  return { port, issuer, seed, tokenDigest: sha256(utf8(token)), book, journal: openJournal() }
}

/** Reads a `CaseBook` from its JSON; rejects anything else. */
export function parseCaseBook(json: string): CaseBook {
  return bookSchema.parse(JSON.parse(json))
}
