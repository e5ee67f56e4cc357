import type { ReportFault } from '../../oversight/index.ts'

/** Why a report could not be written. */
export type ReportErrorCode =
  /** No Chromium was found, or what was named is none. */
  'CHROMIUM_MISSING' | 'PRINTING_FAILED'

/** A report that could not be written; the message says what to do. */
export class ReportError extends Error {
  override readonly name = 'ReportError'
  readonly code: ReportErrorCode

  constructor(code: ReportErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

const sentences: Readonly<Record<ReportFault['code'], (where: string) => string>> = {
  FILE_MALFORMED: () => 'it is not in the form that it says it has',
  KEYS_UNUSABLE: () => 'its keys or its policy cannot be read',
  HEAD_REFUSED: (where) => `${where} is not signed, or not witnessed, as it must be`,
  ENTRY_UNPROVEN: (where) => `${where} does not stand where it says, or says something else`,
  ENTRY_FOREIGN: (where) => `${where} is none that such a report rests on`,
  DOCUMENT_WRONG: (where) => `${where} is not what the log has it to be`,
  CHAIN_WRONG: (where) => `the chain of the person is not whole (${where})`,
  COUNTS_WRONG: (where) => `its counts do not add up: ${where}`,
  CONTENT_DIFFERS: (where) => `${where} is not what follows from its evidence`,
  ENTRY_OMITTED: (where) => `${where} belongs into it and was left out`,
  LOG_WRONG: (where) => where,
  COUNTS_DIFFER: (where) => `the opened records count to something else: ${where}`,
}

/** Why a report does not hold, as a sentence. */
export function describeReportFault({ code, where }: ReportFault): string {
  const said = sentences[code](where).replace(/\.$/, '')
  return `${said.charAt(0).toUpperCase()}${said.slice(1)}.`
}
