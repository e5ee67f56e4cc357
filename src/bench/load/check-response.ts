import type { Ed25519 } from '../../crypto/index.ts'
import { checkAnswer, type ExpectedExchange, personQuestionPath } from '../../person/index.ts'
import { parsePersonAnswer, ProtocolError, verifyResponse } from '../../protocol/index.ts'
import type { ReceivedResponse } from './prepared-request.ts'

/** What was sent, and what its answer must prove. */
export interface SentQuestion {
  /** The signed request's header fields. */
  readonly headers: Readonly<Record<string, string>>
  readonly expected: ExpectedExchange
}

/** The verdict on one answer: a code that says what is wrong, or the checkpoint of its receipt. */
export type ResponseVerdict =
  | { readonly ok: true; readonly checkpoint: string; readonly size: number }
  | { readonly ok: false; readonly code: string }

/**
 * Checks an answer as a consumer's gateway does before it hands anything out: the provider's
 * signature over response and request, the closed form, the opening of the leaf, the record, the
 * inclusion proof under a checkpoint that the provider's log signed, and its consistency with the
 * checkpoint seen before.
 */
export function checkResponse(
  response: ReceivedResponse,
  { headers, expected }: SentQuestion,
  ed25519: Ed25519,
): ResponseVerdict {
  const { authority, gatewayKeys } = expected.provider
  const signature = verifyResponse(
    response,
    { method: 'POST', authority, path: personQuestionPath, headers },
    { keyOf: (keyId) => gatewayKeys.get(keyId), nowMs: response.receivedAtMs, ed25519 },
  )
  if (!signature.ok) return signature
  try {
    const checked = checkAnswer(parsePersonAnswer(response.body), expected)
    if (!checked.ok) return checked
    return { ok: true, checkpoint: checked.checkpointNote, size: checked.checkpoint.size }
  } catch (cause) {
    if (cause instanceof ProtocolError) return { ok: false, code: 'MALFORMED' }
    throw cause
  }
}
