/** Encryption whose every block can be opened by itself (AES-256 in counter mode, NIST SP 800-38A, 6.5). */
export interface CounterMode {
  /**
   * The bytes under a 32-byte key that serves one stream alone, from its `block`th 16 bytes on; the counter is the block's
   * number, 16 bytes big-endian. Doing it again gives them back.
   */
  apply(key: Uint8Array, block: number, bytes: Uint8Array): Uint8Array
}
