import type {
  JoinNotCovered,
  JoinProof,
  JoinRelease,
  TableForm,
  StatisticRow,
} from '../../../population/index.ts'
import { joinReleaseForm, millionthsText } from '../../../population/index.ts'
import { proofText } from './proof-text.ts'

/**
 * What is not prevented, in plain words. The same for every join, and shown with every table.
 */
export function collusionText({
  holders,
  tally,
  inspector,
}: {
  readonly holders: readonly [string, string]
  readonly tally: string
  readonly inspector: string
}): string {
  const [left, right] = holders
  return [
    'What is not prevented:',
    `  ${left} and ${tally} together could mark the people of ${left} and see which of them ${right} has;`,
    `  ${right} and ${tally} together could do the same to ${left}. One of the three alone cannot.`,
    `  ${inspector} may open 64 rows of a holder afterwards, which may find it, unless the question was stopped:`,
    '  then nothing is left to open.',
    `  ${inspector} knows the noise of a holder that it has audited: with the other holder it could see exact counts.`,
  ].join('\n')
}

const limits: Readonly<Record<JoinNotCovered, string>> = {
  'register-errors': 'errors of the registers',
  'people-not-in-both-registers': 'people who are not in both',
  'made-up-people': 'people whom a holder made up or left out',
  'missing-keys': 'rows without a key',
  'missing-values': 'rows without a value',
  clamping: 'values beyond the bounds',
  'rounding-to-units': 'the rounding of values to units',
}

function cellsOf(row: StatisticRow): readonly string[] {
  return [
    ...row.key.map(String),
    row.ppm === null ? row.statistic : `${row.ppm / 10_000} % quantile`,
    row.value ?? 'open',
    row.lower ?? 'open',
    row.upper ?? 'open',
    `${row.level === 'exact' ? '' : '≥ '}${(row.levelPpm / 10_000).toFixed(2)} %`,
  ]
}

/** The rows of a table in columns: keys to the left, numbers to the right. */
export function tableText({ by, rows }: Pick<TableForm, 'by' | 'rows'>): string {
  const all = [[...by, 'statistic', 'value', 'from', 'to', 'level'], ...rows.map(cellsOf)]
  const widths = (all[0] ?? []).map((_, at) => Math.max(...all.map((row) => row[at]?.length ?? 0)))
  return all
    .map((row) =>
      row
        .map((text, at) =>
          at <= by.length ? text.padEnd(widths[at] ?? 0) : text.padStart(widths[at] ?? 0),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

/** A released table with what its certificate says. */
export function joinReleaseText(release: JoinRelease, qid: string, proof: JoinProof): string {
  const { certificate } = release
  const { holders, microEpsilon, notCovered } = certificate
  const [left, right] = holders
  return [
    tableText(joinReleaseForm(release)),
    '',
    `Each interval covers the noise of both holders, and nothing else: not ${notCovered.map((one) => limits[one]).join(', ')}.`,
    `Each of ${left} and ${right} was charged an epsilon of ${millionthsText(microEpsilon)} and a delta of ${certificate.deltaUnits} · 10^-15 for each person, for good.`,
    proofText(proof),
    collusionText(certificate),
    `Question ${qid}; plan ${certificate.planHash}.`,
    '',
  ].join('\n')
}
