export { disclosuresFor, erasedDisclosuresFor } from './disclosures.ts'
export type { Disclosure, DisclosureDeps, ErasedDisclosure, PublishedHead } from './disclosures.ts'
export { closeEpoch } from './close-epoch.ts'
export type { CloseEpochDeps, EpochRound } from './close-epoch.ts'
export { computeEpochMap, epochMaps } from './epoch-maps.ts'
export type { EpochMapDeps, EpochMaps } from './epoch-maps.ts'
export { exportSubject } from './subject-export.ts'
export type { SubjectExport, SubjectExportDeps } from './subject-export.ts'
export { chainRules, checkChains } from './check-chains.ts'
export type {
  ChainCheck,
  ChainFlaw,
  ChainFlawCode,
  ChainRule,
  CheckChainsDeps,
} from './check-chains.ts'
