import { equalBytes } from '../../../bytes/index.ts'
import { PopulationError } from '../../population-error.ts'
import { askPeer, type PeerRequest } from '../ask-peer.ts'
import type { JoinContext, JoinPeer } from '../join-context.ts'
import { mostPlanMessageBytes } from '../messages/index.ts'

/** A request to one holder about a plan, and how its answer is read. */
export interface HolderRequest<Answer> extends Omit<PeerRequest<Answer>, 'maxResponseBytes'> {
  readonly planHash: Uint8Array
}

/**
 * Asks a holder's gateway, and gives what it has signed for this request and this plan.
 *
 * @throws {@link PopulationError} `PEER_UNAVAILABLE`, `PEER_REFUSED`
 */
export async function askHolder<Answer extends { readonly planHash: Uint8Array }>(
  { planHash, ...request }: HolderRequest<Answer>,
  peer: JoinPeer,
  deps: Pick<JoinContext, 'key' | 'ed25519' | 'clock' | 'randomness' | 'http'>,
): Promise<Answer> {
  const asked = { ...request, maxResponseBytes: mostPlanMessageBytes }
  const answer = await askPeer(asked, peer, deps)
  if (equalBytes(answer.planHash, planHash)) return answer
  throw new PopulationError('PEER_UNAVAILABLE', 'The holder answered about another plan.')
}
