import { setTimeout as wait } from 'node:timers/promises'
import { Command } from 'commander'
import { parsePolicy, parseVerifierKeys } from '../../log/verify/index.ts'
import {
  type LogFinding,
  type ReportFile,
  type VerifiedReport,
  verifyAgainstLog,
  verifyReport,
} from '../../oversight/index.ts'
import { undiciHttpClient } from '../../platform/index.ts'
import { type CliIo, EXIT, type ExitCode } from '../cli-io.ts'
import { checkLogFolder, folderSource, urlSource } from '../log-source.ts'
import { nodeAlgorithms } from '../node-algorithms.ts'
import { readReport, type TrustedFiles } from './read-report.ts'
import { runReport } from './run-report.ts'

const examples = `
Examples:
  $ cloison report verify ropa.json
  $ cloison report verify ropa.json --log ./kept/tax/log
  $ cloison report verify integrity.json --log https://tax.example/log/2026h2 --vkeys vkeys.txt --policy policy.txt --json

By itself a report proves that its public entries are in the log and that every figure follows from them. With
--log the whole log is verified besides, and an entry that the report left out is found.
Exit codes: 0 it holds, 1 fault, 2 usage, 3 it does not hold, 5 the log cannot be reached.
`

interface Flags extends TrustedFiles {
  readonly log?: readonly string[]
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
    strict: !isUrl,
    ...nodeAlgorithms(),
    settle: () => wait(settleMs),
  })
}

function sentences(
  file: ReportFile,
  verified: VerifiedReport,
  logs: readonly LogFinding[],
): string {
  const { entries, exchanges, agreement, chain } = verified.figures
  const all = entries + exchanges + agreement + chain
  const lines = [
    `${file.report} of ${file.organisation} holds: ${all} figures computed again from ${file.evidence.entries.length} proven public entries${file.evidence.person === null ? '' : ' and one whole chain'}.`,
  ]
  if (exchanges > 0)
    lines.push(
      `${exchanges} of them count exchange entries, which the organisation alone has opened: they add up; that each was counted rightly, an inspector checks who may open the records.`,
    )
  for (const { origin, size, madeBy } of logs) {
    const by =
      madeBy === undefined
        ? 'The log does not name this report (yet).'
        : `Entry ${madeBy} of the log names this very report.`
    lines.push(`${origin}: no public entry of ${size} that belongs into it was left out. ${by}`)
  }
  if (logs.length === 0)
    lines.push('That no public entry was left out only the log shows: give it with --log.')
  return `${lines.join('\n')}\n`
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
  const { report, organisation } = file
  const found = { ok: true, report, organisation, figures: verified.figures, logs }
  io.stdout(flags.json === true ? `${JSON.stringify(found)}\n` : sentences(file, verified, logs))
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
    .option('--vkeys <file>', 'keys of logs and witnesses (default: those in the report)')
    .option('--policy <file>', 'which witnesses must cosign (default: the one in the report)')
    .option('--json', 'print what was found as JSON')
    .action(async (name: string, flags: Flags) =>
      io.exit(await runReport('verify', io, () => verify(name, flags, io))),
    )
}
