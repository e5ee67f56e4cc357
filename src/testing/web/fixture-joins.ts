import { encodeHex, utf8 } from '../../bytes/index.ts'
import { sha256 } from '../../crypto/index.ts'
import {
  type BothTerms,
  type DraftJoin,
  type JoinAsked,
  type JoinHolderReport,
  type JoinLeg,
  type JoinListed,
  type JoinOffer,
  type JoinPlan,
  type JoinPreviewReport,
  type JoinProof,
  type JoinQuestion,
  type JoinQuestionSide,
  type JoinReleaseFile,
  type JoinStop,
  type JoinView,
  makeJoinRelease,
  type Planning,
  planOf,
  PopulationError,
  type PreviewAnswer,
  previewJoin,
} from '../../population/index.ts'
import { UniformDraws } from '../../population/privacy/index.ts'
import { joinParquet } from '../../storage/parquet/index.ts'
import type { AskablePair, JoinTablesDesk, PublicAudit } from '../../web/index.ts'
import {
  partsOfPlan,
  sampleHomesDescription,
  sampleJoinProof,
  sampleTermsOf,
} from '../join/index.ts'
import { sampleTableDescription } from '../population/index.ts'
import { seededRandom } from '../simulator/index.ts'
import type { JoinEnding } from './tour.ts'

/** A desk for tables over two registers without a gateway behind it, and the handles by which a test bends it. */
export interface FixtureJoins extends JoinTablesDesk {
  /** Runs that are asked for from now on are on their way when they are looked at, this many times. */
  setRunning(looks: number): void
  /** Runs that are asked for from now on end with this code; `undefined`: with a table. */
  setStopping(code: string | undefined): void
  /** A holder refuses what is asked for from now on with this code, in spite of its preview. */
  setRefusing(code: string | undefined): void
  /** What the inspector has made public of every run. */
  setAudit(audit: PublicAudit | undefined): void
  /** What is wrong with the signatures or the numbers of every run from now on. */
  setProof(change: FixtureProof): void
  /** One of the three above, by what becomes of a run. */
  endAs(ending: JoinEnding): void
  /** Every call rejects with `PEER_UNAVAILABLE` until it is called with `false`. */
  setAway(away: boolean): void
}

/** What a test bends of a certificate: the state of the right holder's signature, and of the table. */
export interface FixtureProof {
  readonly signer?: JoinProof['signers'][number]['state']
  readonly table?: JoinProof['table']['state']
}

type Side = 'left' | 'right'

interface Run {
  readonly qid: string
  readonly plan: JoinPlan
  readonly begunMs: number
  readonly code: string | undefined
  looks: number
}

/** Residents of each register: enough for some groups, and too few for many. */
const size = 10_000
const spentMicroEpsilon = 300_000
const yearMs = 365 * 86_400_000

const common = { consumer: 'social', purpose: 'https://cloison.eu/purpose/official-statistics' }
const terms: BothTerms = {
  left: sampleTermsOf(sampleHomesDescription(size), {
    ...common,
    id: 'social-housing-joins',
    provider: 'housing',
    join: { with: 'tax', keyspace: 'demo-nin', inspector: 'inspector' },
  }),
  right: sampleTermsOf(sampleTableDescription(size), {
    ...common,
    id: 'social-tax-joins',
    provider: 'tax',
    join: { with: 'housing', keyspace: 'demo-nin', inspector: 'inspector' },
  }),
}

/** Who stopped it: time blames nobody, a failed check blames the holder whose message it was. */
function stopOf(plan: JoinPlan, code: string): JoinStop | null {
  if (code === 'PLAN_EXPIRED') return null
  const { organisation } = plan.right
  if (code === 'GIVEN_UP') return { by: organisation, blames: null, digests: [] }
  return { by: plan.tally, blames: organisation, digests: [encodeHex(sha256(utf8(code)))] }
}

function legsOf(begunMs: number): readonly JoinLeg[] {
  return [
    { kind: 'M1', side: 'left', atMs: begunMs + 4_000 },
    { kind: 'M1', side: 'right', atMs: begunMs + 5_000 },
    { kind: 'M2', side: 'left', atMs: begunMs + 6_000 },
  ]
}

class Joins implements FixtureJoins {
  readonly #nowMs: number
  readonly #runs: Run[] = []
  #looks = 0
  #code: string | undefined
  #refusal: string | undefined
  #audit: PublicAudit | undefined
  #proof: FixtureProof = {}
  #isAway = false

  constructor(nowMs: number) {
    this.#nowMs = nowMs
  }

  setRunning(looks: number): void {
    this.#looks = looks
  }

  setStopping(code: string | undefined): void {
    this.#code = code
  }

  setRefusing(code: string | undefined): void {
    this.#refusal = code
  }

  setAudit(audit: PublicAudit | undefined): void {
    this.#audit = audit
  }

  setProof(change: FixtureProof): void {
    this.#proof = change
  }

  async audit(): Promise<PublicAudit | undefined> {
    await this.#reach()
    return this.#audit
  }

  endAs(ending: JoinEnding): void {
    this.setRunning(ending === 'running' ? 3 : 0)
    this.setStopping(ending === 'stopped' ? 'OPENING_INVALID' : undefined)
    this.setRefusing(ending === 'refused' ? 'BUDGET_SPENT' : undefined)
  }

  setAway(away: boolean): void {
    this.#isAway = away
  }

  async pairs(): Promise<readonly AskablePair[]> {
    await this.#reach()
    const tables = (side: Side): AskablePair[Side] => {
      const { id, version, provider } = terms[side].agreement
      return { id, version, provider, state: 'active' }
    }
    const { keyspace, inspector } = terms.left.agreement.join
    return [{ left: tables('left'), right: tables('right'), keyspace, inspector }]
  }

  async offer(pair: { readonly left: string; readonly right: string }): Promise<JoinOffer> {
    await this.#reach()
    if (pair.left !== terms.left.agreement.id || pair.right !== terms.right.agreement.id)
      throw new PopulationError('AGREEMENT_UNKNOWN', 'The fixture has no such pair.')
    const { left, right } = terms
    return {
      holders: [this.#holder('left'), this.#holder('right')],
      parties: {
        mustAgree: [left.agreement.provider, right.agreement.provider, left.agreement.consumer],
        inspector: left.agreement.join.inspector,
      },
    }
  }

  async preview(draft: DraftJoin): Promise<JoinPreviewReport> {
    const { left, right } = draft
    const offer = await this.offer({ left: left.agreement, right: right.agreement })
    const planning = this.#planning(draft)
    if (!planning.ok) return { ...offer, preview: null, held: null, refusal: planning.refusal }
    const preview = previewJoin(planning.plan, terms)
    const held = this.#held(planning.plan)?.qid ?? null
    return { ...offer, preview, held, refusal: null }
  }

  async ask(draft: DraftJoin): Promise<JoinAsked> {
    await this.#reach()
    const planning = this.#planning(draft)
    if (!planning.ok) return { state: 'refused', by: 'social', ...planning.refusal }
    if (this.#refusal !== undefined) {
      const message = 'the holder has changed its mind'
      return { state: 'refused', by: 'tax', code: this.#refusal, path: '', message }
    }
    const { plan } = planning
    const held = this.#held(plan)
    if (held !== undefined) return { state: 'held', qid: held.qid }
    const { qid } = plan
    const begunMs = this.#nowMs - 30_000 + this.#runs.length
    this.#runs.unshift({ qid, plan, begunMs, code: this.#code, looks: this.#looks })
    return { state: 'begun', qid }
  }

  async results(): Promise<readonly JoinListed[]> {
    await this.#reach()
    return this.#runs.map((run) => {
      const view = this.#look(run)
      if (view.state !== 'released') return view
      const { release: _release, proof: _proof, ...listed } = view
      return listed
    })
  }

  async result(qid: string): Promise<JoinView> {
    await this.#reach()
    const run = this.#runs.find((one) => one.qid === qid)
    if (run === undefined) throw new PopulationError('RESULT_UNKNOWN', 'There is no such run.')
    const view = this.#look(run)
    if (run.looks > 0) run.looks -= 1
    return view
  }

  parquet(file: JoinReleaseFile): Promise<Uint8Array> {
    return joinParquet(file)
  }

  #look({ qid, plan, begunMs, code, looks }: Run): JoinView {
    const place = { origin: 'social.localhost/log/2026h2', index: 41 }
    const head = { qid, plan, begunMs, place }
    if (looks > 0) {
      const legs = legsOf(begunMs)
      const progress = { legs, done: 60_000, total: 150_000, remainingMs: 45_000 }
      return { ...head, state: 'running', progress }
    }
    if (code !== undefined) return { ...head, state: 'stopped', code, stop: stopOf(plan, code) }
    const truth = (part: 'people' | 'units', i: number, j: number): number =>
      part === 'people' ? 900 + 120 * i - 70 * j : 2_400 + 300 * i - 90 * j
    const draws = new UniformDraws(seededRandom(qid))
    const parts = partsOfPlan(plan, terms, { truth, draws })
    const release = makeJoinRelease({ ...parts, asOfMs: begunMs })
    return { ...head, state: 'released', release, proof: sampleJoinProof(release, this.#proof) }
  }

  #held(plan: JoinPlan): Run | undefined {
    const same = ({ qid: _qid, ...rest }: JoinPlan): string => JSON.stringify(rest)
    return this.#runs.find((run) => run.code === undefined && same(run.plan) === same(plan))
  }

  #planning(draft: DraftJoin): Planning {
    const side = (at: Side): JoinQuestionSide => {
      const { agreement, where = {}, by = [] } = draft[at]
      return { agreement, version: 1, register: terms[at].description.name, where, by }
    }
    const { measure, microEpsilon, deltaExponent } = draft
    const sides = { left: side('left'), right: side('right') }
    const question: JoinQuestion = { v: 1, ...sides, measure, microEpsilon, deltaExponent }
    const number = sha256(utf8(`join ${this.#runs.length}`)).subarray(0, 16)
    return planOf(question, { ...terms, nowMs: this.#nowMs, qid: encodeHex(number) })
  }

  #holder(side: Side): JoinHolderReport {
    const { agreement } = terms[side]
    const { id, version, provider } = agreement
    return { side, organisation: provider, agreement: { id, version }, answer: this.#answer(side) }
  }

  #answer(side: Side): PreviewAnswer {
    const { agreement, description } = terms[side]
    const { perQuestionMicroEpsilon, deltaExponent } = agreement.privacyBudget
    const catalogue = {
      provider: agreement.provider,
      register: description.name,
      population: description.population,
      snapshot: '2026-09',
      elements: description.elements.map(({ name, type, unit, domain, category }) => ({
        name,
        type,
        unit,
        domain,
        protected: category === 'special',
      })),
      mostMicroEpsilon: perQuestionMicroEpsilon,
      deltaExponent,
    }
    const accounts = (['population', 'agreement', 'analyst'] as const).map((account) => ({
      account,
      most: 1_000_000,
      spent: spentMicroEpsilon,
    }))
    const year = { fromMs: this.#nowMs, untilMs: this.#nowMs + yearMs }
    const budget = { population: description.population.name, year, accounts, charges: [] }
    return { v: 1, catalogue, budget, preview: null, refusal: null, description }
  }

  #reach(): Promise<void> {
    return this.#isAway
      ? Promise.reject(new PopulationError('PEER_UNAVAILABLE', 'The fixture is away.'))
      : Promise.resolve()
  }
}

/** A desk over two made-up registers, of housing and tax; social asks, and the inspector may audit. */
export function createFixtureJoins(nowMs: number): FixtureJoins {
  return new Joins(nowMs)
}
