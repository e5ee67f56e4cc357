import { Command } from 'commander'
import type { CliIo } from '../../cli-io.ts'
import { joinPreviewCommand } from './join-preview-command.ts'
import { joinResultCommand } from './join-result-command.ts'
import { joinRunCommand } from './join-run-command.ts'

const examples = `
Examples:
  $ cloison stats join preview -c statistics/cloison.yaml --question need.json
  $ cloison stats join run -c statistics/cloison.yaml --question need.json
  $ cloison stats join result -c statistics/cloison.yaml
`

/** The command group `stats join`: tables over two registers that nobody joins. */
export function joinCommand(io: CliIo): Command {
  return new Command('join')
    .description('Tables over two registers: who is in both stays unknown to everybody.')
    .addHelpText('before', examples)
    .addCommand(joinPreviewCommand(io))
    .addCommand(joinRunCommand(io))
    .addCommand(joinResultCommand(io))
}
