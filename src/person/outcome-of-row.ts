import { type AskOutcome, decodeOutcome } from './ask-outcome.ts'
import type { ConsumerDeps } from './consumer-deps.ts'
import type { AskRow } from './exchange-store.ts'
import { openKept } from './kept-question.ts'
import { PersonError } from './person-error.ts'

/** What is no longer kept cannot be handed out again. */
export function gone(): PersonError {
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
export function outcomeOfRow(row: AskRow, deps: ConsumerDeps): AskOutcome {
  if (row.state === 'failed') {
    throw new PersonError(
      'ANSWER_REFUSED',
      "The provider's answer was refused; it is kept as evidence for the inspector.",
    )
  }
  const bytes = openKept(row.sealedOutcome, row, deps)
  if (bytes === undefined) throw gone()
  const outcome = decodeOutcome(bytes)
  return {
    ...outcome,
    entries: { asked: row.asked.index, received: row.received?.index ?? null },
    provisional: row.provisional !== undefined && row.witnessedAtMs === undefined,
    ...(row.witnessedAtMs === undefined ? {} : { witnessedAtMs: row.witnessedAtMs }),
  }
}
