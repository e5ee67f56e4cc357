import type { ReportContent, ReportFile } from '../../../oversight/index.ts'
import type { MadeReport, OfficerReports, ReportOutcome, WantedReport } from '../../../web/index.ts'

const origin = 'tax.localhost/log/2026h2'

/** Reports of `tax` without a gateway behind them. */
export interface FixtureReports extends OfficerReports {
  /** Reports that are asked for from now on are made, under way for ever, refused, or do not hold. */
  endAs(ending: 'made' | 'running' | 'refused' | 'failed'): void
  /** What was asked for, oldest first. */
  readonly wanted: readonly WantedReport[]
}

type Section = ReportContent['sections'][number]
type Value = Section['facts'][number]['value']

const counted = (value: number): Value => ({
  is: 'figure',
  value,
  unit: 'count',
  rule: 'exchanges',
  entries: [],
})

const publicEntries: Value = {
  is: 'figure',
  value: 3,
  unit: 'count',
  rule: 'entries',
  entries: [0, 1, 4].map((index) => ({ origin, index })),
}

const controller: Value = {
  is: 'organisation',
  id: 'tax',
  name: 'Tax Agency',
  address: ['1 Ledger Square', 'Rivertown'],
}

function sourceOf({ fromMs, untilMs }: WantedReport): Section {
  const days: Value[] = [fromMs, untilMs - 1].map((atMs) => ({ is: 'day', atMs }))
  return {
    title: 'source',
    of: null,
    facts: [
      { label: 'controller', law: null, value: controller },
      { label: 'period', law: null, value: { is: 'list', items: days } },
      { label: 'public-entries', law: null, value: publicEntries },
    ],
    table: null,
  }
}

const totals: Section = {
  title: 'totals',
  of: null,
  facts: [
    { label: 'answered', law: '5 U.S.C. 552a(c)(1)', value: counted(1_204) },
    { label: 'denied', law: null, value: counted(37) },
    { label: 'agreement', law: null, value: { is: 'text', text: 'housing-tax-rent v1' } },
  ],
  table: {
    columns: ['month', 'answered', 'denied'],
    rows: [
      [{ is: 'text', text: '2026-08' }, counted(610), counted(20)],
      [{ is: 'text', text: '2026-09' }, counted(594), counted(17)],
    ],
  },
}

function contentOf(wanted: WantedReport): ReportContent {
  return { laws: ['5 U.S.C. 552a(c)'], sections: [sourceOf(wanted), totals] }
}

function madeOf(wanted: WantedReport, nowMs: number): MadeReport {
  const content = contentOf(wanted)
  const { report, fromMs, untilMs } = wanted
  const file: ReportFile = {
    kind: 'cloison/report',
    v: 1,
    report,
    organisation: 'tax',
    madeAtMs: nowMs,
    parameters: { fromMs, untilMs, agreement: null },
    evidence: {
      vkeys: '',
      policy: '',
      heads: [],
      entries: [],
      records: [],
      lock: { milliseconds: 1_209_600_000, demo: false },
      counts: null,
      person: null,
    },
    content,
  }
  const head = { origin, size: 1_512, root: new Uint8Array(32), extensions: [] }
  const figures = { entries: 1, exchanges: 6, agreement: 0, chain: 0 }
  return { file, verified: { content, heads: new Map([[origin, head]]), figures } }
}

/** The reports that the officer of `tax` may have. */
export function createFixtureReports(nowMs: number): FixtureReports {
  const asked: WantedReport[] = []
  let end: 'made' | 'running' | 'refused' | 'failed' = 'made'
  return {
    wanted: asked,
    endAs: (ending) => void (end = ending),
    make(wanted): Promise<ReportOutcome> {
      asked.push(wanted)
      switch (end) {
        case 'made':
          return Promise.resolve(madeOf(wanted, nowMs))
        case 'refused':
          return Promise.resolve({ code: 'REPORT_PENDING' })
        case 'failed':
          return Promise.reject(new Error('the report does not hold'))
        case 'running':
          return new Promise(() => undefined)
      }
    },
  }
}
