export { maskPlan, tokensIn } from './mask-contract.ts'
export { caseContract, contractCaseDescription, contractCases } from './case-contract.ts'
export type { ContractCaseRow, ContractCaseSource } from './case-contract.ts'
export { contractDescription, contractRows } from './contract-table.ts'
export type { ContractRow } from './contract-table.ts'
export { methodsOf, registerContract } from './register-contract.ts'
export { writeCsvFile, writeSqliteFile } from './register-files.ts'
export {
  sampleBeginMs,
  sampleEmergencyAgreement,
  sampleEmergencySource,
  samplePersonAgreement,
  samplePersonSource,
  sampleJoinSource,
  samplePopulationSource,
  samplePublicKey,
  sampleSeeds,
  signSample,
} from './sample-agreement.ts'
export {
  sampleEverything,
  sampleConfirmed,
  sampleEmergency,
  samplePermitted,
} from './sample-question.ts'
export type { SampleQuestion } from './sample-question.ts'
export { filesContract } from './files-contract.ts'
export { sampleLog } from './sample-log.ts'
export type { SampleLog } from './sample-log.ts'
export { stateStoreContract } from './state-store-contract.ts'
export type { StoresUnderTest } from './state-store-contract.ts'
export { memoryRecordKeys } from './memory-record-keys.ts'
export { sampleExchange } from './sample-exchange.ts'
export { naiveMap } from './naive-map.ts'
export type { NaiveHashes, NaiveHead, NaiveMap } from './naive-map.ts'
export {
  directoryNowMs,
  directoryPublicKey,
  directorySeed,
  sampleKey,
  sampleRecord,
} from './sample-directory.ts'
export { holderSecrets, sampleSealing, testBox } from './sample-holders.ts'
export { arbitraryRelease, arbitraryReleaseParts, sampleReleaseParts } from './sample-release.ts'
