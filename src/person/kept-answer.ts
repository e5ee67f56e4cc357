import { utf8 } from '../bytes/index.ts'
import type { Preparation } from '../log/index.ts'
import type { ExchangeTransaction } from './exchange-store.ts'
import type { PersonCommitDeps } from './person-commit-deps.ts'
import type { QuestionCommitted, QuestionIntent } from './writer.ts'

/** Keeps an answer as it was sent, sealed under a key of its own, for retries. */
export async function keepAnswer(
  tx: ExchangeTransaction,
  kept: { readonly intent: QuestionIntent; readonly body: Uint8Array; readonly nowMs: number },
  deps: PersonCommitDeps,
): Promise<void> {
  const { intent, body, nowMs } = kept
  const { exchangeId } = intent.question
  const key = deps.randomness.bytes(32)
  const sealedBody = deps.aead.seal(key, body, utf8(exchangeId))
  await tx.saveAnswer({
    consumer: intent.consumer,
    exchangeId,
    sealedBody,
    key,
    createdAtMs: nowMs,
  })
}

/** Hands out the kept answer: the same bytes, no entry, no charge. */
export function prepareRedelivery(
  tx: ExchangeTransaction,
  intent: QuestionIntent,
  deps: PersonCommitDeps,
): Preparation<QuestionCommitted> {
  const { consumer } = intent
  const { exchangeId } = intent.question
  return {
    async complete() {
      const stored = await tx.exchange(consumer, exchangeId)
      const key = await tx.answerKey(consumer, exchangeId)
      const sealed = stored?.sealedBody
      const body =
        sealed === undefined || key === undefined
          ? undefined
          : deps.aead.open(key, sealed, utf8(exchangeId))
      if (stored === undefined || body === undefined) {
        throw new TypeError('a kept answer must open under its key')
      }
      return { type: 'question', status: stored.status, body, redelivered: true }
    },
  }
}
