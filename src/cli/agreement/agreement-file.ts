import { readFile } from 'node:fs/promises'
import {
  type Agreement,
  AgreementError,
  type AgreementProblem,
  adviceOf,
  type DraftProblem,
  parseAgreement,
  readDraft,
} from '../../agreement/index.ts'
import { decodeUtf8 } from '../../bytes/index.ts'
import { UsageError } from '../read-subject.ts'

/** An agreement out of a file: a draft that its author edits, or the document that is signed. */
export interface ReadAgreement {
  readonly form: 'draft' | 'document'
  readonly agreement: Agreement
  /** The line of a key of the draft, from 1; always 1 in a document, which is one line. */
  readonly lineOf: (path: string) => number
}

/** A file that is no agreement yet, with everything that is wrong with it. */
export class AgreementFileError extends Error {
  override readonly name = 'AgreementFileError'
  readonly file: string
  readonly problems: readonly DraftProblem[]

  constructor(file: string, problems: readonly DraftProblem[]) {
    super(`${file} is no agreement yet: ${problems.length} problems`)
    this.file = file
    this.problems = problems
  }
}

const largestFile = 131_072

async function readText(file: string): Promise<Uint8Array> {
  const bytes = await readFile(file).catch((cause: unknown) => {
    const absent = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT'
    const reason = absent ? 'is not there; check the path' : 'cannot be read'
    throw new UsageError(`${file} ${reason}.`, { cause })
  })
  if (bytes.length > largestFile) throw new UsageError(`${file} is longer than any agreement.`)
  return new Uint8Array(bytes)
}

function inDocument({ code, path, message }: AgreementProblem): DraftProblem {
  return { code, path, message, line: 1, advice: adviceOf(code) }
}

function readDocument(file: string, bytes: Uint8Array): ReadAgreement {
  try {
    return { form: 'document', agreement: parseAgreement(bytes), lineOf: () => 1 }
  } catch (cause) {
    if (!(cause instanceof AgreementError)) throw cause
    throw new AgreementFileError(file, cause.problems.map(inDocument))
  }
}

function decode(file: string, bytes: Uint8Array): string {
  try {
    return decodeUtf8(bytes)
  } catch (cause) {
    throw new UsageError(`${file} is no text in UTF-8.`, { cause })
  }
}

/**
 * Reads an agreement from a YAML draft, or from the canonical JSON that was signed; what begins with
 * `{"` is a document.
 *
 * @throws {@link AgreementFileError} with every problem; {@link UsageError} for a file that is no text
 */
export async function readAgreementFile(file: string): Promise<ReadAgreement> {
  const bytes = await readText(file)
  const text = decode(file, bytes)
  if (text.startsWith('{"')) return readDocument(file, bytes)
  const reading = readDraft(text)
  if (!reading.ok) throw new AgreementFileError(file, reading.problems)
  return { form: 'draft', agreement: reading.agreement, lineOf: reading.lineOf }
}
