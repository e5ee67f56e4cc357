import type { AgreementState } from '../../agreement/index.ts'
import type { RefusalCode } from '../query/index.ts'

/** Why nothing is asked under an agreement in this state; `undefined` where it is active. */
export function standingRefusal(state: AgreementState): RefusalCode | undefined {
  switch (state) {
    case 'active':
      return undefined
    case 'published':
      return 'TIME_LOCKED'
    case 'expired':
      return 'AGREEMENT_EXPIRED'
    case 'suspended':
      return 'AGREEMENT_SUSPENDED'
    case 'drafted':
    case 'offered':
    case 'agreed':
    case 'rejected':
    case 'terminated':
      return 'AGREEMENT_NOT_ACTIVE'
  }
}
