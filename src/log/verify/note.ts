import { decodeBase64, decodeUtf8, encodeHex, utf8 } from '../../bytes/index.ts'
import { LogError } from './log-error.ts'
import { isKeyName } from './verifier-key.ts'

/** One signature line of a note, not verified. */
export interface NoteSignature {
  readonly name: string
  /** 8 lower-case hex digits. */
  readonly keyId: string
  /** What follows the key ID: at least 1 byte. */
  readonly signature: Uint8Array
}

/** A parsed note (C2SP signed-note), not verified. */
export interface Note {
  /** What is signed, with its final newline. */
  readonly text: string
  /** 1 to 100 lines, in the order of the note. */
  readonly signatures: readonly NoteSignature[]
}

const MAX_BYTES = 1_000_000
const MAX_SIGNATURES = 100

/** The note that was read last: on its way through a receipt one text is read three times. */
let newest: { readonly whole: string; readonly note: Note } | undefined

/**
 * Reads a note: text, an empty line, signature lines. The last empty line counts, so the text may
 * hold empty lines. Strict, also about lines of unknown keys: one malformed line refuses the note.
 * Base64 must be canonical; more than 100 signatures or 1,000,000 bytes are refused.
 *
 * @throws {@link LogError} `NOTE_MALFORMED`
 */
export function parseNote(note: string | Uint8Array): Note {
  if (newest !== undefined && newest.whole === note) return newest.note
  const whole = readText(note)
  const border = whole.lastIndexOf('\n\n')
  const block = border < 0 ? '' : whole.slice(border + 2)
  if (!block.endsWith('\n')) {
    throw malformed('a note ends in an empty line and signature lines')
  }
  const lines = block.slice(0, -1).split('\n')
  if (lines.length > MAX_SIGNATURES) throw malformed('a note has too many signatures')
  const read = { text: whole.slice(0, border + 1), signatures: lines.map(parseLine) }
  newest = { whole, note: read }
  return read
}

function readText(note: string | Uint8Array): string {
  const bytes = typeof note === 'string' ? utf8(note) : note
  if (bytes.length > MAX_BYTES) throw malformed('a note is too long')
  const text = typeof note === 'string' ? note : decode(note)
  // U+0000 to U+001F but for the newline, and halves of surrogate pairs.
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  if (/[\u0000-\u0009\u000b-\u001f]/.test(text) || !text.isWellFormed()) {
    throw malformed('a note has a control character or is not Unicode text')
  }
  return text
}

function parseLine(line: string): NoteSignature {
  const [dash, name = '', encoded = '', ...more] = line.split(' ')
  if (dash !== '\u2014' || more.length > 0 || !isKeyName(name)) {
    throw malformed('a signature line has another form')
  }
  const bytes = decodeSignature(encoded)
  if (bytes.length < 5) throw malformed('a signature is too short')
  return { name, keyId: encodeHex(bytes.subarray(0, 4)), signature: bytes.slice(4) }
}

function decodeSignature(encoded: string): Uint8Array {
  try {
    return decodeBase64(encoded)
  } catch (cause) {
    throw new LogError('NOTE_MALFORMED', 'a signature is not base64', { cause })
  }
}

function decode(bytes: Uint8Array): string {
  try {
    return decodeUtf8(bytes)
  } catch (cause) {
    throw new LogError('NOTE_MALFORMED', 'a note is not UTF-8', { cause })
  }
}

function malformed(message: string): LogError {
  return new LogError('NOTE_MALFORMED', message)
}
