import type { AgreementActName, AgreementStanding } from '../../../agreement/index.ts'

const afterPublication: readonly AgreementActName[] = ['suspend', 'terminate']

/** What an officer of a party can do to an agreement that stands so; the gateway judges every act again. */
export function possibleActs({ state, because }: AgreementStanding): readonly AgreementActName[] {
  switch (state) {
    case 'offered':
      return ['reject']
    case 'published':
    case 'active':
      return afterPublication
    case 'suspended':
      return because === 'review-overdue'
        ? ['review', 'terminate']
        : ['resume', 'suspend', 'terminate']
    case 'drafted':
    case 'agreed':
    case 'rejected':
    case 'expired':
    case 'terminated':
      return []
  }
}
