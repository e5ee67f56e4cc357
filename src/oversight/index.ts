export { disclosuresFor } from './disclosures.ts'
export type { Disclosure, DisclosureDeps } from './disclosures.ts'
