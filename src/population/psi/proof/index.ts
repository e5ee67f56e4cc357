export {
  type ExponentClaim,
  type ExponentProof,
  exponentProofBytes,
  isExponentProven,
  proveExponent,
} from './exponent-proof.ts'
export { unmaskPoint } from './unmask-point.ts'
