import { Command } from 'commander'
import { actCommands } from '../agreement/act-command.ts'
import { diffCommand } from '../agreement/diff-command.ts'
import { lintCommand } from '../agreement/lint-command.ts'
import { offerCommand } from '../agreement/offer-command.ts'
import { listCommand } from '../agreement/list-command.ts'
import { newCommand } from '../agreement/new-command.ts'
import { simulateCommand } from '../agreement/simulate-command.ts'
import { showCommand } from '../agreement/show-command.ts'
import { signCommand } from '../agreement/sign-command.ts'
import type { CliIo } from '../cli-io.ts'

const examples = `
Examples:
  $ cloison agreement new -c housing/cloison.yaml --provider tax
  $ cloison agreement lint housing-tax.yaml
  $ cloison agreement sign housing-tax.yaml --key housing/keys/dpo.key -c housing/cloison.yaml
  $ cloison agreement offer housing-tax.v1.json -c housing/cloison.yaml
  $ cloison agreement list -c housing/cloison.yaml
  $ cloison agreement suspend housing-tax -c tax/cloison.yaml --key tax/keys/dpo.key --reason "Audit 12"
`

/** `cloison agreement`: the life of agreements, from the draft to the end. */
export function agreementCommand(io: CliIo): Command {
  const command = new Command('agreement')
    .description('Agreements: draft, check, sign, hand over, watch and end them.')
    .addHelpText('before', examples)
    .showSuggestionAfterError()
  for (const one of [
    newCommand,
    lintCommand,
    signCommand,
    showCommand,
    listCommand,
    diffCommand,
    simulateCommand,
    offerCommand,
    actCommands,
  ].flatMap((make) => make(io))) {
    one.copyInheritedSettings(command)
    command.addCommand(one)
  }
  return command
}
