import { Command } from 'commander'
import { verifyReport } from '../../oversight/index.ts'
import { type CliIo, EXIT } from '../cli-io.ts'
import { nodeAlgorithms } from '../node-algorithms.ts'
import { readReport, type TrustedFiles } from './read-report.ts'
import { runReport } from './run-report.ts'
import { type ReportOutputs, withOutputs, writeReport } from './write-report.ts'

const examples = `
Examples:
  $ cloison report print ropa.json
  $ cloison report print ropa.json --html ropa.html --pdf ropa.pdf --language es

What is printed is computed again from the proofs in the file; needs no gateway.
Exit codes: 0 printed, 1 fault, 2 usage, 3 the report does not hold.
`

/** `cloison report print`: a report that was kept as JSON, as text, HTML or PDF. */
export function printReportCommand(io: CliIo): Command {
  const command = new Command('print')
    .summary('Prints a report that was kept as JSON: as text, HTML or PDF, in any language.')
    .description('Verifies a report that was kept as JSON, and prints it as text, HTML or PDF.')
    .addHelpText('before', examples)
    .argument('<file>', 'the JSON file of a report')
    .option('--vkeys <file>', 'keys of logs and witnesses (default: those in the report)')
    .option('--policy <file>', 'which witnesses must cosign (default: the one in the report)')
  return withOutputs(command).action(async (name: string, flags: ReportOutputs & TrustedFiles) =>
    io.exit(
      await runReport('print', io, async () => {
        const file = await readReport(name, flags)
        await writeReport(file, verifyReport(file, nodeAlgorithms()).content, flags, io)
        return EXIT.ok
      }),
    ),
  )
}
