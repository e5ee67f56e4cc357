import { canonicalBytes, encodeHex } from '../../../bytes/index.ts'
import { PopulationError } from '../../population-error.ts'
import type { JoinBegun, JoinCarrier, JoinStanding } from '../../join-ask/index.ts'
import type { JoinRow } from '../../ledger/index.ts'
import {
  type JoinPlan,
  joinPlanBytes,
  planHash,
  readJoinPlan,
  type Side,
  sides,
} from '../../psi/index.ts'
import type { JoinRunner } from '../carry/index.ts'
import { pointsRefusal } from '../hold/index.ts'
import type { JoinContext, JoinPeer } from '../join-context.ts'
import { messageEntry, organisationOf } from '../join-parties.ts'
import {
  type BeginningAnswer,
  joinBeginningBytes,
  joinBeginPath,
  joinProposalBytes,
  joinProposalPath,
  parseBeginningAnswer,
  parseProposalAnswer,
  type PlanSignatures,
  type ProposalAnswer,
  readPlanSignatures,
  signaturesJson,
  signPlan,
  isPlanSigned,
} from '../messages/index.ts'
import { askHolder } from './ask-holder.ts'
import { joinStanding } from './join-standing.ts'

/**
 * Runs joins as the organisation that asks: has both holders agree, begins, and follows them. Whatever it is asked about a run
 * is read from the own log's store.
 */
export class JoinTally implements JoinCarrier {
  readonly #deps: JoinContext
  readonly #runner: JoinRunner
  /** Sides that have said that a run is begun. */
  readonly #begun = new Map<string, Set<Side>>()

  constructor(deps: JoinContext, runner: JoinRunner) {
    this.#deps = deps
    this.#runner = runner
  }

  /**
   * Proposes a plan to both holders, and begins it once both have agreed. From the answer `begun` on it runs by itself, through
   * crashes of any party.
   *
   * @throws {@link PopulationError} `PEER_UNAVAILABLE`, `PEER_REFUSED`, `PEER_UNKNOWN`, `ANSWER_REFUSED`: nothing was begun
   */
  async run(plan: JoinPlan, analyst: string): Promise<JoinBegun> {
    const tooLong = pointsRefusal(plan, this.#deps)
    if (tooLong !== undefined) return { state: 'refused', by: this.#deps.organisation, ...tooLong }
    const answers = await Promise.all(sides.map((side) => this.#propose(plan, side, analyst)))
    const refused = answers.find(({ answer }) => answer.state === 'refused')
    if (refused?.answer.state === 'refused')
      return refusedBy(organisationOf(plan, refused.side), refused.answer)
    const signatures = this.#signaturesOf(plan, answers)
    const row = await this.#begin(plan, analyst, signatures)
    if ('state' in row) return row
    this.#runner.begun(row)
    return (await this.#beginHolders(row)) ?? { state: 'begun', qid: plan.qid }
  }

  /** How far a run of this organisation is; `undefined` where it has none of this number. */
  async standing(qid: string): Promise<JoinStanding | undefined> {
    const row = await this.#row(qid)
    return row && joinStanding(row, await this.#deps.reader.joinMessages(row.planHash))
  }

  /** Has holders begin that have not said yet that they did: after a crash, or while one was away. */
  async round(): Promise<void> {
    if (!this.#deps.mayAnswer()) return
    for (const row of await this.#deps.reader.openJoins())
      if (row.role === 'tally') await this.#beginHolders(row)
  }

  async #row(qid: string): Promise<JoinRow | undefined> {
    const row = await this.#deps.reader.joinByQid(qid)
    return row?.role === 'tally' ? row : undefined
  }

  async #propose(
    plan: JoinPlan,
    side: Side,
    analyst: string,
  ): Promise<{ readonly side: Side; readonly answer: ProposalAnswer }> {
    const body = joinProposalBytes({ v: 1, plan, analyst: this.#pseudonym(plan, side, analyst) })
    const answer = await askHolder(
      { path: joinProposalPath, body, planHash: planHash(plan), parse: parseProposalAnswer },
      this.#peer(plan, side),
      this.#deps,
    )
    return { side, answer }
  }

  #pseudonym(plan: JoinPlan, side: Side, analyst: string): string {
    return this.#deps.pseudonymOf(organisationOf(plan, side), analyst)
  }

  #peer(plan: JoinPlan, side: Side): JoinPeer {
    const peer = this.#deps.peers.get(organisationOf(plan, side))
    if (peer !== undefined) return peer
    throw new PopulationError(
      'PEER_UNKNOWN',
      'The plan names a holder that is no peer of this gateway.',
    )
  }

  /** Both holders' signatures, each by a key that counts now, with the own. */
  #signaturesOf(
    plan: JoinPlan,
    answers: readonly { readonly side: Side; readonly answer: ProposalAnswer }[],
  ): PlanSignatures {
    const { key, ed25519 } = this.#deps
    const hash = planHash(plan)
    const of = (side: Side): PlanSignatures[Side] => {
      const answer = answers.find((one) => one.side === side)?.answer
      const keys = this.#peer(plan, side).gatewayKeys
      if (answer?.state === 'agreed' && isPlanSigned(hash, answer.signature, { keys, ed25519 }))
        return answer.signature
      throw new PopulationError(
        'ANSWER_REFUSED',
        'A holder has agreed without a signature that holds. Tell its operator.',
      )
    }
    return { left: of('left'), right: of('right'), tally: signPlan(hash, key, ed25519) }
  }

  /** The own beginning: from here on the plan is never begun again. */
  async #begin(
    plan: JoinPlan,
    analyst: string,
    signatures: PlanSignatures,
  ): Promise<JoinRow | Extract<JoinBegun, { state: 'refused' }>> {
    const done = await this.#deps.writer.commit({
      type: 'join-begin',
      parties: messageEntry({ plan, role: 'tally', analyst }, 'left', this.#deps),
      join: {
        planHash: encodeHex(planHash(plan)),
        qid: plan.qid,
        role: 'tally',
        analyst,
        plan: joinPlanBytes(plan),
        signatures: canonicalBytes(signaturesJson(signatures)),
      },
      charge: null,
    })
    if (done.type !== 'join-begin') throw new TypeError('the writer answered another intent')
    if (done.state !== 'refused') return done.row
    const [path, message] =
      done.code === 'SHAPE_REFUSED'
        ? ['qid', 'another plan was begun here under this number']
        : ['left.agreement', 'the agreement is not in force here']
    return { state: 'refused', by: this.#deps.organisation, code: done.code, path, message }
  }

  /** A refusal at this point stops the run; a holder that is away is asked again in the next round. */
  async #beginHolders(row: JoinRow): Promise<JoinBegun | undefined> {
    const begun = this.#begun.get(row.planHash) ?? new Set<Side>()
    this.#begun.set(row.planHash, begun)
    const plan = readJoinPlan(row.plan)
    for (const side of sides.filter((one) => !begun.has(one))) {
      const answer = await this.#beginHolder(row, plan, side)
      if (answer?.state === 'refused') {
        this.#runner.giveUp(row, 'GIVEN_UP')
        return refusedBy(organisationOf(plan, side), answer)
      }
      if (answer?.state === 'begun') begun.add(side)
    }
    return undefined
  }

  async #beginHolder(
    row: JoinRow,
    plan: JoinPlan,
    side: Side,
  ): Promise<BeginningAnswer | undefined> {
    const signatures = readPlanSignatures(row.signatures)
    const analyst = this.#pseudonym(plan, side, row.analyst)
    const body = joinBeginningBytes({ v: 1, plan, analyst, signatures })
    const path = joinBeginPath(plan.qid)
    const request = { path, body, planHash: planHash(plan), parse: parseBeginningAnswer }
    try {
      return await askHolder(request, this.#peer(plan, side), this.#deps)
    } catch (cause) {
      if (!(cause instanceof PopulationError)) throw cause
      this.#deps.report(cause)
      return undefined
    }
  }
}

function refusedBy(
  by: string,
  { code, path, message }: Extract<ProposalAnswer, { state: 'refused' }>,
): JoinBegun {
  return { state: 'refused', by, code, path, message }
}
