import { type Agreement, agreementDigest } from '../../agreement/index.ts'
import { encodeBase64 } from '../../bytes/index.ts'

/** What entries of an exchange say of the agreement that it was under. */
export interface AgreedTerms {
  readonly version: number
  /** Base64. */
  readonly digest: string
  readonly purpose: string
  readonly legalBasis: string
}

/** The terms of the demo's agreements by their ids. */
export function agreedTerms(agreements: readonly Agreement[]): ReadonlyMap<string, AgreedTerms> {
  return new Map(
    agreements.map((agreement) => {
      const { id, version, purpose, legalBasis } = agreement
      const digest = encodeBase64(agreementDigest(agreement))
      return [id, { version, digest, purpose, legalBasis: legalBasis[0] ?? '' }]
    }),
  )
}
