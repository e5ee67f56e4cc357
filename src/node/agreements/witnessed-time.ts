import {
  type KnownAgreement,
  type PersonWriter,
  type StandingDeps,
  standingNow,
  type StandingReader,
} from '../../person/index.ts'
import type { WitnessStanding } from '../jobs/witness-standing.ts'

/** Keeps what a quorum has cosigned, and when by its clocks: time locks are counted by it. */
export async function keepWitnessed(
  { writer }: { readonly writer: PersonWriter },
  origin: string,
  standing: Pick<WitnessStanding, 'newest'>,
): Promise<void> {
  const newest = standing.newest()
  if (newest === undefined || newest.size === 0) return
  await writer.commit({ type: 'witnessed', head: { origin, ...newest } })
}

/** Whether a lock has ended by the own clock and only the witnesses have not said so yet. */
export async function awaitsWitnessTime(
  { reader, nowMs }: { readonly reader: StandingReader; readonly nowMs: number },
  deps: StandingDeps,
): Promise<boolean> {
  if (deps.timeLock.counted === undefined) return false
  for (const known of deps.agreements)
    if (await isAwaited(known, { reader, nowMs }, deps)) return true
  return false
}

async function isAwaited(
  known: KnownAgreement,
  { reader, nowMs }: { readonly reader: StandingReader; readonly nowMs: number },
  deps: StandingDeps,
): Promise<boolean> {
  const { state, effectiveFromMs } = await standingNow(reader, known, nowMs, deps)
  return state === 'published' && effectiveFromMs !== null && effectiveFromMs <= nowMs
}
