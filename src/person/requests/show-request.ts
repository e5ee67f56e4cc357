import { decodeUtf8, encodeBase64, type Json } from '../../bytes/index.ts'
import { type LogsReader, readEntry } from '../../log/index.ts'
import type { ExchangeReader } from '../exchange-store.ts'
import type {
  CorrectionNoticeRow,
  RequestReader,
  RequestRow,
  RequestStepRow,
} from './request-store.ts'
import {
  type DecidedText,
  type ExtendedText,
  type FiledText,
  type OpenedStep,
  openStep,
  type RequestSealing,
} from './request-text.ts'

/** What showing requests needs. */
export interface ShowRequestDeps extends RequestSealing {
  readonly reader: RequestReader
}

/** A step as the person and the officer see it: its entry, and what opens its digest. */
export type ShownStep = {
  readonly atMs: number
  readonly log: string
  readonly entry: number
} & (
  | { readonly step: 'filed'; readonly salt: string | null; readonly text: FiledText | null }
  | { readonly step: 'opened'; readonly salt: null; readonly text: null }
  | { readonly step: 'extended'; readonly salt: string | null; readonly text: ExtendedText | null }
  | { readonly step: 'decided'; readonly salt: string | null; readonly text: DecidedText | null }
)

/** One request with all its steps; a text whose key was destroyed is `null`. For the person and the officer. */
export interface ShownRequest {
  readonly row: Omit<RequestRow, 'subjectHandle' | 'id'>
  readonly steps: readonly ShownStep[]
  readonly notices: readonly CorrectionNoticeRow[]
}

function shownStep(row: RequestStepRow, deps: RequestSealing): ShownStep {
  const { step, place, atMs, number, sealed } = row
  const at = { atMs, log: place.origin, entry: place.index }
  switch (step) {
    case 'opened':
      return { ...at, step, salt: null, text: null }
    case 'filed':
      return { ...at, step, ...saltedText(openStep(sealed, { number, step, atMs }, deps)) }
    case 'extended':
      return { ...at, step, ...saltedText(openStep(sealed, { number, step, atMs }, deps)) }
    case 'decided':
      return { ...at, step, ...saltedText(openStep(sealed, { number, step, atMs }, deps)) }
  }
}

function saltedText<Text>(opened: OpenedStep<Text> | undefined): {
  readonly salt: string | null
  readonly text: Text | null
} {
  if (opened === undefined) return { salt: null, text: null }
  return { salt: encodeBase64(opened.salt), text: opened.text }
}

/** One request, opened. Whoever calls this answers for who sees it. */
export async function showRequest(
  { number, kind, filedAtMs, dueMs, state, decidedAtMs }: RequestRow,
  deps: ShowRequestDeps,
): Promise<ShownRequest> {
  const row = { number, kind, filedAtMs, dueMs, state, decidedAtMs }
  const steps = await deps.reader.requestSteps(number)
  const notices = await deps.reader.correctionNotices(number)
  return { row, steps: steps.map((step) => shownStep(step, deps)), notices }
}

/** What showing requests to their person needs. */
export interface OwnRequestDeps extends ShowRequestDeps {
  readonly reader: RequestReader & LogsReader & Pick<ExchangeReader, 'exchange'>
}

/**
 * A notice as the person may see it: of another person's case, or where the record is gone that would say whether it is
 * one, who was told, and neither of what nor in which words.
 */
async function noticeForPerson(
  notice: CorrectionNoticeRow,
  { reader, ...unseal }: OwnRequestDeps,
): Promise<CorrectionNoticeRow> {
  const { place } = (await reader.exchange(notice.consumer, notice.exchangeId)) ?? {}
  const entry = place && (await readEntry(reader.logOf(place.origin), place.index, unseal))
  if (entry !== undefined && entry.marks === undefined) return notice
  return { ...notice, elements: [], receipt: undefined }
}

/** All requests of one person, the newest first, for that person alone: without the notices of withheld exchanges. */
export async function requestsOfPerson(
  subjectHandle: string,
  nowMs: number,
  deps: OwnRequestDeps,
): Promise<readonly ShownRequest[]> {
  const rows = await deps.reader.requestsOf(subjectHandle)
  const shown = await Promise.all(rows.toReversed().map((row) => showRequest(row, deps)))
  return Promise.all(
    shown.map(async ({ notices, ...request }) => {
      const open = notices.filter(
        ({ hiddenUntilMs }) => hiddenUntilMs === null || hiddenUntilMs <= nowMs,
      )
      const told = await Promise.all(open.map((notice) => noticeForPerson(notice, deps)))
      return { ...request, notices: told }
    }),
  )
}

/** A request as it goes over the inner interface. */
export function personRequestJson({ row, steps, notices }: ShownRequest): Json {
  return {
    ...row,
    steps: steps.map((step) => ({
      ...step,
      text: step.text === null ? null : textJson(step.text),
    })),
    notices: notices.map(noticeJson),
  }
}

function noticeJson(notice: CorrectionNoticeRow): Json {
  const { consumer, exchangeId, elements, correctedAtMs, state, settledAtMs } = notice
  const { receipt, told } = notice
  return {
    consumer,
    exchangeId,
    elements: [...elements],
    correctedAtMs,
    state,
    settledAtMs,
    receipt: receipt === undefined ? null : decodeUtf8(receipt),
    told: told === undefined ? null : { log: told.origin, entry: told.index },
  }
}

function textJson(text: FiledText | ExtendedText | DecidedText): Json {
  if (!('elements' in text)) return { ...text }
  const elements = [...text.elements]
  if (!('subject' in text)) return { ...text, elements }
  const about = text.about && { log: text.about.log, entry: text.about.entry }
  return { ...text, elements, about, subject: { ...text.subject } }
}
