import * as z from 'zod'
import { canonicalBytes, type Json } from '../../../bytes/index.ts'
import { systemClock, systemTimers } from '../../../platform/index.ts'
import { type JoinRelease, parseJoinRelease } from '../../../population/index.ts'
import { BenchError } from '../../bench-error.ts'
import type { Tell } from '../../person-bench.ts'
import { benchKinds } from './bench-registers.ts'
import { joinAgreementId } from './join-agreement.ts'
import type { PartyCalls } from './party-calls.ts'

/** A table that was asked for and came. */
export interface AskedJoin {
  readonly qid: string
  readonly release: JoinRelease
  /** From sending the question to having the table. */
  readonly seconds: number
  /** The same until each message was in the log of the organisation that asks, the last one of each kind. */
  readonly legs: ReadonlyMap<string, number>
}

const [pauseMs, tellMs] = [200, 5_000]
const analyst = 'bench'

/** What is asked: everybody of both registers, by both kinds. */
function questionOf(delta: number): object {
  const sideOf = (side: 'left' | 'right'): object => ({
    agreement: joinAgreementId(side),
    by: [benchKinds[side]],
  })
  const sides = { left: sideOf('left'), right: sideOf('right') }
  return { ...sides, measure: 'count', epsilon: '0.5', delta: `1e-${delta}` }
}

const askedSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('begun'), qid: z.string() }),
  z.object({ state: z.literal('held'), qid: z.string() }),
  z.object({ state: z.literal('refused'), by: z.string(), code: z.string(), path: z.string() }),
])
const progressSchema = z.object({
  legs: z.array(z.object({ kind: z.string(), side: z.string().nullable(), atMs: z.int() })),
  done: z.int(),
  total: z.int(),
  remainingMs: z.number().nullable(),
})
type Progress = z.infer<typeof progressSchema>
const viewSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('running'), progress: progressSchema }),
  z.object({ state: z.literal('released'), release: z.unknown() }),
  z.object({ state: z.literal('stopped'), code: z.string() }),
])

/**
 * Asks for the table as `cloison stats join run` does, and waits for it; `look` is called again and again meanwhile.
 *
 * @throws {@link BenchError} `RUN_REJECTED` for a question that is refused and a run that stops
 */
export async function askJoin(
  social: PartyCalls,
  { deltaExponent, look, tell }: { deltaExponent: number; look: () => void; tell: Tell },
): Promise<AskedJoin> {
  const begunMs = systemClock.now()
  const question = questionOf(deltaExponent)
  const asked = askedSchema.parse(await social.ask('/v1/statistics/joins', { analyst, question }))
  if (asked.state === 'refused')
    throw new BenchError('RUN_REJECTED', `${asked.by} refuses: ${asked.code} at ${asked.path}.`)
  const { qid } = asked
  const legs = new Map<string, number>()
  let toldMs = begunMs
  for (;;) {
    const view = viewSchema.parse(await social.ask('/v1/statistics/joins/result', { qid, analyst }))
    look()
    if (view.state === 'stopped')
      throw new BenchError('RUN_REJECTED', `The join stopped: ${view.code}.`)
    if (view.state === 'released') {
      const release = parseJoinRelease(canonicalBytes(view.release as Json))
      return { qid, release, seconds: (systemClock.now() - begunMs) / 1_000, legs }
    }
    for (const { kind, atMs } of view.progress.legs) legs.set(kind, (atMs - begunMs) / 1_000)
    if (systemClock.now() - toldMs >= tellMs) {
      toldMs = systemClock.now()
      tell(progressText(view.progress))
    }
    await systemTimers.sleep(pauseMs)
  }
}

function progressText({ legs, done, total, remainingMs }: Progress): string {
  const last = legs.at(-1)
  const phase =
    last === undefined ? 'both holders mask their rows' : `${last.kind} of ${last.side ?? 'tally'}`
  const share = total === 0 ? 0 : Math.floor((100 * done) / total)
  const left = remainingMs === null ? '' : `, about ${Math.ceil(remainingMs / 1_000)} s left`
  return `${phase}; ${share} %${left}`
}
