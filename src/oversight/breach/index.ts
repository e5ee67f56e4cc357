export {
  breachBytes,
  exposedKeyForm,
  isBreachSigned,
  parseBreachDeclaration,
  signBreach,
} from './breach-declaration.ts'
export type { BreachDeclaration, UnsignedBreach } from './breach-declaration.ts'
export { isExposed, scopeOfKey } from './exposure.ts'
export type { ExposableFacts, Exposure, ExposureScope } from './exposure.ts'
export { countExposed } from './count-exposed.ts'
export type { CountExposedDeps, ExposedCount } from './count-exposed.ts'
export { breachIn, breachIntent, breachKind } from './declared-breach.ts'
export type { DeclaredBreach, PlacedBreach } from './declared-breach.ts'
export { breachesConcerning, declaredBreaches } from './breach-notices.ts'
