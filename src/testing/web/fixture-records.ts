import { encodeBase64, utf8 } from '../../bytes/index.ts'
import { sha256 } from '../../crypto/index.ts'
import type { ExchangeRecord, GovernanceRecord } from '../../log/index.ts'

/** What differs between the fixture's exchanges. */
export interface FixtureExchange {
  readonly number: number
  readonly timeMs: number
  readonly provider: string
  readonly element: string
  /** The denial's code; `null` for an answer. */
  readonly code: string | null
}

const digest = (text: string): string => encodeBase64(sha256(utf8(text)))

/** The record of an answered or denied person question between housing and `provider`. */
export function fixtureExchangeRecord(exchange: FixtureExchange): ExchangeRecord {
  const { number, timeMs, provider, element, code } = exchange
  const id = `${String(number).padStart(4, '0')}${'A'.repeat(17)}Q`
  return {
    v: 1,
    class: 'exchange',
    kind: code === null ? 'person.answered' : 'person.denied',
    timeMs,
    exchangeId: id,
    consumer: 'housing',
    provider,
    agreement: { id: `housing-${provider}-rent-support`, version: 1, digest: digest(provider) },
    purpose: 'https://cloison.eu/purpose/service',
    legalBasis: 'eu-gdpr:A6-1-e',
    elements: [element],
    outcome: code === null ? 'permit' : 'deny',
    code,
    cap: code === 'CAP_EXCEEDED' ? 'perSubjectPer30Days' : null,
    official: 'p-7f3a90',
    case: digest(`case ${number}`),
    consent: null,
    notice: 'immediate',
    noticeUntilMs: null,
    questionDigest: digest(`question ${number}`),
    resultDigest: code === null ? digest(`result ${number}`) : null,
    peer: digest(`peer ${number}`),
    chain: digest(`chain ${number}`),
  }
}

/** A start of the gateway, as every log begins with. */
export function fixtureStartRecord(organisation: string, timeMs: number): GovernanceRecord {
  return {
    v: 1,
    class: 'governance',
    kind: 'admin.start',
    timeMs,
    organisation,
    name: null,
    digest: null,
    body: null,
  }
}
