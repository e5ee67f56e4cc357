import type { Ed25519 } from '../../crypto/index.ts'
import type { Policy } from '../../log/verify/index.ts'
import { signalDetectors } from '../../oversight/index.ts'
import type { ExchangeReader, PersonWriter } from '../../person/index.ts'
import { nodeMlDsa44, systemClock, systemRandomness, systemTimers } from '../../platform/index.ts'
import type { Files } from '../../ports/index.ts'
import { drawJob } from './draw-job.ts'
import { defaultSignalsSeconds, signalsJob } from './signals-job.ts'

/** The gateway's parts that signals and draws work on. */
export interface OversightJobParts {
  readonly gateway: {
    readonly reader: ExchangeReader
    readonly writer: PersonWriter
    readonly policy: Policy
    readonly ed25519: Ed25519
  }
  readonly loaded: {
    readonly config: {
      readonly signals?: { readonly every_s: number } | undefined
      readonly log: { readonly origin: string }
    }
  }
  /** Where the present log is published. */
  readonly reading: Files
}

/** The detectors, and the fixing of checkpoints for draws, as jobs of a running gateway. */
export function oversightJobs(
  { gateway, loaded: { config }, reading }: OversightJobParts,
  mayWrite: () => boolean,
): readonly {
  readonly name: string
  readonly pauseMs: number
  readonly round: () => Promise<void>
}[] {
  const { reader, writer, policy, ed25519 } = gateway
  const everyMs = (config.signals?.every_s ?? defaultSignalsSeconds) * 1000
  const machine = { clock: systemClock, randomness: systemRandomness, timers: systemTimers }
  const detectors = Object.values(signalDetectors())
  const signals = signalsJob({ reader, writer, detectors, everyMs, ...machine }, mayWrite)
  const algorithms = { ed25519, mlDsa44: nodeMlDsa44 }
  const { origin } = config.log
  const draws = drawJob({ reader, writer, files: reading, origin, policy, ...algorithms }, mayWrite)
  return [
    { name: 'signals', pauseMs: 1_000, round: () => signals.round() },
    { name: 'draws', pauseMs: 1_000, round: () => draws.round() },
  ]
}
