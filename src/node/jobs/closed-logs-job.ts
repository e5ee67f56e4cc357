import type { LogReader } from '../../log/index.ts'
import type { PublishJob } from './publish-job.ts'
import type { WitnessStanding } from './witness-standing.ts'

/** A log that was closed, with what publishes its end and what follows its cosignatures. */
export interface ClosedLogParts {
  readonly log: LogReader
  readonly publish: PublishJob
  readonly standing: WitnessStanding
}

/** Publishes what closed logs ended with, until a quorum of witnesses has cosigned each. */
export interface ClosedLogsJob {
  /** One attempt for each log that is not done; after that they are left as they stand for good. */
  round(): Promise<void>
}

/** A job over all closed logs of an organisation; a log of which nothing is stored is done. */
export function closedLogsJob(logs: readonly ClosedLogParts[]): ClosedLogsJob {
  const open = new Set(logs)
  return {
    async round() {
      for (const parts of open) {
        const { log, publish, standing } = parts
        const round = (await log.head()) === undefined ? undefined : await publish.round()
        if (round !== undefined) standing.take(round)
        if (round === undefined || standing.isConfirmed()) open.delete(parts)
      }
    },
  }
}
