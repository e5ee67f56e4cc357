import { Command, InvalidArgumentError } from 'commander'
import type { Json } from '../../bytes/index.ts'
import {
  type ReportFile,
  reportFileSchema,
  type ReportKind,
  reportLaws,
  reportTopics,
  verifyReport,
} from '../../oversight/index.ts'
import { withAdmin } from '../admin-client.ts'
import { type CliIo, EXIT, type ExitCode } from '../cli-io.ts'
import { nodeAlgorithms } from '../node-algorithms.ts'
import { readSubject, UsageError } from '../read-subject.ts'
import { type ReportOutputs, withOutputs, writeReport } from './write-report.ts'
import { runReport } from './run-report.ts'

interface Flags extends ReportOutputs {
  readonly config: string
  readonly from?: number
  readonly until?: number
  readonly agreement?: string
  readonly agreementVersion: number
  readonly subjectFile?: string
  readonly scheme?: string
}

/** What each report is, in one sentence. */
const summaries: Readonly<Record<ReportKind, string>> = {
  accounting:
    'Accounting of disclosures: to whom, why, how often; of one person each with its date.',
  matching: 'Every agreement in the words of 552a(o), and the public register of them.',
  integrity: 'The yearly report on data integrity: programs, refusals, alarms, acts.',
  ropa: 'The record of processing activities: one for each agreement.',
  access: 'What one person is told who asks what is done with data about them.',
  notice: 'Notices on data that another body gives, one for each agreement.',
  'fan-out': 'The earlier recipients whom a correction about one person is told to.',
  dpia: 'What an impact assessment begins with: description, necessity, risks, measures, use.',
  'breach-scope': 'How many were exposed by the breaches that were declared; never who.',
}

const limits = { timeoutMs: 600_000, maxResponseBytes: 1_073_741_824 }
const yearMs = 365 * 86_400_000

function parseTime(text: string): number {
  const isTime = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{3})?)?Z)?$/.test(text)
  const ms = Date.parse(text)
  if (isTime && Number.isFinite(ms)) return ms
  throw new InvalidArgumentError(
    'It must be a day, as 2026-01-31, or a time, as 2026-01-31T08:00Z.',
  )
}

/** Reads a day or a time in UTC, for an option of a command. */
export const timeOption: (text: string) => number = parseTime

function parseVersion(text: string): number {
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('It must be the number of a version, as in 1.')
}

function organisationWish(report: ReportKind, flags: Flags, nowMs: number): Json {
  const untilMs = flags.until ?? nowMs
  const fromMs = flags.from ?? untilMs - yearMs
  if (fromMs >= untilMs) throw new UsageError('--from must be before --until.')
  const { agreement: id, agreementVersion: version } = flags
  return { v: 1, report, fromMs, untilMs, agreement: id === undefined ? null : { id, version } }
}

async function fetchReport(report: ReportKind, flags: Flags, io: CliIo): Promise<ReportFile> {
  const { config, subjectFile, scheme } = flags
  if (subjectFile === undefined) {
    const body = organisationWish(report, flags, io.now())
    const answer = await withAdmin(config, (call) => call('/v1/reports', body), limits)
    return reportFileSchema.parse(answer)
  }
  const subject = await readSubject(subjectFile, scheme)
  const body = { v: 1, report, subject: { scheme: subject.scheme, value: subject.value } }
  const terms = { ...limits, role: 'disclose' } as const
  const answer = await withAdmin(config, (call) => call('/v1/subject-reports', body), terms)
  return reportFileSchema.parse(answer)
}

async function make(report: ReportKind, flags: Flags, io: CliIo): Promise<ExitCode> {
  const file = await fetchReport(report, flags, io)
  const { content } = verifyReport(file, nodeAlgorithms())
  await writeReport(file, content, flags, io)
  return EXIT.ok
}

function examplesOf(report: ReportKind): string {
  const person = `  $ echo 'demo-nin 6229916763' | cloison report ${report} -c tax/cloison.yaml --subject-file - --pdf mine.pdf\n`
  const own = [
    `  $ cloison report ${report} -c tax/cloison.yaml\n`,
    `  $ cloison report ${report} -c tax/cloison.yaml --from 2026-01-01 --until 2027-01-01 --out ${report}.json --pdf ${report}.pdf\n`,
    `  $ cloison report ${report} -c tax/cloison.yaml --agreement rent-income --html ${report}.html --language fr\n`,
  ].join('')
  const topic = reportTopics[report]
  const lines = topic === 'person' ? person : topic === 'either' ? `${own}${person}` : own
  return `
Examples:
${lines}
The gateway must be running. Times are in UTC; without them the report is of the last 365 days.
Exit codes: 0 made, 1 fault, 2 usage, 3 what the gateway gave does not hold, 4 refused, 5 the gateway is not there or not published yet.
`
}

/** One report as a command: made by the own gateway, verified, and written. */
export function makeReportCommand(report: ReportKind, io: CliIo): Command {
  const topic = reportTopics[report]
  const command = new Command(report)
    .summary(summaries[report])
    .description(`${summaries[report]} (${reportLaws[report].join(', ')})`)
    .addHelpText('before', examplesOf(report))
    .requiredOption('-c, --config <file>', "the gateway's YAML file")
  if (topic !== 'person') {
    command
      .option('--from <time>', 'first day or time (default: 365 days before the end)', parseTime)
      .option('--until <time>', 'day or time that is not in it any more (default: now)', parseTime)
      .option('--agreement <id>', 'of one agreement alone')
      .option('--agreement-version <number>', 'its version', parseVersion, 1)
  }
  if (topic === 'person') {
    const words = 'scheme and identifier of the person; - for standard input'
    command.option('--subject-file <file>', words, '-')
  } else if (topic === 'either') {
    command.option('--subject-file <file>', 'of one person: scheme and identifier; - for input')
  }
  if (topic !== 'organisation')
    command.option('--scheme <name>', 'the scheme, where the file has the identifier alone')
  return withOutputs(command).action(async (flags: Flags) =>
    io.exit(await runReport(report, io, () => make(report, flags, io))),
  )
}
