/** A digest of bytes that come piece by piece. */
export interface RunningDigest {
  add(bytes: Uint8Array): void
  /** The digest of all that was added; once, after the last of it. */
  digest(): Uint8Array
}
