import { Command } from 'commander'
import type { CliIo } from '../cli-io.ts'
import { budgetCommand } from './budget-command.ts'
import { joinCommand } from './join/join-command.ts'
import { previewCommand } from './preview-command.ts'
import { resultCommand } from './result-command.ts'
import { runCommand } from './run-command.ts'

const examples = `
Examples:
  $ cloison stats preview -c statistics/cloison.yaml --agreement tax-tables --query hours.json
  $ cloison stats run -c statistics/cloison.yaml --agreement tax-tables --query hours.json
  $ cloison stats join run -c statistics/cloison.yaml --question need.json
  $ cloison stats budget -c statistics/cloison.yaml --agreement tax-tables
`

/** The command group `stats`: tables about a population, without anybody in them. */
export function statsCommand(io: CliIo): Command {
  return new Command('stats')
    .description('Tables about a population, with noise that hides every person.')
    .addHelpText('before', examples)
    .addCommand(previewCommand(io))
    .addCommand(runCommand(io))
    .addCommand(resultCommand(io))
    .addCommand(joinCommand(io))
    .addCommand(budgetCommand(io))
}
