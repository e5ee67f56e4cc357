import { encodeBase64, utf8 } from '../bytes/index.ts'
import { readEntry, receiptUnder } from '../log/index.ts'
import { parsePersonQuestion, type PersonQuestion, questionCore } from '../protocol/index.ts'
import { type AskOutcome, decodeOutcome } from './ask-outcome.ts'
import type { ConsumerDeps } from './consumer-deps.ts'
import { type AskedQuestionParts, deliverQuestion } from './deliver-question.ts'
import type { AskRow } from './exchange-store.ts'
import { PersonError } from './person-error.ts'
import { findAgreement } from './question-facts.ts'

function gone(): PersonError {
  return new PersonError(
    'OUTCOME_GONE',
    'The outcome of this request is no longer kept; ask again under a new key.',
  )
}

/**
 * The outcome of a question that was received before, as long as it is kept.
 *
 * @throws {@link PersonError} `OUTCOME_GONE`, `ANSWER_REFUSED`
 */
export function outcomeOfRow(row: AskRow, { aead, recordKey }: ConsumerDeps): AskOutcome {
  if (row.state === 'failed') {
    throw new PersonError(
      'ANSWER_REFUSED',
      "The provider's answer was refused; it is kept as evidence for the inspector.",
    )
  }
  const bytes =
    row.sealedOutcome === undefined
      ? undefined
      : aead.open(recordKey, row.sealedOutcome, utf8(row.exchangeId))
  if (bytes === undefined) throw gone()
  const outcome = decodeOutcome(bytes)
  return {
    ...outcome,
    entries: { asked: row.askedIndex, received: row.receivedIndex ?? null },
    provisional: row.provisional !== undefined && row.witnessedAtMs === undefined,
    ...(row.witnessedAtMs === undefined ? {} : { witnessedAtMs: row.witnessedAtMs }),
  }
}

/** The question as it was kept, with the checkpoint that was sent along. */
function openKept(row: AskRow, { aead, recordKey }: ConsumerDeps): PersonQuestion {
  const sealed = row.sealedQuestion
  const bytes =
    sealed === undefined ? undefined : aead.open(recordKey, sealed, utf8(row.exchangeId))
  if (bytes === undefined) throw gone()
  return parsePersonQuestion(bytes)
}

async function askedParts(row: AskRow, deps: ConsumerDeps): Promise<AskedQuestionParts> {
  const question = openKept(row, deps)
  const core = questionCore(question)
  const known = findAgreement(deps.agreements, core)
  const provider = deps.providers.get(row.provider)
  const entry = await readEntry(deps.reader, row.askedIndex, deps)
  const head = await deps.reader.head()
  if (known === undefined || provider === undefined || entry === undefined || head === undefined)
    throw gone()
  return {
    core,
    known,
    provider,
    askedIndex: row.askedIndex,
    askedCommitment: encodeBase64(entry.leaf.subarray(2)),
    receipt: {
      r: encodeBase64(entry.r),
      record: entry.record,
      proof: await receiptUnder(deps.reader, row.askedIndex, head),
    },
    lastSeenCheckpoint: question.lastSeenCheckpoint,
  }
}

/**
 * Sends a question again whose "asked" is durable but whose outcome never arrived: the same core
 * under the same exchange id, so that the provider answers it once.
 *
 * @throws {@link PersonError} as `deliverQuestion`, and `OUTCOME_GONE` when nothing is left to send
 */
export async function resumeQuestion(row: AskRow, deps: ConsumerDeps): Promise<AskOutcome> {
  return deliverQuestion(await askedParts(row, deps), deps)
}

/**
 * Sends every question again that is still only asked, and has been for `olderThanMs`: a younger one
 * is probably under way. Returns how many got an outcome.
 */
export async function resumeQuestions(deps: ConsumerDeps, olderThanMs = 0): Promise<number> {
  const beforeMs = deps.clock.now() - olderThanMs
  let settled = 0
  for (const row of await deps.reader.asksIn('asked')) {
    if (row.createdAtMs > beforeMs) continue
    try {
      await resumeQuestion(row, deps)
      settled += 1
    } catch (cause) {
      // The provider is still away, or the outcome is evidence by now: the next round goes on.
      if (!(cause instanceof PersonError)) throw cause
    }
  }
  return settled
}
