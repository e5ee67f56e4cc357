import { type AgreementStanding, minuteText } from '../../agreement/index.ts'

/** Where an agreement stands, as a sentence for whoever watches it. */
export function standingSentence({
  state,
  effectiveFromMs,
  suspendedBy,
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
      return `published: the time lock runs${effectiveFromMs === null ? '' : `; questions from ${minuteText(effectiveFromMs)}`}`
    case 'active':
      return 'active: questions are answered'
    case 'suspended':
      return `suspended by ${suspendedBy.join(' and ')}: nothing is answered until they and both parties resume it`
    case 'expired':
      return 'expired: its term has ended; renew it by a new agreement'
    case 'terminated':
      return 'terminated, for good'
  }
}
