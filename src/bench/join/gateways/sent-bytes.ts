import {
  aesGcm,
  bestJoinGroup,
  runningSha256,
  systemClock,
  systemRandomness,
} from '../../../platform/index.ts'
import { RunSteps } from '../../../population/index.ts'
import { openJoinRuns } from '../../../storage/join-runs/index.ts'
import type { FoundedParty } from './found-join.ts'

/** Bytes of all messages of a run that a party has for others, each once for each receiver: what their bodies have. */
export function sentBytes({ runs }: FoundedParty, run: string): number {
  const steps = new RunSteps({
    runs: openJoinRuns({
      ...runs,
      aead: aesGcm(systemRandomness),
      randomness: systemRandomness,
      sha256: runningSha256,
    }),
    group: bestJoinGroup().group,
    randomness: systemRandomness,
    clock: systemClock,
  })
  const outbox = steps.standing(run)?.outbox ?? []
  return outbox.reduce((sum, { length, to }) => sum + length * to.length, 0)
}
