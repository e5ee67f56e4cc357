/** ML-DSA-44 (FIPS 204) with an empty context. What implements it stands in `platform/`. */
export interface MlDsa44Signing {
  /** 1,312 bytes, from a seed of 32 bytes (FIPS 204, algorithm 6). */
  publicKey(seed: Uint8Array): Uint8Array
  /** 2,420 bytes; hedged, so that two signatures of one message differ. */
  sign(message: Uint8Array, seed: Uint8Array): Uint8Array
}
