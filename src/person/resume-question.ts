import { encodeBase64 } from '../bytes/index.ts'
import { readEntry, receiptUnder } from '../log/index.ts'
import { parsePersonQuestion, type PersonQuestion, questionCore } from '../protocol/index.ts'
import type { AskOutcome } from './ask-outcome.ts'
import type { ConsumerDeps } from './consumer-deps.ts'
import { type AskedQuestionParts, deliverQuestion } from './deliver-question.ts'
import type { AskRow } from './exchange-store.ts'
import { openKept } from './kept-question.ts'
import { gone } from './outcome-of-row.ts'
import { PersonError } from './person-error.ts'
import { findAgreement } from './question-facts.ts'

/** The question as it was kept, with the checkpoint that was sent along. */
function keptQuestion(row: AskRow, deps: ConsumerDeps): PersonQuestion {
  const bytes = openKept(row.sealedQuestion, row, deps)
  if (bytes === undefined) throw gone()
  return parsePersonQuestion(bytes)
}

async function askedParts(row: AskRow, deps: ConsumerDeps): Promise<AskedQuestionParts> {
  const question = keptQuestion(row, deps)
  const core = questionCore(question)
  const known = findAgreement(deps.agreements, core)
  const provider = deps.providers.get(row.provider)
  const { origin, index } = row.asked
  const log = deps.reader.logOf(origin)
  const entry = await readEntry(log, index, deps)
  const head = await log.head()
  if (known === undefined || provider === undefined || entry === undefined || head === undefined)
    throw gone()
  return {
    core,
    known,
    provider,
    askedIndex: index,
    askedCommitment: encodeBase64(entry.leaf.subarray(2)),
    receipt: {
      r: encodeBase64(entry.r),
      record: entry.record,
      proof: await receiptUnder(log, index, head),
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
export async function resumeQuestion(
  row: AskRow,
  deps: ConsumerDeps,
  attempts: 'several' | 'one' = 'several',
): Promise<AskOutcome> {
  return deliverQuestion(await askedParts(row, deps), deps, attempts)
}

/** One question of a round, tried once; the next round tries again. */
async function resumeOnce(row: AskRow, deps: ConsumerDeps): Promise<boolean> {
  try {
    await resumeQuestion(row, deps, 'one')
    return true
  } catch (cause) {
    // The provider is still away, or the outcome is evidence by now: the next round goes on.
    if (cause instanceof PersonError) return false
    throw cause
  }
}

/** Tries one provider's questions until the first that gets nothing: then the provider is away. */
async function resumeProvider(rows: readonly AskRow[], deps: ConsumerDeps): Promise<number> {
  let settled = 0
  for (const row of rows) {
    if (!(await resumeOnce(row, deps))) break
    settled += 1
  }
  return settled
}

/**
 * Sends every question again that is still only asked, and has been for `olderThanMs`: a younger one
 * is probably under way. Providers are tried side by side, so that none holds up another. Returns
 * how many questions got an outcome.
 */
export async function resumeQuestions(deps: ConsumerDeps, olderThanMs = 0): Promise<number> {
  const beforeMs = deps.clock.now() - olderThanMs
  const rows = (await deps.reader.asksIn('asked')).filter((row) => row.createdAtMs <= beforeMs)
  const byProvider = Map.groupBy(rows, ({ provider }) => provider)
  const settled = await Promise.all(
    [...byProvider.values()].map((own) => resumeProvider(own, deps)),
  )
  return settled.reduce((sum, count) => sum + count, 0)
}
