import { setTimeout as wait } from 'node:timers/promises'
import { Command } from 'commander'
import { parsePolicy, parseVerifierKeys } from '../../log/verify/index.ts'
import {
  type CountFinding,
  type LogFinding,
  type ReportFile,
  type VerifiedReport,
  verifyAgainstLog,
  verifyCounts,
  verifyReport,
} from '../../oversight/index.ts'
import { undiciHttpClient } from '../../platform/index.ts'
import { type CliIo, EXIT, type ExitCode } from '../cli-io.ts'
import { checkLogFolder, folderSource, urlSource } from '../log-source.ts'
import { nodeAlgorithms } from '../node-algorithms.ts'
import { bundlesAt } from '../reconcile/bundle-source.ts'
import { readReport, type TrustedFiles } from './read-report.ts'
import { runReport } from './run-report.ts'

const examples = `
Examples:
  $ cloison report verify ropa.json
  $ cloison report verify ropa.json --log ./kept/tax/log
  $ cloison report verify integrity.json --log https://tax.example/log/2026h2 --vkeys vkeys.txt --policy policy.txt --json
  $ cloison report verify accounting.json --log ./kept/tax/log --bundle tax.jsonl

By itself a report proves that its public entries are in the log and that every figure follows from them. With
--log the whole log is verified besides, and an entry that the report left out is found. With --bundle, which
"cloison log export" gives an inspector, exchanges are counted again from their opened records.
Exit codes: 0 it holds, 1 fault, 2 usage, 3 it does not hold, 5 the log cannot be reached.
`

interface Flags extends TrustedFiles {
  readonly log?: readonly string[]
  readonly bundle?: readonly string[]
  readonly json?: true
}

/** Longer than a gateway needs to publish what it has begun to publish. */
const settleMs = 1500

async function holdAgainst(
  target: string,
  file: ReportFile,
  verified: VerifiedReport,
): Promise<LogFinding> {
  const isUrl = /^https?:\/\//.test(target)
  if (!isUrl) checkLogFolder(target)
  await using http = undiciHttpClient()
  const source = isUrl ? urlSource(target, http) : folderSource(target)
  const { vkeys, policy } = file.evidence
  return await verifyAgainstLog(file, verified, source, {
    keys: parseVerifierKeys(vkeys),
    policy: parsePolicy(policy),
    // What nobody known has signed is no matter of the report; `log verify` looks at every line.
    strict: false,
    ...nodeAlgorithms(),
    settle: () => wait(settleMs),
  })
}

function bundleWords(
  { figures: { exchanges } }: VerifiedReport,
  counts: CountFinding | undefined,
): readonly string[] {
  if (exchanges === 0) return []
  if (counts !== undefined)
    return [
      `${exchanges} of them count exchanges: counted again from ${counts.counted} entries of the period, of which ${counts.erased} are erased.`,
    ]
  return [
    `${exchanges} of them count exchanges, whose records the organisation alone opens: they follow from its rows. An inspector counts them again with --bundle.`,
  ]
}

function logWords(logs: readonly LogFinding[]): readonly string[] {
  if (logs.length === 0)
    return ['That no public entry was left out only the log shows: give it with --log.']
  return logs.map(({ origin, size, madeBy }) => {
    const by =
      madeBy === undefined
        ? 'The log does not name this very report.'
        : `Entry ${madeBy} of the log names this very report.`
    return `${origin}: of ${size} entries, none that belongs into it was left out. ${by}`
  })
}

interface Found {
  readonly verified: VerifiedReport
  readonly logs: readonly LogFinding[]
  readonly counts: CountFinding | undefined
}

function sentences(file: ReportFile, { verified, logs, counts }: Found): string {
  const { entries, exchanges, agreement, chain } = verified.figures
  const all = entries + exchanges + agreement + chain
  const { evidence, organisation, report } = file
  const whole = evidence.person === null ? '' : ' and one whole chain'
  const first = `${report} of ${organisation} holds: ${all} figures computed again from ${evidence.entries.length} proven public entries${whole}.`
  return `${[first, ...bundleWords(verified, counts), ...logWords(logs)].join('\n')}\n`
}

async function recount(
  file: ReportFile,
  verified: VerifiedReport,
  places: readonly string[] | undefined,
): Promise<CountFinding | undefined> {
  if (places === undefined) return undefined
  const { vkeys, policy } = file.evidence
  const trust = {
    keys: parseVerifierKeys(vkeys),
    policy: parsePolicy(policy),
    ...nodeAlgorithms(),
  }
  return await verifyCounts(file, verified, places.flatMap(bundlesAt), trust)
}

async function verify(name: string, flags: Flags, io: CliIo): Promise<ExitCode> {
  const file = await readReport(name, flags)
  if (flags.vkeys === undefined || flags.policy === undefined) {
    io.stderr(
      'The keys come from the report itself; name the ones you trust with --vkeys and --policy.\n',
    )
  }
  const verified = verifyReport(file, nodeAlgorithms())
  const logs: LogFinding[] = []
  for (const target of flags.log ?? []) logs.push(await holdAgainst(target, file, verified))
  const counts = await recount(file, verified, flags.bundle)
  const { report, organisation } = file
  const { figures } = verified
  const found = { ok: true, report, organisation, figures, logs, counts: counts ?? null }
  io.stdout(
    flags.json === true
      ? `${JSON.stringify(found)}\n`
      : sentences(file, { verified, logs, counts }),
  )
  return EXIT.ok
}

/** `cloison report verify`: computes every figure of a report again, offline or against the log. */
export function verifyReportCommand(io: CliIo): Command {
  return new Command('verify')
    .summary('Computes every figure of a report again, and says what does not hold.')
    .description('Computes every figure of a report again from its proofs, or against the log.')
    .addHelpText('before', examples)
    .argument('<file>', 'the JSON file of a report')
    .option('--log <target...>', 'folder or URL of the log; of each, where there are several')
    .option('--bundle <target...>', 'bundle of the log with its records opened, for an inspector')
    .option('--vkeys <file>', 'keys of logs and witnesses (default: those in the report)')
    .option('--policy <file>', 'which witnesses must cosign (default: the one in the report)')
    .option('--json', 'print what was found as JSON')
    .action(async (name: string, flags: Flags) =>
      io.exit(await runReport('verify', io, () => verify(name, flags, io))),
    )
}
