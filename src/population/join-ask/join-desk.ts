import { encodeBase64, encodeHex } from '../../bytes/index.ts'
import { sendSigned } from '../ask/index.ts'
import {
  type BothTerms,
  type JoinPreview,
  type JoinQuestion,
  joinQuestionDigest,
  type JoinTerms,
  planOf,
  previewJoin,
  questionOf,
} from '../join-query/index.ts'
import type { ProofGround } from '../join-release/index.ts'
import type { JoinRow } from '../ledger/index.ts'
import {
  parsePreviewAnswer,
  populationPreviewPath,
  type PreviewAnswer,
  previewRequestBytes,
} from '../messages/index.ts'
import { PopulationError } from '../population-error.ts'
import { type JoinPlan, planCost, readJoinPlan, type Side, sides } from '../psi/index.ts'
import type { QueryRefusal } from '../query/index.ts'
import { snapshotBeginMs } from '../answer/index.ts'
import { completeJoin, type DraftJoin, type SideUnder } from './draft-join.ts'
import type { AskableJoin, AskableSide, JoinBegun, JoinDeskDeps } from './join-desk-deps.ts'
import {
  joinListed,
  type JoinListed,
  joinView,
  type JoinView,
  type RunMoment,
} from './join-view.ts'
import { joinsOf, ownJoinAgreements } from './joins-of.ts'

/** One holder of a join, by what it says of itself now. */
export interface JoinHolderReport {
  readonly side: Side
  readonly organisation: string
  readonly agreement: { readonly id: string; readonly version: number }
  /** What can be asked of its register, and what is left of its ledger. */
  readonly answer: PreviewAnswer
}

/** What can be asked under a pair of agreements, before there is a question. */
export interface JoinOffer {
  readonly holders: readonly [JoinHolderReport, JoinHolderReport]
  /** Who must agree to a plan before anything is read, and who may audit. */
  readonly parties: {
    readonly mustAgree: readonly string[]
    readonly inspector: string
  }
}

/** What a question over two registers would be, before anything is spent. */
export interface JoinPreviewReport extends JoinOffer {
  readonly preview: JoinPreview | null
  /** A run that has this answer already, or will have: asking costs nothing. */
  readonly held: string | null
  readonly refusal: QueryRefusal | null
}

/** What became of asking. */
export type JoinAsked = JoinBegun | { readonly state: 'held'; readonly qid: string }

/** The ids of the two agreements that something is asked under. */
export type JoinPair = Readonly<Record<Side, string>>

interface Documents {
  readonly terms: BothTerms
  readonly holders: readonly [JoinHolderReport, JoinHolderReport]
}

interface Planned extends Documents {
  readonly question: JoinQuestion
}

/** Where an organisation's own analysts ask about the people of two registers. */
export class JoinDesk {
  readonly #deps: JoinDeskDeps

  constructor(deps: JoinDeskDeps) {
    this.#deps = deps
  }

  /** The pairs of agreements that this organisation may ask under. */
  async joins(): Promise<readonly AskableJoin[]> {
    return joinsOf(await ownJoinAgreements(this.#deps))
  }

  /**
   * What both holders let be asked under a pair, and what is left with each. Spends nothing.
   *
   * @throws {@link PopulationError} all but `ANSWER_REFUSED`
   */
  async offer(pair: JoinPair, analyst: string): Promise<JoinOffer> {
    const both = await this.#pair(pair)
    const holders = await this.#reports(both, analyst)
    return { holders, parties: partiesOf(both) }
  }

  /**
   * What a question would cost and give, who must agree, and what is left with both holders. Spends nothing.
   *
   * @throws {@link PopulationError} all but `ANSWER_REFUSED`
   */
  async preview(draft: DraftJoin, analyst: string): Promise<JoinPreviewReport> {
    const { question, terms, holders } = await this.#documents(draft, analyst)
    const head = { holders, parties: partiesOf(terms) }
    const planning = planOf(question, { ...terms, nowMs: this.#deps.clock.now(), qid: this.#qid() })
    if (!planning.ok) return { ...head, preview: null, held: null, refusal: planning.refusal }
    const held = await this.#held(question, terms)
    const preview = previewJoin(planning.plan, terms)
    const refusal = held === undefined ? refusalOf(planning.plan, holders) : null
    return { ...head, preview, held: held?.qid ?? null, refusal }
  }

  /**
   * Asks: has both holders agree, and begins. The same question again while its answer counts is the run of before, at no
   * cost.
   *
   * @throws {@link PopulationError} all but `ANSWER_REFUSED`
   */
  async ask(draft: DraftJoin, analyst: string): Promise<JoinAsked> {
    const { question, terms } = await this.#documents(draft, analyst)
    const planning = planOf(question, { ...terms, nowMs: this.#deps.clock.now(), qid: this.#qid() })
    if (!planning.ok) return { state: 'refused', by: this.#deps.organisation, ...planning.refusal }
    const held = await this.#held(question, terms)
    if (held !== undefined) return { state: 'held', qid: held.qid }
    return this.#deps.runs.run(planning.plan, analyst)
  }

  /** What an analyst has asked, newest first, without the numbers. */
  async results(analyst: string): Promise<readonly JoinListed[]> {
    const rows = await this.#deps.joins.joins()
    const own = rows.filter((row) => row.role === 'tally' && row.analyst === analyst)
    return Promise.all(own.map(async (row) => joinListed(row, await this.#standing(row))))
  }

  /**
   * How far one question is, or what came of it.
   *
   * @throws {@link PopulationError} `RESULT_UNKNOWN`
   */
  async result(qid: string): Promise<JoinView> {
    const row = await this.#deps.joins.joinByQid(qid)
    if (row?.role === 'tally') return this.#view(row)
    throw new PopulationError('RESULT_UNKNOWN', 'No join of this organisation has this number.')
  }

  async #view(row: JoinRow): Promise<JoinView> {
    const all = this.#deps.agreements().map(({ agreement }) => agreement)
    const moment = await this.#standing(row)
    return joinView(row, { ...moment, agreements: all, ground: await this.#ground(row) })
  }

  async #ground({ planHash }: JoinRow): Promise<ProofGround> {
    const { joins, keysAt, ed25519 } = this.#deps
    const messages = await joins.joinMessages(planHash)
    const sent = messages.filter(({ leg, direction }) => leg === 'M6' && direction === 'sent')
    return { keysAt, ed25519, sentTables: sent.map(({ digest }) => digest) }
  }

  async #standing({ qid, end }: JoinRow): Promise<RunMoment> {
    const { runs, clock } = this.#deps
    const standing = end === undefined ? await runs.standing(qid) : undefined
    return { standing, nowMs: clock.now() }
  }

  #qid(): string {
    return encodeHex(this.#deps.randomness.bytes(16))
  }

  /** The run of the same question over the same snapshots that has not failed. */
  async #held(question: JoinQuestion, terms: BothTerms): Promise<JoinRow | undefined> {
    const wanted = encodeBase64(joinQuestionDigest(question))
    const nowMs = this.#deps.clock.now()
    const begins = sides.map((side) => snapshotBeginMs(terms[side].description, nowMs))
    const rows = await this.#deps.joins.joinsSince(Math.max(...begins))
    return rows.find((row) => {
      const hasFailed = row.end !== undefined && row.end.result === undefined
      if (row.role !== 'tally' || hasFailed) return false
      return encodeBase64(joinQuestionDigest(questionOf(readJoinPlan(row.plan)))) === wanted
    })
  }

  async #documents(draft: DraftJoin, analyst: string): Promise<Planned> {
    const pair = { left: draft.left.agreement, right: draft.right.agreement }
    const { left, right } = await this.#pair(pair)
    const question = completeJoin(draft, { left: sideUnder(left), right: sideUnder(right) })
    const holders = await this.#reports({ left, right }, analyst)
    const [one, other] = holders
    const terms = { left: this.#terms(left, one), right: this.#terms(right, other) }
    return { question, terms, holders }
  }

  async #pair({ left, right }: JoinPair): Promise<Readonly<Record<Side, AskableSide>>> {
    const all = await ownJoinAgreements(this.#deps)
    return { left: agreementIn(all, left), right: agreementIn(all, right) }
  }

  #reports(
    { left, right }: Readonly<Record<Side, AskableSide>>,
    analyst: string,
  ): Promise<[JoinHolderReport, JoinHolderReport]> {
    return Promise.all([
      this.#report(left, { side: 'left', analyst }),
      this.#report(right, { side: 'right', analyst }),
    ])
  }

  #terms({ agreement }: AskableSide, { answer }: JoinHolderReport): JoinTerms {
    const { description } = answer
    if (description === undefined)
      throw new PopulationError('PEER_UNAVAILABLE', 'A holder does not describe its register.')
    return { agreement, description, countersigned: this.#deps.countersigned(agreement) }
  }

  async #report(
    { agreement }: AskableSide,
    { side, analyst }: { readonly side: Side; readonly analyst: string },
  ): Promise<JoinHolderReport> {
    const { id, version, provider } = agreement
    const holder = this.#deps.providers.get(provider)
    if (holder === undefined)
      throw new PopulationError(
        'PEER_UNKNOWN',
        `The agreement ${id} names a holder that is no peer of this gateway.`,
      )
    const pseudonym = this.#deps.pseudonymOf(holder.id, analyst)
    const request = { v: 1, agreement: id, version, analyst: pseudonym, query: null } as const
    const body = previewRequestBytes(request)
    const answer = parsePreviewAnswer(
      await sendSigned(populationPreviewPath, body, holder, this.#deps),
    )
    return { side, organisation: provider, agreement: { id, version }, answer }
  }
}

function partiesOf(
  given: Readonly<Record<Side, Pick<AskableSide, 'agreement'>>>,
): JoinOffer['parties'] {
  const { left, right } = given
  const { provider, consumer, join } = left.agreement
  return {
    mustAgree: [provider, right.agreement.provider, consumer],
    inspector: join.inspector,
  }
}

function agreementIn(all: readonly AskableSide[], id: string): AskableSide {
  const found = all.find(({ agreement }) => agreement.id === id)
  if (found !== undefined) return found
  const names = all.map(({ agreement }) => agreement.id).join(', ')
  throw new PopulationError(
    'AGREEMENT_UNKNOWN',
    `This organisation has no agreement ${id} on joins${names === '' ? '' : `; it has ${names}`}.`,
  )
}

function sideUnder({ agreement }: AskableSide): SideUnder {
  return { version: agreement.version, register: agreement.dataElements[0]?.register ?? '' }
}

/** Why a holder would refuse now: where its agreement stands, or what its ledger has left. */
function refusalOf(plan: JoinPlan, holders: readonly JoinHolderReport[]): QueryRefusal | null {
  const { microEpsilon } = planCost(plan)
  for (const { side, organisation, answer } of holders) {
    if (answer.refusal !== null) return { ...answer.refusal, path: `${side}.agreement` }
    const { year, accounts } = answer.budget
    const isShort = accounts.some(({ most, spent }) => most - spent < microEpsilon)
    if (year === null || isShort)
      return {
        code: 'BUDGET_SPENT',
        path: side,
        message: `the privacy budget of ${organisation} has too little left for this question`,
      }
  }
  return null
}
