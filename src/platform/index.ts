export { bestEd25519 } from './best-ed25519.ts'
export { nodeEd25519 } from './node-ed25519.ts'
export { sodiumEd25519 } from './sodium-ed25519.ts'
