import { encodeBase64, encodeBase64Url, utf8 } from '../../bytes/index.ts'
import { nobleEd25519, sha256 } from '../../crypto/index.ts'
import {
  type Analysis,
  type DraftQuery,
  type KeptAnalysis,
  makeRelease,
  type PopulationAnswer,
  PopulationError,
  type PopulationQuery,
  type PreviewAnswer,
  releaseBytes,
  releaseJson,
  signRelease,
} from '../../population/index.ts'
import { previewQuery, refuseQuery } from '../../population/query/index.ts'
import { type ExchangeId, parseExchangeId } from '../../protocol/index.ts'
import { releaseParquet } from '../../storage/parquet/index.ts'
import type { PopulationDesk } from '../../web/index.ts'
import { sampleReleaseParts } from '../sample-release.ts'
import type { FixtureLog } from './fixture-log.ts'

/** A desk without a gateway behind it, and the handles by which a test bends it. */
export interface FixtureDesk extends PopulationDesk {
  /** Tables that are asked for from now on are pending when they are looked at, this many times. */
  setPending(looks: number): void
  /** Every call rejects with `PEER_UNAVAILABLE` until it is called with `false`. */
  setAway(away: boolean): void
}

const { terms } = sampleReleaseParts()
const { agreement, description } = terms

function queryOf({
  register: _register,
  where = {},
  by = [],
  ...rest
}: DraftQuery): PopulationQuery {
  return { v: 1, agreement: agreement.id, version: 1, registers: ['people'], where, by, ...rest }
}

const yearMs = 365 * 86_400_000

function catalogue(): PreviewAnswer['catalogue'] {
  return {
    provider: 'tax',
    register: 'people',
    population: description.population,
    snapshot: '2026-09',
    elements: description.elements.map(({ name, type, unit, domain }) => ({
      name,
      type,
      unit,
      domain,
      protected: name === 'insured',
    })),
    mostMicroEpsilon: agreement.privacyBudget.perQuestionMicroEpsilon,
    deltaExponent: agreement.privacyBudget.deltaExponent,
  }
}

class Desk implements FixtureDesk {
  readonly #log: FixtureLog
  readonly #nowMs: number
  readonly #kept: KeptAnalysis[] = []
  #looks = 0
  #isAway = false
  #asked = 0

  constructor(log: FixtureLog, nowMs: number) {
    this.#log = log
    this.#nowMs = nowMs
  }

  setPending(looks: number): void {
    this.#looks = looks
  }

  setAway(away: boolean): void {
    this.#isAway = away
  }

  async agreements(): Promise<
    readonly { id: string; version: number; provider: string; state: string }[]
  > {
    await this.#reach()
    return [{ id: agreement.id, version: 1, provider: 'tax', state: 'active' }]
  }

  async preview(_id: string, _analyst: string, draft: DraftQuery | null): Promise<PreviewAnswer> {
    await this.#reach()
    const query = draft === null ? undefined : queryOf(draft)
    const refusal = query === undefined ? undefined : refuseQuery(query, terms)
    const preview =
      query === undefined || refusal !== undefined
        ? null
        : { ...previewQuery(query, terms), held: false, releaseAfterMs: 4_000 }
    const accounts = (['population', 'agreement', 'analyst'] as const).map((account) => ({
      account,
      most: 1_000_000,
      spent: 300_000,
    }))
    const year = { fromMs: this.#nowMs, untilMs: this.#nowMs + yearMs }
    const budget = { population: 'residents', year, accounts, charges: [] }
    return { v: 1, catalogue: catalogue(), budget, preview, refusal: refusal ?? null }
  }

  async ask({ query: draft, exchangeId: before }: Analysis): Promise<PopulationAnswer> {
    await this.#reach()
    this.#asked += before === undefined ? 1 : 0
    const digest = sha256(utf8(`table ${this.#asked}`)).subarray(0, 16)
    const exchangeId = before ?? parseExchangeId(encodeBase64Url(digest))
    if (this.#looks > 0) {
      this.#looks -= 1
      const releaseAtMs = this.#nowMs + 2_000
      return { v: 1, exchangeId, state: 'pending', nowMs: this.#nowMs, releaseAtMs }
    }
    const answer = await this.#outcome(queryOf(draft), exchangeId)
    this.#kept.unshift({
      exchangeId,
      provider: 'tax',
      agreement: { id: agreement.id, version: 1 },
      code: answer.state === 'refused' ? answer.code : null,
      atMs: this.#nowMs,
      place: { origin: 'housing.localhost/log/2026h2', index: 9 },
      answer,
    })
    return answer
  }

  async results(): Promise<readonly KeptAnalysis[]> {
    await this.#reach()
    return this.#kept
  }

  parquet(file: Parameters<PopulationDesk['parquet']>[0]): Promise<Uint8Array> {
    return releaseParquet(file)
  }

  async #outcome(query: PopulationQuery, exchangeId: ExchangeId): Promise<KeptAnalysis['answer']> {
    const { leaf, r, record, tlogProof: inclusion } = await this.#log.proof(1, this.#log.size)
    const opening = { r, s: encodeBase64(new Uint8Array(32)), record }
    const head = { v: 1, exchangeId, leaf, opening, inclusion, consistency: [] } as const
    const refusal = refuseQuery(query, terms)
    if (refusal !== undefined) return { ...head, state: 'refused', ...refusal, spent: null }
    const { where, by, measure, microEpsilon, deltaExponent } = query
    const parts = sampleReleaseParts({ where, by, measure, microEpsilon, deltaExponent })
    const release = makeRelease(parts)
    const key = { keyId: 'tax/gateway/00000000', seed: sha256(utf8('fixture')) }
    const signature = signRelease(releaseBytes(release), { ...key, ed25519: nobleEd25519 })
    return { ...head, state: 'released', release: releaseJson(release), signature }
  }

  #reach(): Promise<void> {
    return this.#isAway
      ? Promise.reject(new PopulationError('PEER_UNAVAILABLE', 'The fixture is away.'))
      : Promise.resolve()
  }
}

/** A desk over a made-up register, whose answers are proven by an entry of `log`. */
export function createFixtureDesk(log: FixtureLog, nowMs: number): FixtureDesk {
  return new Desk(log, nowMs)
}
