export { addAct, prepareSafeguard, restrictPerson } from './commit-safeguard.ts'
export type { PublicAct, SafeguardCommitDeps, SafeguardGround } from './commit-safeguard.ts'
export { safeguardKinds } from './safeguard-act.ts'
export type {
  NewOrder,
  SafeguardAct,
  SafeguardCommitted,
  SafeguardIntent,
  SafeguardRefusal,
} from './safeguard-act.ts'
export { readSecrecyOrder } from './read-secrecy-order.ts'
export type { OrderRefusal, ReadOrderDeps } from './read-secrecy-order.ts'
export { mostEmergenciesRead, reviewWithinMs, suspends } from './safeguard-store.ts'
export type {
  EmergencyCounts,
  EmergencyFinding,
  EmergencyRow,
  RestrictionRow,
  SafeguardAxes,
  SafeguardReader,
  Safeguards,
  SafeguardTransaction,
  SecrecyRow,
} from './safeguard-store.ts'
