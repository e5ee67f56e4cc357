import type { ExchangeReader, PersonWriter } from '../../person/index.ts'
import type { Clock } from '../../ports/index.ts'

/** What the job needs. */
export interface NoticesJobDeps {
  readonly reader: Pick<ExchangeReader, 'secrecyOrders'>
  readonly writer: PersonWriter
  readonly clock: Clock
}

/** Says in the log that an order has ended. */
export interface NoticesJob {
  round(): Promise<void>
}

/**
 * Has `notice.opened` written for orders that have ended. The notices themselves open by their dates,
 * whether this job runs or not.
 */
export function noticesJob(
  { reader, writer, clock }: NoticesJobDeps,
  mayWrite: () => boolean,
): NoticesJob {
  return {
    async round() {
      if (!mayWrite()) return
      const nowMs = clock.now()
      const isDue = (await reader.secrecyOrders()).some(
        ({ opened, untilMs }) => !opened && untilMs <= nowMs,
      )
      if (isDue) await writer.commit({ type: 'safeguard', act: 'open' })
    },
  }
}
