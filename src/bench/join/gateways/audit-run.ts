import * as z from 'zod'
import { systemClock, systemTimers } from '../../../platform/index.ts'
import { BenchError } from '../../bench-error.ts'
import type { PartyCalls } from './party-calls.ts'

const pauseMs = 100
const patienceSeconds = 3_600
const viewSchema = z.object({
  state: z.enum(['running', 'ended', 'lost']),
  holds: z.boolean().nullable(),
})

/**
 * Has the inspector audit a run as `cloison audit join run` does; seconds from the order to the finding.
 *
 * @throws {@link BenchError} `RUN_REJECTED` for an audit that does not hold
 */
export async function auditRun(
  inspector: PartyCalls,
  qid: string,
  look: () => void,
): Promise<number> {
  const begunMs = systemClock.now()
  await inspector.act('/v1/join-audits', { v: 1, qid, dummiesOf: null, patienceSeconds })
  for (;;) {
    const view = viewSchema.parse(await inspector.act('/v1/join-audits/show', { v: 1, qid }))
    look()
    if (view.state === 'ended' && view.holds === true) return (systemClock.now() - begunMs) / 1_000
    if (view.state !== 'running')
      throw new BenchError('RUN_REJECTED', 'The audit of the join does not hold.')
    await systemTimers.sleep(pauseMs)
  }
}
