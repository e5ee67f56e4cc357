import { type FileHandle, open, readFile } from 'node:fs/promises'
import * as z from 'zod'
import { ConsentError } from './consent-error.ts'

/** One decision of a person, without the person. */
export interface ConsentRecord {
  readonly atMs: number
  readonly exchangeId: string
  readonly consumer: string
  readonly agreement: string
  readonly version: number
  readonly decision: 'given' | 'declined'
  /** Digest of the token, base64; null where it was declined. */
  readonly consent: string | null
}

const recordSchema: z.ZodType<ConsentRecord> = z.strictObject({
  atMs: z.int().min(0),
  exchangeId: z.string(),
  consumer: z.string(),
  agreement: z.string(),
  version: z.int(),
  decision: z.enum(['given', 'declined']),
  consent: z.string().nullable(),
})

/** The decisions of an issuer, one line each. Disposing closes the file. */
export interface ConsentRecords extends AsyncDisposable {
  /** Every exchange that is decided, with the consumer that asked. */
  readonly decided: ReadonlyMap<string, string>
  /** Resolves only once the line is on disk. */
  add(record: ConsentRecord): Promise<void>
}

function parseLine(line: string, path: string): ConsentRecord {
  try {
    return recordSchema.parse(JSON.parse(line))
  } catch (cause) {
    throw new ConsentError('RECORDS_INVALID', `A line of ${path} is no record of a consent.`, {
      cause,
    })
  }
}

/** A line that a crash cut off was never acknowledged: it is ended, and read as none. */
async function readRecords(path: string, file: FileHandle): Promise<Map<string, string>> {
  const text = await readFile(path, 'utf8')
  const lines = text.split('\n')
  const torn = lines.pop() ?? ''
  if (torn !== '') await file.truncate(Buffer.byteLength(text) - Buffer.byteLength(torn))
  return new Map(
    lines
      .map((line) => parseLine(line, path))
      .map(({ exchangeId, consumer }) => [exchangeId, consumer]),
  )
}

/**
 * Opens the file of decisions, or makes it.
 *
 * @throws {@link ConsentError} `RECORDS_INVALID`
 */
export async function openConsentRecords(path: string): Promise<ConsentRecords> {
  const file = await open(path, 'a+', 0o600)
  try {
    const decided = await readRecords(path, file)
    let last: Promise<void> = Promise.resolve()
    const write = async (record: ConsentRecord): Promise<void> => {
      await file.appendFile(`${JSON.stringify(record)}\n`)
      await file.datasync()
      decided.set(record.exchangeId, record.consumer)
    }
    return {
      decided,
      add(record) {
        // After a failed write nobody knows what the file ends with: no later one is tried.
        last = last.then(() => write(record))
        return last
      },
      [Symbol.asyncDispose]: () => file.close(),
    }
  } catch (cause) {
    await file.close()
    throw cause
  }
}
