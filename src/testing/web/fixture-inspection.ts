import type { GovernanceRecord } from '../../log/index.ts'
import type { Gap, ReconciliationReport } from '../../oversight/index.ts'
import type {
  InspectedAct,
  InspectedAgreement,
  InspectedDraw,
  InspectedRun,
  InspectedSignal,
  InspectorDesk,
} from '../../web/index.ts'
import { fixtureAgreements } from './desks/index.ts'

/** A desk of an inspector without a gateway behind it. */
export interface FixtureInspection extends InspectorDesk {
  /** From now on the logs fit, and nothing else was done: no gap, signal, draw or opening. */
  setQuiet(quiet: boolean): void
}

const logOf = (organisation: string): string => `${organisation}.localhost/log/2026h2`

const noGaps: ReconciliationReport['counts']['gaps'] = {
  MISSING_AT_CONSUMER: 0,
  MISSING_AT_PROVIDER: 0,
  MISSING_AT_PARTY: 0,
  OUTCOME_DIFFERS: 0,
  DIGEST_DIFFERS: 0,
  ENTRY_REPEATED: 0,
  UNOPENED: 0,
  ANSWER_REFUSED: 0,
  TIME_APART: 0,
  UNANSWERED: 0,
}

function reportOf(matched: number, gaps: number): InspectedRun['report'] {
  return {
    v: 1,
    sides: [],
    windowMs: 60_000,
    toleranceMs: 600_000,
    counts: {
      matched,
      pending: 1,
      refusedHere: 0,
      elsewhere: 0,
      repeats: 0,
      lost: 0,
      closed: 0,
      gaps: { ...noGaps, MISSING_AT_CONSUMER: gaps },
    },
    pairs: [
      { consumer: 'housing', provider: 'social', matched: 2, pending: 0, gaps: 0 },
      { consumer: 'housing', provider: 'tax', matched: matched - 2, pending: 1, gaps },
    ],
    isEvidence: gaps > 0,
  }
}

function gapsAt(nowMs: number): readonly Gap[] {
  const shown = { organisation: 'tax', log: logOf('tax'), entry: 49 }
  const one = { at: 'housing', leg: null, handle: 'TWD5l-TdWtY', timeMs: nowMs - 600_000 }
  return [
    { ...one, kind: 'MISSING_AT_CONSUMER', step: 'asked', entries: [shown] },
    {
      ...one,
      kind: 'OUTCOME_DIFFERS',
      step: 'received',
      entries: [shown, { organisation: 'housing', log: logOf('housing'), entry: 71 }],
    },
    { ...one, kind: 'TIME_APART', step: 'received', entries: [shown] },
    { ...one, kind: 'UNOPENED', step: 'exchange', handle: '', entries: [shown], timeMs: null },
    { ...one, kind: 'MISSING_AT_PARTY', step: 'message', leg: 'M4', entries: [shown] },
  ]
}

function actsAt(nowMs: number): readonly InspectedAct[] {
  const act = (
    organisation: string,
    entry: number,
    record: Pick<GovernanceRecord, 'kind' | 'name' | 'body'>,
  ): InspectedAct => ({
    organisation,
    log: logOf(organisation),
    entry,
    record: {
      v: 1,
      class: 'governance',
      timeMs: nowMs - 3_600_000 + entry * 1_000,
      organisation,
      digest: null,
      ...record,
    },
  })
  const agreement = {
    consumer: 'housing',
    provider: 'tax',
    purpose: 'https://cloison.eu/purpose/service',
  }
  const rent = { name: 'housing-tax-rent v1' }
  const emergency = { name: 'housing-tax-emergency v1' }
  const named = { name: 'housing-tax-rent-support v1' }
  const year = { fromMs: nowMs - 86_400_000, microEpsilon: 50_000_000 }
  const terms = { count: 5, first: 0, last: 40 }
  return [
    act('tax', 2, { kind: 'admin.sealing', name: 'inspector', body: {} }),
    act('tax', 3, { kind: 'agreement.published', ...named, body: { agreement } }),
    act('tax', 6, { kind: 'budget.opened', name: 'residents', body: year }),
    act('tax', 10, { kind: 'budget.charged', name: 'residents', body: { microEpsilon: 250_000 } }),
    act('tax', 19, { kind: 'agreement.published', ...rent, body: { agreement } }),
    act('tax', 20, { kind: 'agreement.suspended', ...emergency, body: {} }),
    act('tax', 21, { kind: 'agreement.resumed', ...emergency, body: {} }),
    act('tax', 22, { kind: 'agreement.reviewed', ...rent, body: {} }),
    act('tax', 30, { kind: 'audit.committed', name: 'inspector', body: terms }),
    act('tax', 41, { kind: 'audit.committed', name: 'inspector', body: terms }),
    act('tax', 42, { kind: 'audit.fixed', name: '41', body: { checkpoint: '' } }),
    act('tax', 45, { kind: 'audit.committed', name: 'inspector', body: terms }),
    act('tax', 48, { kind: 'audit.committed', name: 'inspector', body: terms }),
    act('housing', 5, { kind: 'agreement.published', ...named, body: { agreement } }),
    act('housing', 44, {
      kind: 'inspection.identity-opened',
      name: logOf('housing'),
      body: { entry: 39, case: 'DPI-2026-17', reason: 'complaint about a question at night' },
    }),
  ]
}

/** Of both parties; the one who asks has suspended the tables, which the other does not know yet. */
function agreementsAt(nowMs: number): readonly InspectedAgreement[] {
  const held = fixtureAgreements(nowMs).map(
    ({ digest, agreement, standing, events }): InspectedAgreement => ({
      organisation: 'tax',
      digest,
      agreement,
      standing,
      events,
    }),
  )
  return [
    ...held,
    ...held.map((one): InspectedAgreement => {
      const { effectiveFromMs } = one.standing
      const isTables = one.agreement.id === 'housing-tax-tables'
      const suspended = { state: 'suspended', effectiveFromMs, suspendedBy: ['housing'] } as const
      return { ...one, organisation: 'housing', standing: isTables ? suspended : one.standing }
    }),
  ]
}

/** One that is open, one that was decided, and one that somebody states. */
function signalsAt(nowMs: number): readonly InspectedSignal[] {
  const signal = {
    organisation: 'tax',
    log: logOf('tax'),
    entry: 30,
    kind: 'sequential',
    side: 'provider',
    consumer: 'housing',
    agreement: 'housing-tax-rent',
    official: 'p-0123456789abcdef',
    entryCount: 20,
    entries: Array.from({ length: 20 }, (_, place) => ({ log: logOf('tax'), index: place })),
    fromMs: nowMs - 86_400_000,
    toMs: nowMs,
    law: 'geometric',
    observed: 17,
    expected: 0.0312,
    threshold: 5,
    falseAlarmsPerYear: 0.0004,
    madeAtMs: nowMs - 60_000,
    verdict: null,
  }
  const few = { entryCount: 3, entries: signal.entries.slice(0, 3) }
  const crowd = { ...signal, ...few, kind: 'crowd', agreement: null, official: null }
  const stated = { law: 'statement', observed: 3, expected: 0, threshold: 1 }
  const kin = { ...signal, ...few, ...stated, kind: 'kin', falseAlarmsPerYear: 0 }
  const housing = { organisation: 'housing', log: logOf('housing'), side: 'consumer' }
  return [signal, { ...crowd, verdict: 'explained' }, { ...kin, ...housing, entry: 31 }]
}

const drawTerms = { inspector: 'inspector', log: logOf('tax'), first: 0, last: 40, count: 5 }

/** One that has drawn, one that waits, one that is void. */
const fixtureDraws: readonly InspectedDraw[] = [
  {
    log: logOf('tax'),
    entry: 30,
    verdict: { state: 'drawn', index: 30, terms: drawTerms, drawn: [4, 9, 11, 17, 1203] },
  },
  { log: logOf('tax'), entry: 41, verdict: { state: 'fixed', index: 41, terms: drawTerms } },
  { log: logOf('tax'), entry: 45, verdict: { state: 'void', index: 45, fault: 'NONCE_WRONG' } },
  { log: logOf('tax'), entry: 48, verdict: null },
]

/** A desk with one of everything that an inspector may see. */
export function createFixtureInspection(nowMs: number): FixtureInspection {
  let isQuiet = false
  const run = { atMs: nowMs - 30_000, entry: 12, away: [], fault: null }
  return {
    setQuiet(quiet) {
      isQuiet = quiet
    },
    async reconciliation() {
      const runs: readonly InspectedRun[] = [
        { ...run, atMs: nowMs - 90_000, report: reportOf(11, 0) },
        { ...run, atMs: nowMs - 60_000, entry: null, report: null, away: ['tax'] },
        { ...run, report: reportOf(6, 1) },
        { ...run, report: null, entry: 19, fault: { code: 'LOG_REWRITTEN' } },
      ]
      return {
        organisations: ['tax', 'social', 'housing'],
        everySeconds: 900,
        windowSeconds: 900,
        runs: isQuiet ? [] : runs,
        gaps: isQuiet
          ? []
          : gapsAt(nowMs).map((gap, place) => ({ gap, entry: 13 + place, atMs: nowMs - 30_000 })),
      }
    },
    async signals() {
      return isQuiet ? [] : signalsAt(nowMs)
    },
    async draws() {
      return isQuiet ? [] : fixtureDraws
    },
    async agreements() {
      return isQuiet ? [] : agreementsAt(nowMs)
    },
    async acts(kinds) {
      const known = isQuiet ? [] : actsAt(nowMs)
      return known.filter(({ record }) => kinds.some((kind) => record.kind.startsWith(kind)))
    },
  }
}
