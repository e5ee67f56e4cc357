export { createBentProvider, honest } from './bent-provider.ts'
export type { BentProvider, ProviderBend } from './bent-provider.ts'
