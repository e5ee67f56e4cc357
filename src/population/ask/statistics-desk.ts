import * as z from 'zod'
import { canonicalBytes, encodeBase64 } from '../../bytes/index.ts'
import { type ExchangeId, makeExchangeId } from '../../protocol/index.ts'
import type { PopulationParties } from '../commit/index.ts'
import type { AnalysisRow } from '../ledger/index.ts'
import {
  outcomeSchema,
  parsePopulationAnswer,
  parsePreviewAnswer,
  type PendingAnswer,
  type PopulationAnswer,
  populationQuestionBytes,
  populationQuestionPath,
  populationPreviewPath,
  type PreviewAnswer,
  previewRequestBytes,
  type RefusedAnswer,
  type ReleasedAnswer,
} from '../messages/index.ts'
import { PopulationError } from '../population-error.ts'
import {
  canonicalQuery,
  elementsOf,
  type PopulationQuery,
  queryDigest,
  queryJson,
} from '../query/index.ts'
import { checkOutcome } from './check-outcome.ts'
import type { AskableAgreement, DeskDeps, StatisticsProvider } from './desk-deps.ts'
import { completeQuery, type DraftQuery } from './draft-query.ts'
import { sendSigned } from './send-signed.ts'

/** An analyst's question. */
export interface Analysis {
  readonly agreement: string
  /** The analyst, as the organisation's own systems name them. */
  readonly analyst: string
  readonly query: DraftQuery
  /** Of a question that was asked before and is waited for. */
  readonly exchangeId?: ExchangeId | undefined
}

/** A question that was asked, as its analyst may see it. */
export type KeptAnalysis = Pick<
  AnalysisRow,
  'exchangeId' | 'provider' | 'agreement' | 'code' | 'atMs' | 'place'
> & { readonly answer: ReleasedAnswer | RefusedAnswer }

/** The closed schema of a {@link KeptAnalysis}, as own programs read it back. */
export const keptAnalysisSchema: z.ZodType<KeptAnalysis> = z.strictObject({
  exchangeId: z.string(),
  provider: z.string(),
  agreement: z.strictObject({ id: z.string(), version: z.int() }),
  code: z.string().nullable(),
  atMs: z.int(),
  place: z.strictObject({ origin: z.string(), index: z.int() }),
  answer: outcomeSchema,
})

interface Terms {
  readonly askable: AskableAgreement
  readonly provider: StatisticsProvider
  readonly pseudonym: string
}

/** Where an organisation's own analysts ask about populations. */
export class StatisticsDesk {
  readonly #deps: DeskDeps

  constructor(deps: DeskDeps) {
    this.#deps = deps
  }

  /** The agreements that this organisation may ask under; of each the version in force, or else the newest. */
  async agreements(): Promise<readonly AskableAgreement[]> {
    const byId = new Map<string, AskableAgreement>()
    for (const { agreement, digest } of this.#deps.agreements()) {
      if (agreement.kind !== 'population' || agreement.consumer !== this.#deps.organisation)
        continue
      const one = { agreement, digest, state: await this.#deps.stateHere(digest) }
      const other = byId.get(agreement.id)
      if (other === undefined || isBetter(one, other)) byId.set(agreement.id, one)
    }
    return [...byId.values()]
  }

  /**
   * What can be asked, what is left, and, of a query, what it would cost and give. Spends nothing.
   *
   * @throws {@link PopulationError} all but `ANSWER_REFUSED`
   */
  async preview(id: string, analyst: string, draft: DraftQuery | null): Promise<PreviewAnswer> {
    const terms = await this.#terms(id, analyst)
    const { provider, pseudonym, askable } = terms
    const { version } = askable.agreement
    const query = draft === null ? null : this.#complete(draft, terms)
    const body = previewRequestBytes({ v: 1, agreement: id, version, analyst: pseudonym, query })
    return parsePreviewAnswer(await sendSigned(populationPreviewPath, body, provider, this.#deps))
  }

  /**
   * Asks, or asks again for what is pending. An outcome is checked and durable here before it is returned.
   *
   * @throws {@link PopulationError}
   */
  async ask(analysis: Analysis): Promise<PopulationAnswer> {
    const terms = await this.#terms(analysis.agreement, analysis.analyst)
    const query = this.#complete(analysis.query, terms)
    const exchangeId = analysis.exchangeId ?? makeExchangeId(this.#deps.randomness.bytes(16))
    const body = populationQuestionBytes({ v: 1, exchangeId, analyst: terms.pseudonym, query })
    const answer = parsePopulationAnswer(
      await sendSigned(populationQuestionPath, body, terms.provider, this.#deps),
    )
    if (answer.state !== 'pending') return this.#receive(answer, { terms, query, exchangeId })
    if (answer.exchangeId !== exchangeId) throw refused('EXCHANGE_MISMATCH')
    return answer satisfies PendingAnswer
  }

  /** What an analyst has asked, newest first. */
  async results(analyst: string): Promise<readonly KeptAnalysis[]> {
    const pseudonyms = [...this.#deps.providers.keys()].map((provider) =>
      this.#deps.pseudonymOf(provider, analyst),
    )
    return (await this.#deps.reader.analysesOf(pseudonyms)).map((row) => keptOf(row))
  }

  /**
   * What became of one question of this organisation.
   *
   * @throws {@link PopulationError} `RESULT_UNKNOWN`
   */
  async result(exchangeId: string): Promise<KeptAnalysis> {
    const row = await this.#deps.reader.analysis(exchangeId)
    if (row !== undefined) return keptOf(row)
    throw new PopulationError('RESULT_UNKNOWN', 'No question of this organisation has this number.')
  }

  async #terms(id: string, analyst: string): Promise<Terms> {
    const askable = (await this.agreements()).find(({ agreement }) => agreement.id === id)
    if (askable === undefined)
      throw new PopulationError(
        'AGREEMENT_UNKNOWN',
        'This organisation has no agreement of that name to ask about a population.',
      )
    const provider = this.#deps.providers.get(askable.agreement.provider)
    if (provider === undefined)
      throw new PopulationError(
        'PEER_UNKNOWN',
        'The agreement names a provider that is no peer of this gateway.',
      )
    return { askable, provider, pseudonym: this.#deps.pseudonymOf(provider.id, analyst) }
  }

  #complete(draft: DraftQuery, { askable }: Terms): PopulationQuery {
    const { id, version, dataElements } = askable.agreement
    const register = dataElements[0]?.register ?? ''
    return canonicalQuery(completeQuery(draft, { agreement: id, version, register }))
  }

  async #receive(
    answer: ReleasedAnswer | RefusedAnswer,
    asked: { readonly terms: Terms; readonly query: PopulationQuery; readonly exchangeId: string },
  ): Promise<PopulationAnswer> {
    const { terms, query } = asked
    const { agreement, digest } = terms.askable
    const parties: PopulationParties = {
      exchangeId: asked.exchangeId,
      consumer: this.#deps.organisation,
      agreement: { id: agreement.id, version: agreement.version, digest },
      purpose: agreement.purpose,
      legalBasis: agreement.legalBasis[0] ?? '',
      elements: elementsOf(query),
      analyst: terms.pseudonym,
      query: encodeBase64(queryDigest(query)),
    }
    const { provider } = terms
    const { ed25519, clock, writer } = this.#deps
    const expected = { parties, query, provider, nowMs: clock.now(), ed25519 }
    const checked = checkOutcome(answer, expected)
    if (!checked.ok) throw refused(checked.code)
    const done = await writer.commit({
      type: 'population-received',
      parties,
      provider: provider.id,
      code: answer.state === 'refused' ? answer.code : null,
      resultDigest: checked.resultDigest,
      peer: checked.commitment,
      query: canonicalBytes(queryJson(query)),
      answer: answerBytes(answer),
    })
    if (done.type !== 'population-received')
      throw new TypeError('the writer answered another intent')
    return parsePopulationAnswer(done.answer)
  }
}

function isBetter(one: AskableAgreement, other: AskableAgreement): boolean {
  if ((one.state === 'active') !== (other.state === 'active')) return one.state === 'active'
  return one.agreement.version > other.agreement.version
}

function answerBytes(answer: ReleasedAnswer | RefusedAnswer): Uint8Array {
  const { leaf, inclusion } = answer
  const entry = {
    leaf,
    inclusion,
    opening: { ...answer.opening },
    consistency: [...answer.consistency],
  }
  if (answer.state === 'released')
    return canonicalBytes({ ...answer, ...entry, signature: { ...answer.signature } })
  return canonicalBytes({ ...answer, ...entry, spent: answer.spent && { ...answer.spent } })
}

function keptOf({
  answer,
  exchangeId,
  provider,
  agreement,
  code,
  atMs,
  place,
}: AnalysisRow): KeptAnalysis {
  const read = parsePopulationAnswer(answer)
  if (read.state === 'pending') throw new TypeError('what is kept is an outcome')
  return { exchangeId, provider, agreement, code, atMs, place, answer: read }
}

function refused(code: string): PopulationError {
  return new PopulationError(
    'ANSWER_REFUSED',
    'The provider could not prove its answer, so it was refused. Tell its operator.',
    { detail: code },
  )
}
