import type { OfficerDesk, PublicDesk } from '../../../web/index.ts'

const shownStates: ReadonlySet<string> = new Set(['published', 'active', 'suspended'])

/** What everybody may read of the organisation whose officer sits at `office`. */
export function createFixturePublic(office: OfficerDesk): PublicDesk {
  return {
    async record() {
      const agreements = (await office.agreements())
        .filter(({ standing }) => shownStates.has(standing.state))
        .map(({ digest, agreement, standing, events }) => ({
          digest,
          agreement,
          standing,
          events,
        }))
      return {
        version: '0.1.0',
        timeLockMs: office.timeLockMs,
        agreements,
        budgets: await office.budgets(),
      }
    },
  }
}
