import type { CaseSource } from '../../src/person/index.ts'
import { signCaseToken } from '../../src/protocol/index.ts'
import { sampleSeeds } from '../../src/testing/index.ts'
import type { InProcessExchange } from './in-process-exchange.ts'

/**
 * A case system that says of everybody that they appear because of another person, in tokens of ten minutes that are
 * `ageSeconds` old. `seed` signs them: the case source's own unless given.
 */
export function bystanderCases(
  { clock }: InProcessExchange,
  { seed = sampleSeeds.cases, ageSeconds = 0 }: { seed?: Uint8Array; ageSeconds?: number } = {},
): CaseSource {
  return {
    async grant({ reference, officialPseudonym, subject, purpose, provider }) {
      const iat = Math.floor(clock.now() / 1000) - ageSeconds
      const times = { iss: 'housing/cases', aud: provider, iat, exp: iat + 600, open: true }
      const said = { case: reference, subject, official: officialPseudonym, purpose }
      const token = await signCaseToken({ ...times, ...said, bystander: true }, seed)
      return { state: 'granted', token }
    },
  }
}
