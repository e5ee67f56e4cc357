/** Authenticated encryption with a 256-bit key (AES-256-GCM, NIST SP 800-38D). */
export interface Aead {
  /** Ciphertext with its own fresh nonce in front and tag behind; `context` is authenticated, not stored. */
  seal(key: Uint8Array, plaintext: Uint8Array, context: Uint8Array): Uint8Array
  /** The plaintext, or `undefined` when key, context or a bit is wrong. */
  open(key: Uint8Array, sealed: Uint8Array, context: Uint8Array): Uint8Array | undefined
}
