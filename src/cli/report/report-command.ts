import { Command } from 'commander'
import { reportKinds } from '../../oversight/index.ts'
import type { CliIo } from '../cli-io.ts'
import { declareBreachCommand } from './declare-breach-command.ts'
import { makeReportCommand } from './make-command.ts'
import { printReportCommand } from './print-report-command.ts'
import { verifyReportCommand } from './verify-report-command.ts'

const examples = `
Examples:
  $ cloison report ropa -c tax/cloison.yaml --pdf ropa.pdf
  $ cloison report accounting -c tax/cloison.yaml --from 2026-01-01 --until 2027-01-01 --out accounting.json
  $ echo 'demo-nin 6229916763' | cloison report access -c tax/cloison.yaml --html mine.html
  $ cloison report verify accounting.json --log https://tax.example/log/2026h2
`

/** `cloison report`: reports that write themselves from agreements and log, and that anybody can compute again. */
export function reportCommand(io: CliIo): Command {
  const command = new Command('report')
    .description('Reports that write themselves from agreements and log, with their proofs.')
    .addHelpText('before', examples)
  for (const kind of reportKinds) command.addCommand(makeReportCommand(kind, io))
  return command
    .addCommand(verifyReportCommand(io))
    .addCommand(printReportCommand(io))
    .addCommand(declareBreachCommand(io))
}
