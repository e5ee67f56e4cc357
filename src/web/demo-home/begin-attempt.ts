import { redirect } from '../page-route.ts'
import type { PageContext, PageResult } from '../page-route.ts'
import type { CheatResult, RestoreRow } from '../demo-backend.ts'
import type { CheatRun } from '../session.ts'

/** How an attempt is run, and whether it takes so long that it is shown while it runs. */
export interface AttemptWish {
  readonly run: (tell: (row: RestoreRow) => void) => Promise<CheatResult>
  readonly showMeanwhile: boolean
}

/** Runs an attempt to its end; what it comes to is in `held`. */
async function follow(held: CheatRun, run: AttemptWish['run']): Promise<void> {
  try {
    held.result = await run((row) => void held.rows.push(row))
  } catch (cause) {
    held.failure = { cause }
  }
}

/** Begins an attempt for the visitor and leads to what came of it. Rejects when it failed at once. */
export async function beginAttempt(
  context: PageContext,
  kind: CheatRun['kind'],
  { run, showMeanwhile }: AttemptWish,
): Promise<PageResult> {
  const id = context.randomId()
  const held: CheatRun = { kind, rows: [], result: undefined, failure: undefined }
  const ended = follow(held, run)
  if (!showMeanwhile) await ended
  if (held.failure !== undefined) throw held.failure.cause
  context.startSession().cheats.set(id, held)
  return redirect(`/cheats/${id}`)
}
