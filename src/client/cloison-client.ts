import type { AskOutcome, AskRequest, ConsentStanding, ConsentWish } from './api-types.ts'
import { type ClientOptions, sendJson } from './send-json.ts'

/** Asks through the organisation's own gateway. There is no method for more than one person. */
export interface CloisonClient {
  /**
   * Asks one question. The same idempotency key, 8 to 128 printable characters, never asks twice: use
   * it again after a lost connection.
   *
   * @throws {@link CloisonProblem}; `PEER_UNAVAILABLE` when the question stays asked
   */
  ask(request: AskRequest, idempotencyKey: string): Promise<AskOutcome>
  /**
   * Has the person asked for consent to one question, or, with the `exchangeId` of before, tells how far it is.
   *
   * @throws {@link CloisonProblem}
   */
  consent(wish: ConsentWish): Promise<ConsentStanding>
  /** The outcome of an earlier question, for 15 minutes. @throws {@link CloisonProblem} */
  outcome(exchangeId: string): Promise<AskOutcome>
}

/** A client of one gateway's asking interface (`docs/reference/openapi.json`). */
export function cloisonClient(options: ClientOptions): CloisonClient {
  const send = <Reply>(path: string, request: Parameters<typeof sendJson>[2]): Promise<Reply> =>
    sendJson<Reply>(options, path, request)
  return {
    ask: (request, idempotencyKey) =>
      send('/v1/ask', {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': idempotencyKey },
        body: JSON.stringify(request),
      }),
    consent: (wish) =>
      send('/v1/consents', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(wish),
      }),
    outcome: (exchangeId) => send(`/v1/asks/${encodeURIComponent(exchangeId)}`, { method: 'GET' }),
  }
}
