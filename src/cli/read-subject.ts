import { readFile } from 'node:fs/promises'
import { text } from 'node:stream/consumers'
import { readSubjectIdentifier, type SubjectReference } from '../protocol/index.ts'

/** A mistake in how a command was called; the message says what to do. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

function splitSubject(content: string, scheme: string | undefined): readonly string[] {
  const words = content.trim().split(/\s+/)
  return scheme === undefined || words.length > 1 ? words : [scheme, ...words]
}

/**
 * Reads whom a command is about: scheme and identifier in a file, or on standard input for `-`; the
 * identifier alone where the scheme was given. Never an argument, which every process could see.
 *
 * @throws {@link UsageError}, without a word of what was read
 */
export async function readSubject(file: string, scheme?: string): Promise<SubjectReference> {
  const content =
    file === '-' ? await text(process.stdin) : await readFile(file, 'utf8').catch(() => undefined)
  if (content === undefined) throw new UsageError(`the subject file ${file} cannot be read.`)
  const [named = '', value = '', ...more] = splitSubject(content, scheme)
  if (more.length > 0)
    throw new UsageError('the subject file must name one person: a scheme and one identifier.')
  const verdict = readSubjectIdentifier(named, value)
  if (verdict === 'unknown-scheme')
    throw new UsageError(
      'the subject file must say scheme and identifier, as in "demo-nin 6229916763".',
    )
  if (verdict === 'invalid')
    throw new UsageError('the identifier in the subject file is not a valid one; check its digits.')
  return { scheme: named, value }
}
