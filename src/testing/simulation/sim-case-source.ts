import type { CaseClaim, CaseGrant, CaseSource } from '../../person/index.ts'
import { signCaseToken } from '../../protocol/index.ts'
import type { Clock } from '../../ports/index.ts'
import type { ProcessLife } from '../simulator/index.ts'
import { simCases } from './sim-organisation.ts'
import { simSubjects } from './sim-register.ts'

/**
 * Cases by the beginning of their reference. `SHUT` and `ALIEN` are refused by the case system; about
 * the others it vouches, rightly or not: the provider must see what is wrong with `LAX`.
 */
export const simCaseKinds = [
  'OPEN',
  'SHUT',
  'ALIEN',
  'LAX-CLOSED',
  'LAX-PARTY',
  'LAX-STALE',
] as const

async function signGrant(claim: CaseClaim, clock: Clock): Promise<CaseGrant> {
  const isStale = claim.reference.startsWith('LAX-STALE')
  const iat = Math.floor(clock.now() / 1000) - (isStale ? 1_200 : 0)
  const other = { scheme: 'demo-nin', value: simSubjects[0] ?? '' }
  const token = await signCaseToken(
    {
      iss: simCases.issuer,
      aud: claim.provider,
      iat,
      exp: iat + 600,
      case: claim.reference,
      subject: claim.reference.startsWith('LAX-PARTY') ? other : claim.subject,
      official: claim.officialPseudonym,
      purpose: claim.purpose,
      open: !claim.reference.startsWith('LAX-CLOSED'),
    },
    simCases.seed,
  )
  return { state: 'granted', token }
}

/** The consumer's case system: signs real tokens with a key that no gateway has. */
export function simCaseSource(life: ProcessLife, clock: Clock): CaseSource {
  return {
    grant: (claim) =>
      life.call<CaseGrant>('cases.grant', () => {
        if (claim.reference.startsWith('SHUT')) return { state: 'refused', code: 'CASE_CLOSED' }
        if (claim.reference.startsWith('ALIEN')) {
          return { state: 'refused', code: 'SUBJECT_NOT_PARTY' }
        }
        return signGrant(claim, clock)
      }),
  }
}
