/** What a self-audit found, and where. Holds no personal data. */
export interface AuditFinding {
  /** A problem code of `log verify` for a published file; one of the store's otherwise. */
  readonly code: string
  /** Path below the published log, or the store. */
  readonly file: string
  /** Number of the entry, where one is concerned. */
  readonly entry: number | undefined
  /** One plain sentence for the operator. */
  readonly sentence: string
}

/** A finding in the state store. */
export function storeFinding(
  code:
    | 'ENTRY_WRONG'
    | 'ENTRY_SEALED'
    | 'ENTRY_MISSING'
    | 'RECORD_MISSING'
    | 'RECORD_KEY_MISSING'
    | 'TILE_WRONG'
    | 'ROOT_MISMATCH',
  sentence: string,
  entry?: number,
): AuditFinding {
  return { code, file: 'state store', entry, sentence }
}
