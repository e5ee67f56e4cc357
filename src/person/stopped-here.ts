import type { AgreementState, DecisionCode } from '../agreement/index.ts'
import type { ConsumerDeps } from './consumer-deps.ts'
import type { KnownAgreement } from './question-facts.ts'

/** States that the own log knows to be an end, for a while or for good; of all others the provider judges. */
const codes: Readonly<Partial<Record<AgreementState, DecisionCode>>> = {
  suspended: 'AGREEMENT_SUSPENDED',
  expired: 'AGREEMENT_EXPIRED',
  terminated: 'AGREEMENT_NOT_ACTIVE',
  rejected: 'AGREEMENT_NOT_ACTIVE',
}

/**
 * Why nothing is asked under an agreement, by the own log: an officer who has stopped it here need not wait until the
 * provider has heard of it.
 */
export async function stoppedHere(
  known: KnownAgreement,
  { stateHere }: Pick<ConsumerDeps, 'stateHere'>,
): Promise<DecisionCode | undefined> {
  return stateHere === undefined ? undefined : codes[await stateHere(known)]
}
