export { disclosuresFor } from './disclosures.ts'
export type { Disclosure, DisclosureDeps, PublishedHead } from './disclosures.ts'
