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
      return lockSentence(effectiveFromMs)
    case 'active':
      return 'active: questions are answered'
    case 'suspended':
      return because === 'review-overdue'
        ? 'suspended by itself: both parties must review it (cloison agreement review)'
        : `suspended by ${suspendedBy.join(' and ')}: nothing is answered until they and both parties resume it`
    case 'expired':
      return because === 'replaced'
        ? 'expired: a later version has taken effect'
        : 'expired: its term has ended; renew it by a new agreement'
    case 'terminated':
      return 'terminated, for good'
  }
}

function lockSentence(effectiveFromMs: number | null): string {
  return effectiveFromMs === null
    ? 'published: the witnesses have not cosigned it yet; then the time lock begins'
    : `published: the time lock runs; questions from ${minuteText(effectiveFromMs)}, by the clocks of the witnesses`
}
