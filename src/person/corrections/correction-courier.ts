import { canonicalBytes, encodeBase64 } from '../../bytes/index.ts'
import { type Ed25519, sha256 } from '../../crypto/index.ts'
import type { Clock, HttpClient, HttpResponse, Randomness } from '../../ports/index.ts'
import {
  parseCorrectionReceipt,
  parseProblem,
  ProtocolError,
  type SignatureKey,
  signRequest,
  verifyResponse,
} from '../../protocol/index.ts'
import type { CorrectionNoticeRow, RequestReader } from '../requests/index.ts'
import type { PersonWriter } from '../writer.ts'
import { correctionPath } from './receive-correction.ts'

/** A recipient's gateway, as it is sent to. */
export interface CorrectionPeer {
  /** Without a slash at the end. */
  readonly url: string
  readonly authority: string
  readonly gatewayKeys: ReadonlyMap<string, Uint8Array>
}

/** What sending the word of corrections needs. */
export interface CorrectionCourierDeps {
  readonly key: SignatureKey
  readonly ed25519: Ed25519
  readonly clock: Clock
  readonly randomness: Randomness
  readonly http: HttpClient
  readonly reader: Pick<RequestReader, 'waitingNotices'>
  readonly writer: PersonWriter
  /** A recipient's gateway as it counts now; `undefined` where it is no peer any more. */
  readonly peerOf: (organisation: string) => CorrectionPeer | undefined
}

/** What came of sending once: canonical bytes of the receipt, or that the exchange is unknown there. */
type Sent = Uint8Array | 'unknown' | 'again'

const firstPauseMs = 1_000
const longestPauseMs = 600_000
const timeoutMs = 10_000
const mostReceiptBytes = 16_384

/** The canonical bytes of the word about one exchange: the same whenever it is sent. */
export function correctionBytes({
  exchangeId,
  elements,
  correctedAtMs,
}: Pick<CorrectionNoticeRow, 'exchangeId' | 'elements' | 'correctedAtMs'>): Uint8Array {
  return canonicalBytes({ v: 1, exchangeId, elements: [...elements], correctedAtMs })
}

function readReply({ status, body }: HttpResponse, message: Uint8Array): Sent {
  try {
    if (status !== 200) return parseProblem(body).code === 'EXCHANGE_UNKNOWN' ? 'unknown' : 'again'
    const isOfMessage = parseCorrectionReceipt(body).digest === encodeBase64(sha256(message))
    return isOfMessage ? body : 'again'
  } catch (cause) {
    if (cause instanceof ProtocolError) return 'again'
    throw cause
  }
}

/** Only what the recipient has signed for this request counts. */
async function sendOnce(
  message: Uint8Array,
  peer: CorrectionPeer,
  { key, ed25519, clock, randomness, http }: CorrectionCourierDeps,
): Promise<Sent> {
  const target = { method: 'POST' as const, authority: peer.authority, path: correctionPath }
  const headers = signRequest(
    { ...target, contentType: 'application/json', body: message },
    { key, createdAtMs: clock.now(), nonce: randomness.bytes(16), ed25519 },
  )
  const url = `${peer.url}${correctionPath}`
  const limits = { timeoutMs, maxResponseBytes: mostReceiptBytes }
  const response = await http
    .send({ method: 'POST', url, headers, body: message, ...limits })
    .catch(() => undefined)
  if (response === undefined) return 'again'
  const verdict = verifyResponse(
    response,
    { ...target, headers },
    { keyOf: (keyId) => peer.gatewayKeys.get(keyId), nowMs: clock.now(), ed25519 },
  )
  return verdict.ok ? readReply(response, message) : 'again'
}

/**
 * Sends the word of corrections to everyone who is to be told, until each has given its receipt: what waits is
 * in the store, so a restart goes on. A recipient that is away keeps nobody else waiting.
 */
export class CorrectionCourier {
  readonly #deps: CorrectionCourierDeps
  readonly #pauses = new Map<string, { readonly failures: number; readonly notBeforeMs: number }>()

  constructor(deps: CorrectionCourierDeps) {
    this.#deps = deps
  }

  /** Sends what waits and may be sent now. */
  async round(): Promise<void> {
    const { reader, clock } = this.#deps
    const waiting = await reader.waitingNotices()
    const byConsumer = Map.groupBy(waiting, ({ consumer }) => consumer)
    const due = [...byConsumer].filter(
      ([consumer]) => clock.now() >= (this.#pauses.get(consumer)?.notBeforeMs ?? 0),
    )
    await Promise.all(due.map(([consumer, notices]) => this.#sendAll(consumer, notices)))
  }

  async #sendAll(consumer: string, notices: readonly CorrectionNoticeRow[]): Promise<void> {
    const peer = this.#deps.peerOf(consumer)
    for (const notice of notices) {
      const message = correctionBytes(notice)
      const sent = peer === undefined ? 'again' : await sendOnce(message, peer, this.#deps)
      if (sent === 'again') {
        this.#pause(consumer)
        return
      }
      const { number, exchangeId } = notice
      await this.#deps.writer.commit({
        type: 'correction',
        act: 'settle',
        notice: { number, consumer, exchangeId },
        message,
        receipt: sent === 'unknown' ? undefined : sent,
      })
    }
    this.#pauses.delete(consumer)
  }

  #pause(consumer: string): void {
    const failures = this.#pauses.get(consumer)?.failures ?? 0
    const pauseMs = Math.min(longestPauseMs, firstPauseMs * 2 ** Math.min(failures, 20))
    const notBeforeMs = this.#deps.clock.now() + pauseMs
    this.#pauses.set(consumer, { failures: failures + 1, notBeforeMs })
  }
}
