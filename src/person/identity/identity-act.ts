/** The kinds of the entries about sealed identities. */
export const identityKinds = {
  /** For whom identities are sealed from here on. */
  holders: 'admin.sealing',
  opened: 'inspection.identity-opened',
} as const

/** Opens the identity of one official at one entry of this organisation's own question. */
export interface IdentityIntent {
  readonly type: 'identity'
  /** Origin of the entry's log; `null` for the present one. */
  readonly log: string | null
  readonly entry: number
  /** Public: the number of the inspector's case. */
  readonly case: string
  /** Public: names nobody. */
  readonly reason: string
}

/** Why nothing is handed out, and nothing was written. */
export type IdentityRefusal =
  /** No identity is sealed at this entry, or none any more. */
  | 'IDENTITY_NOT_SEALED'
  /** As many were opened in 30 days as may be. */
  | 'IDENTITY_CAP_REACHED'

/** An entry with what opens it, as a request shows it. */
export interface ShownEntry {
  readonly log: string
  readonly index: number
  /** Base64, 32 bytes. */
  readonly r: string
  /** The exact text of the record. */
  readonly record: string
}

/** The opening is an entry that is on disk, and here is what was asked for; or nothing was written. */
export type IdentityCommitted =
  | { readonly type: 'identity'; readonly state: 'refused'; readonly code: IdentityRefusal }
  | {
      readonly type: 'identity'
      readonly state: 'done'
      readonly opening: ShownEntry
      readonly entry: ShownEntry
      /** Canonical bytes of the sealed identity. */
      readonly sealed: Uint8Array
    }
