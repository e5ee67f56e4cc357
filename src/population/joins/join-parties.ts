import { decodeHex, encodeBase64, encodeBase64Url } from '../../bytes/index.ts'
import type { AnyJoinParties, JoinParties } from '../commit/index.ts'
import type { JoinRole } from '../ledger/index.ts'
import { type JoinParty, type JoinPlan, planHash, type Side } from '../psi/index.ts'
import type { JoinContext, KnownJoinAgreement } from './join-context.ts'

/** The parties of a run that have a gateway of their own. */
export type CarryingParty = Exclude<JoinParty, 'analyst'>

const parties: readonly CarryingParty[] = ['left', 'right', 'tally', 'inspector']

/** The party of this name. @throws TypeError for none */
export function carryingParty(name: string): CarryingParty {
  const party = parties.find((one) => one === name)
  if (party === undefined) throw new TypeError('this is no party of a run')
  return party
}

/** The organisation of one party of a plan. */
export function organisationOf(plan: JoinPlan, party: CarryingParty): string {
  return party === 'left' || party === 'right' ? plan[party].organisation : plan[party]
}

/** Which party of a plan an organisation is; `undefined` for none. */
export function partyOf(plan: JoinPlan, organisation: string): CarryingParty | undefined {
  return parties.find((party) => organisationOf(plan, party) === organisation)
}

/** The elements of a holder that a plan uses, sorted. */
export function elementsOfSide(plan: JoinPlan, side: Side): readonly string[] {
  const { stat } = plan
  const { where, by } = plan[side]
  const measured = stat.kind !== 'count' && stat.side === side ? [stat.element] : []
  return [...new Set([...Object.keys(where), ...by, ...measured])].toSorted()
}

/** What entries about a holder's part of a run say. */
export function holderEntry(
  plan: JoinPlan,
  side: Side,
  of: { readonly known: KnownJoinAgreement; readonly analyst: string },
): JoinParties {
  const { agreement, digest } = of.known
  return {
    exchangeId: encodeBase64Url(decodeHex(plan.qid)),
    consumer: agreement.consumer,
    provider: agreement.provider,
    agreement: { id: agreement.id, version: agreement.version, digest },
    purpose: agreement.purpose,
    legalBasis: agreement.legalBasis[0] ?? '',
    elements: elementsOfSide(plan, side),
    analyst: of.analyst,
    query: encodeBase64(planHash(plan)),
  }
}

/** A run as its entries are written: whose it is, and in which role. */
export interface EntryOf {
  readonly plan: JoinPlan
  readonly role: JoinRole
  /** As the row has it: a pseudonym at a holder. */
  readonly analyst: string
}

/** Which holder an entry about a message is about: the own side, or, at tally and inspector, the other end's. */
export function sideOfEntry(role: JoinRole, other: CarryingParty): Side {
  if (role === 'left' || role === 'right') return role
  return other === 'right' ? 'right' : 'left'
}

/**
 * What an entry about a message to or from `other` says.
 *
 * @throws TypeError where the agreement is not known here any more
 */
export function messageEntry(
  { plan, role, analyst }: EntryOf,
  other: CarryingParty,
  { agreementOf, pseudonymOf }: Pick<JoinContext, 'agreementOf' | 'pseudonymOf'>,
): AnyJoinParties {
  const side = sideOfEntry(role, other)
  if (role === 'inspector') return auditEntry(plan, side, analyst)
  const { id, version } = plan[side].agreement
  const known = agreementOf(id, version)
  if (known === undefined) throw new TypeError('the agreement of a run is not known any more')
  const official =
    role === 'left' || role === 'right' ? analyst : pseudonymOf(organisationOf(plan, side), analyst)
  return holderEntry(plan, side, { known, analyst: official })
}

/** What an inspector's entries about a run say: it has no agreement on it. */
function auditEntry(plan: JoinPlan, side: Side, analyst: string): AnyJoinParties {
  return {
    exchangeId: encodeBase64Url(decodeHex(plan.qid)),
    consumer: plan.tally,
    provider: organisationOf(plan, side),
    agreement: null,
    purpose: null,
    legalBasis: null,
    elements: elementsOfSide(plan, side),
    analyst,
    query: encodeBase64(planHash(plan)),
  }
}
