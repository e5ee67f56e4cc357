import type { ExchangeRecord } from '../log/index.ts'

/** A denial of `tax` to `housing`, as the provider records it. */
export const sampleExchange: ExchangeRecord = {
  v: 1,
  class: 'exchange',
  kind: 'person.denied',
  timeMs: 0,
  exchangeId: 'AAAAAAAAAAAAAAAAAAAAAA',
  consumer: 'housing',
  provider: 'tax',
  agreement: null,
  purpose: null,
  legalBasis: null,
  elements: [],
  outcome: 'deny',
  code: 'CASE_CLOSED',
  cap: null,
  official: null,
  case: null,
  consent: null,
  notice: 'immediate',
  noticeUntilMs: null,
  questionDigest: null,
  resultDigest: null,
  peer: null,
  chain: null,
}
