export { sha256, sha512, hmacSha256 } from './digest.ts'
export { checkSeed, isStrictEncoding } from './ed25519.ts'
export type { Ed25519 } from './ed25519.ts'
export { nobleEd25519 } from './noble-ed25519.ts'
