import { Command } from 'commander'
import type { CliIo } from '../cli-io.ts'
import { requestsCommand } from '../requests/requests-command.ts'
import { restrictCommand } from '../safeguards/restrict-command.ts'
import { subjectExportCommand } from './subject-export.ts'

const examples = `
Examples:
  $ cloison subject export -c tax/cloison.yaml --subject-file person.txt --out mine.json
  $ cloison subject restrict -c tax/cloison.yaml --subject-file person.txt
  $ cloison subject requests list -c tax/cloison.yaml
`

/** The command group `subject`: what one person is entitled to. */
export function subjectCommand(io: CliIo): Command {
  return new Command('subject')
    .description('What one person is entitled to: their entries, a restriction, their requests.')
    .addHelpText('before', examples)
    .addCommand(subjectExportCommand(io))
    .addCommand(restrictCommand(io))
    .addCommand(requestsCommand(io))
}
