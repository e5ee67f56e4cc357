import { type AgreementStanding, minuteText } from '../../agreement/index.ts'

/** Where an agreement stands, as a sentence for whoever watches it. */
export function standingSentence({
  state,
  effectiveFromMs,
  suspendedBy,
  because,
}: AgreementStanding): string {
  switch (state) {
    case 'drafted':
      return 'drafted: nobody has signed'
    case 'offered':
      return 'offered: one side has signed, the other has not'
    case 'agreed':
      return 'agreed: both have signed; the gateway has not published it yet'
    case 'rejected':
      return 'rejected: a party has said no; sign a new version'
    case 'published':
      return effectiveFromMs === null
        ? 'published: the witnesses have not cosigned it yet; then the time lock begins'
        : `published: the time lock runs; questions from ${minuteText(effectiveFromMs)}, by the witnesses\' clocks`
    case 'active':
      return 'active: questions are answered'
    case 'suspended':
      if (because === 'review-overdue')
        return 'suspended by itself: both parties must review it (cloison agreement review)'
      return `suspended by ${suspendedBy.join(' and ')}: nothing is answered until they and both parties resume it`
    case 'expired':
      if (because === 'replaced') return 'expired: a later version has taken effect'
      return 'expired: its term has ended; renew it by a new agreement'
    case 'terminated':
      return 'terminated, for good'
  }
}
