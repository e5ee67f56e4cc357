import { canonicalBytes } from '../../bytes/index.ts'
import {
  parseRelease,
  type RefusedAnswer,
  type Release,
  type ReleasedAnswer,
  releaseRows,
  millionthsText,
} from '../../population/index.ts'
import { type CliIo, EXIT, type ExitCode } from '../cli-io.ts'

function tableText(release: Release): string {
  const rows = releaseRows(release)
  const head = [...release.query.by, 'statistic', 'value', 'from', 'to', 'level']
  const body = rows.map((row) => [
    ...row.key.map(String),
    row.ppm === null ? row.statistic : `${row.ppm / 10_000} % quantile`,
    row.value ?? 'open',
    row.lower ?? 'open',
    row.upper ?? 'open',
    `${row.level === 'exact' ? '' : '≥ '}${(row.levelPpm / 10_000).toFixed(2)} %`,
  ])
  const widths = head.map((title, at) =>
    Math.max(title.length, ...body.map((row) => (row[at] ?? '').length)),
  )
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, at) =>
        at < release.query.by.length + 1
          ? cell.padEnd(widths[at] ?? 0)
          : cell.padStart(widths[at] ?? 0),
      )
      .join('  ')
      .trimEnd()
  return [head, ...body].map((cells) => line(cells)).join('\n')
}

function releasedText(answer: ReleasedAnswer): string {
  const release = parseRelease(canonicalBytes(answer.release))
  const { certificate, population, snapshot, provider } = release
  const { before, after } = certificate.budget
  return [
    tableText(release),
    '',
    'Each interval covers the noise that was added, and nothing else: not errors of the register, nor people who are not in it.',
    `${certificate.method} noise, epsilon ${millionthsText(certificate.microEpsilon)} for each person; ${population} of ${provider}, as of ${snapshot}.`,
    `Of the population's year ${millionthsText(before)} was spent before, ${millionthsText(after)} after.`,
    `Signed by ${answer.signature.keyId}; question ${answer.exchangeId}.`,
    '',
  ].join('\n')
}

/** How people write what a query has under another name. */
const asWritten: Readonly<Record<string, string>> = {
  microEpsilon: 'epsilon',
  deltaExponent: 'delta',
  'measure.element': 'measure',
}

/** A refusal in a line: its code, the place in the query as people write it, and why. */
export function refusalText({
  code,
  path,
  message,
}: {
  readonly code: string
  readonly path: string
  readonly message: string
}): string {
  const where = path === '' ? '' : ` at ${asWritten[path] ?? path}`
  return `${code}${where}: ${message}`
}

function refusedText(answer: RefusedAnswer): string {
  return `refused: ${refusalText(answer)}\nquestion: ${answer.exchangeId}\n`
}

/** An outcome for people: the table with its intervals, or why there is none. */
export function outcomeText(answer: ReleasedAnswer | RefusedAnswer): string {
  return answer.state === 'released' ? releasedText(answer) : refusedText(answer)
}

const accounts: Readonly<Record<NonNullable<RefusedAnswer['spent']>['account'], string>> = {
  population: "the population's year",
  delta: "the deltas of the population's year",
  agreement: "the agreement's year",
  analyst: "the analyst's share",
}

/** The exit code of an outcome; of a spent budget it says which account is short. */
export function outcomeExit(answer: ReleasedAnswer | RefusedAnswer, io: CliIo): ExitCode {
  if (answer.state === 'released') return EXIT.ok
  if (answer.code !== 'BUDGET_SPENT') return EXIT.refused
  const { spent } = answer
  if (spent !== null)
    io.stderr(`Too little is left of ${accounts[spent.account]}: cloison stats budget says more.\n`)
  return EXIT.exhausted
}
