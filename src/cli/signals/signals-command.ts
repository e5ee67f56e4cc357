import { Command } from 'commander'
import type { CliIo } from '../cli-io.ts'
import { decideCommand } from './decide-command.ts'
import { listCommand } from './list-command.ts'
import { rehearseCommand } from './rehearse-command.ts'
import { showCommand } from './show-command.ts'

const examples = `
Examples:
  $ cloison signals list -c tax/cloison.yaml
  $ cloison signals show -c tax/cloison.yaml Zm9vYmFyYmE
  $ cloison signals decide -c tax/cloison.yaml Zm9vYmFyYmE explained
`

/** `cloison signals`: what may be list building, for a person to decide. */
export function signalsCommand(io: CliIo): Command {
  const command = new Command('signals')
    .summary('Shows what may be list building, for a person to decide.')
    .description(
      'Shows what the detectors of a gateway noticed, and writes down what a person makes of it. A signal names entries and a handle of one run, never a person.',
    )
    .addHelpText('before', examples)
    .exitOverride()
    .configureOutput({ writeOut: (text) => io.stdout(text), writeErr: (text) => io.stderr(text) })
    .showSuggestionAfterError()
    .showHelpAfterError('(add --help for examples)')
  for (const make of [listCommand, showCommand, decideCommand, rehearseCommand]) {
    const inner = make(io)
    inner.copyInheritedSettings(command)
    command.addCommand(inner)
  }
  return command
}
