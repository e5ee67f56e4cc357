/** Why a report does not hold. */
export type ReportFaultCode =
  | 'FILE_MALFORMED'
  | 'KEYS_UNUSABLE'
  /** A head is not signed as it must be, or too few witnesses cosigned it. */
  | 'HEAD_REFUSED'
  /** A cited entry does not stand where it says, or says something else. */
  | 'ENTRY_UNPROVEN'
  /** A cited entry is none that this report rests on, or not of this organisation. */
  | 'ENTRY_FOREIGN'
  /** A document is not in the form that its entry says. */
  | 'DOCUMENT_WRONG'
  /** The person's chain is not whole. */
  | 'CHAIN_WRONG'
  /** The rows do not add up to the entries. */
  | 'COUNTS_WRONG'
  /** What the report says is not what follows from its evidence. */
  | 'CONTENT_DIFFERS'
  /** The log has an entry that the report should have cited. */
  | 'ENTRY_OMITTED'
  /** The log is not as it was signed, or does not continue the report's head. */
  | 'LOG_WRONG'
  /** The opened records count to something else. */
  | 'COUNTS_DIFFER'

/** A report that does not hold; `where` names an entry, a file's part or a figure, and no person. */
export class ReportFault extends Error {
  override readonly name = 'ReportFault'
  readonly code: ReportFaultCode
  readonly where: string

  constructor(code: ReportFaultCode, where: string, options?: ErrorOptions) {
    super(`${code}: ${where}`, options)
    this.code = code
    this.where = where
  }
}
