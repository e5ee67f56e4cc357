import { Command } from 'commander'
import type { CliIo } from '../cli-io.ts'
import { peerAddCommand } from './peer-add-command.ts'
import { peerEnrolCommand } from './peer-enrol-command.ts'
import { peerListCommand } from './peer-list-command.ts'
import { peerPseudonymCommand } from './peer-pseudonym-command.ts'
import { peerTestCommand } from './peer-test-command.ts'

const examples = `
Examples:
  $ cloison peer add tax/directory.json -c housing/cloison.yaml
  $ cloison peer test tax -c housing/cloison.yaml
  $ cloison peer list -c housing/cloison.yaml
`

/** `cloison peer`: other organisations, as their directory records have them. */
export function peerCommand(io: CliIo): Command {
  return new Command('peer')
    .description('Other organisations and their gateways.')
    .addHelpText('before', examples)
    .addCommand(peerAddCommand(io))
    .addCommand(peerTestCommand(io))
    .addCommand(peerListCommand(io))
    .addCommand(peerPseudonymCommand(io))
    .addCommand(peerEnrolCommand(io))
}
