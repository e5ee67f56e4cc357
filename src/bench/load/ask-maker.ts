import { readCanonicalJson, encodeHex, utf8 } from '../../bytes/index.ts'
import { askOutcomeSchema } from '../../person/index.ts'
import type { Randomness } from '../../ports/index.ts'
import { benchElement, benchLimit } from '../fixture/bench-agreement.ts'
import { benchIncome, benchSubject } from '../fixture/bench-people.ts'
import { postBytes } from './http-request.ts'
import type { ReceivedResponse, RequestMaker } from './prepared-request.ts'

/** The consumer's gateway, and how its caller asks. */
export interface AskTarget {
  readonly authority: string
  /** PEM of the gateway's certificate, the only one that is accepted. */
  readonly certificate: string
  readonly token: string
  readonly agreement: string
  readonly people: number
  readonly officials: number
}

/** Distance between the subjects of consecutive requests, prime, so that all of them come up. */
const subjectStep = 7919
const questionsPerCase = 4
/** One answer in so many is checked. */
const checkedEvery = 20

/** Whether the outcome is what the register holds; all proofs were checked by the gateway before. */
function faultIn({ body }: ReceivedResponse, isBelow: boolean): string | undefined {
  const read = askOutcomeSchema.safeParse(readCanonicalJson(body))
  if (!read.success) return 'MALFORMED'
  const { outcome, receipt, results, entries } = read.data
  if (outcome !== 'permit' || receipt === null || entries.received === null) return 'NOT_ANSWERED'
  return results[0]?.value === isBelow ? undefined : 'VALUE_WRONG'
}

/** Makes requests to `POST /v1/ask`, each about another subject and with a key of its own. */
export function askMaker(
  target: AskTarget,
  randomness: Randomness,
  now: () => number,
): RequestMaker {
  let made = 0
  function makeOne(): Awaited<ReturnType<RequestMaker['make']>>[number] {
    const number = made
    made += 1
    const place = (number * subjectStep) % target.people
    const body = {
      agreement: target.agreement,
      elements: [benchElement],
      subject: { scheme: 'demo-nin', value: benchSubject(place) },
      case: `RENT-${Math.floor(number / questionsPerCase)}`,
      official: { id: `official-${number % target.officials}`, authTimeMs: now() - 60_000 },
    }
    const headers = {
      'content-type': 'application/json',
      authorization: `Bearer ${target.token}`,
      'idempotency-key': encodeHex(randomness.bytes(16)),
    }
    const at = { authority: target.authority, path: '/v1/ask' }
    const isBelow = benchIncome(place) < benchLimit
    return {
      bytes: postBytes(at, headers, utf8(JSON.stringify(body))),
      check: number % checkedEvery === 0 ? (response) => faultIn(response, isBelow) : undefined,
    }
  }
  return { make: async (count) => Array.from({ length: count }, makeOne) }
}
