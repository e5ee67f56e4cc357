import type { CountCell, PublicCounts } from '../../../oversight/index.ts'
import type { OfficerDesk, PublicDesk } from '../../../web/index.ts'

const shownStates: ReadonlySet<string> = new Set(['published', 'active', 'suspended'])

const log = 'tax.localhost/log/2026h2'

function cells(answered: number, denied: number, tables: number): readonly CountCell[] {
  const agreement = 'housing-tax-rent'
  return [
    { sort: 'answered', agreement: null, count: answered },
    { sort: 'answered', agreement, count: answered - 10 },
    { sort: 'denied', agreement: null, count: denied },
    { sort: 'denied', agreement, count: denied - 10 },
    ...(tables === 0 ? [] : [{ sort: 'table-released', agreement: null, count: tables } as const]),
  ]
}

const counts: PublicCounts = {
  running: {
    month: '2026-09',
    from: { log, entry: 1_512 },
    to: { log, entry: 2_401 },
    exchanges: 860,
    cells: cells(790, 50, 0),
  },
  months: [
    {
      log,
      entry: 1_530,
      counts: {
        month: '2026-08',
        from: { log, entry: 212 },
        to: { log, entry: 1_512 },
        exchanges: 1_280,
        cells: cells(1_190, 60, 10),
      },
    },
    {
      log,
      entry: 215,
      counts: {
        month: '2026-07',
        from: { log, entry: 0 },
        to: { log, entry: 212 },
        exchanges: 200,
        cells: cells(170, 20, 0),
      },
    },
  ],
}

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
        counts,
      }
    },
  }
}
