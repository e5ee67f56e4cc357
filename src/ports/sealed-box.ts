/** Sealing for the holder of one X25519 key, by somebody who needs no key (libsodium's `crypto_box_seal`). */
export interface SealedBox {
  /** The public key of a secret one (RFC 7748); 32 bytes each. */
  publicKey(secretKey: Uint8Array): Uint8Array
  /**
   * The message and 48 bytes more; different at every call.
   *
   * @throws RangeError for a public key that is none, or of small order
   */
  seal(publicKey: Uint8Array, message: Uint8Array): Uint8Array
  /** The message, or `undefined` when the key is another one or a bit is wrong. */
  open(secretKey: Uint8Array, sealed: Uint8Array): Uint8Array | undefined
}
