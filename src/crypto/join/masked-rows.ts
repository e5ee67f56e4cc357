/**
 * The rows of a holder's lists as they leave the process that reads its register (`spec/join.md`): no identifier, and
 * nothing that gives one back without the plan's secrets. Group after group, part after part; the `n`th row is number `n`.
 */
export interface MaskedRows {
  /** Rows of each list group, part after part. */
  readonly counts: readonly number[]
  /** Packed, X25519(k, h(token)) of each row. */
  readonly points: Uint8Array
  /** 32 bytes of each row: the RFC 6962 leaf hash of its entry under the input root. */
  readonly leaves: Uint8Array
  /** `stride` bytes of each row: its token, under a key that the inspector alone can have. */
  readonly slots: Uint8Array
  /** A multiple of 16. */
  readonly stride: number
  /** The key of the slots as a sealed box to the inspector's sealing key. */
  readonly sealKey: Uint8Array
}
