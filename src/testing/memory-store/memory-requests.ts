import {
  type CorrectionNoticeRow,
  mostRequestsRead,
  type RequestReader,
  type RequestRow,
  type RequestTransaction,
} from '../../person/index.ts'
import { type MemoryTables, requireNew } from './memory-tables.ts'
import type { PortCall } from './port-call.ts'

function listed({ requests }: MemoryTables): readonly RequestRow[] {
  const open = requests.filter(({ decidedAtMs }) => decidedAtMs === null)
  const decided = requests.filter(({ decidedAtMs }) => decidedAtMs !== null)
  const byDue = open.toSorted((one, other) => one.dueMs - other.dueMs || one.number - other.number)
  return [...byDue, ...decided.toReversed()].slice(0, mostRequestsRead)
}

type NoticeName = Pick<CorrectionNoticeRow, 'number' | 'consumer' | 'exchangeId'>

function isSame(one: NoticeName, other: NoticeName): boolean {
  const isOfRequest = one.number === other.number && one.consumer === other.consumer
  return isOfRequest && one.exchangeId === other.exchangeId
}

function inOrder(one: NoticeName, other: NoticeName): number {
  if (one.number !== other.number) return one.number - other.number
  const [left, right] = [one, other].map((row) => `${row.consumer} ${row.exchangeId}`)
  return (left ?? '') < (right ?? '') ? -1 : 1
}

/** Reads of requests and corrections. */
export function memoryRequestReader(tables: () => MemoryTables, call: PortCall): RequestReader {
  return {
    request: (number) =>
      call('request', () => tables().requests.find((row) => row.number === number)),
    requestById: (id) => call('requestById', () => tables().requests.find((row) => row.id === id)),
    requestsOf: (handle) =>
      call('requestsOf', () =>
        tables().requests.filter(({ subjectHandle }) => subjectHandle === handle),
      ),
    requests: () => call('requests', () => listed(tables())),
    requestCount: () => call('requestCount', () => tables().requests.length),
    requestSteps: (number) =>
      call('requestSteps', () => tables().requestSteps.filter((row) => row.number === number)),
    correctionNotices: (number) =>
      call('correctionNotices', () =>
        tables()
          .correctionNotices.filter((row) => row.number === number)
          .toSorted(inOrder),
      ),
    waitingNotices: () =>
      call('waitingNotices', () =>
        tables()
          .correctionNotices.filter(({ state }) => state === 'waiting')
          .toSorted((one, other) => one.correctedAtMs - other.correctedAtMs || inOrder(one, other))
          .slice(0, mostRequestsRead),
      ),
    corrections: (exchangeId) =>
      call('corrections', () =>
        tables().corrections.filter((row) => row.exchangeId === exchangeId),
      ),
  }
}

/** Writes of them. */
export function memoryRequestWrites(
  draft: MemoryTables,
  call: PortCall,
): Omit<RequestTransaction, keyof RequestReader> {
  return {
    saveRequest: (row) =>
      call('saveRequest', () => {
        const isTaken = draft.requests.some(
          ({ number, id }) => number === row.number || id === row.id,
        )
        requireNew(isTaken, 'a request')
        draft.requests.push(row)
      }),
    moveRequest: (moved) =>
      call('moveRequest', () => {
        draft.requests = draft.requests.map((row) =>
          row.number === moved.number ? { ...row, ...moved } : row,
        )
      }),
    saveRequestStep: (row) => call('saveRequestStep', () => void draft.requestSteps.push(row)),
    saveCorrectionNotice: (row) =>
      call('saveCorrectionNotice', () => {
        const isThere = draft.correctionNotices.some((one) => isSame(one, row))
        requireNew(isThere, 'a notice of a correction')
        draft.correctionNotices.push(row)
      }),
    settleCorrectionNotice: (row) =>
      call('settleCorrectionNotice', () => {
        draft.correctionNotices = draft.correctionNotices.map((one) =>
          isSame(one, row) ? row : one,
        )
      }),
    saveCorrection: (row) =>
      call('saveCorrection', () => {
        const isThere = draft.corrections.some(
          ({ exchangeId, digest }) => exchangeId === row.exchangeId && digest === row.digest,
        )
        requireNew(isThere, 'a correction')
        draft.corrections.push(row)
      }),
  }
}
