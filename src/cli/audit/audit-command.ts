import { Command } from 'commander'
import type { CliIo } from '../cli-io.ts'
import { commitCommand } from './commit-command.ts'
import { drawCommand } from './draw-command.ts'
import { joinAuditCommand } from './join/join-audit-command.ts'
import { verifyCommand } from './verify-command.ts'

const examples = `
Examples:
  $ cloison audit commit -c tax/cloison.yaml --nonce-file draw-1.json
  $ cloison audit draw -c tax/cloison.yaml --nonce-file draw-1.json
  $ cloison audit verify https://tax.example/log/2026h2
  $ cloison audit join list -c inspector/cloison.yaml
`

/** `cloison audit`: random draws of entries that nobody can steer. */
export function auditCommand(io: CliIo): Command {
  const command = new Command('audit')
    .summary('Draws entries for audit at random, in a way that nobody can steer, and audits joins.')
    .description(
      'Audits joins; and draws entries at random: the inspector commits to a nonce, a later cosigned checkpoint is fixed, the nonce is revealed. Anybody can check which entries were drawn.',
    )
    .addHelpText('before', examples)
    .exitOverride()
    .configureOutput({ writeOut: (text) => io.stdout(text), writeErr: (text) => io.stderr(text) })
    .showSuggestionAfterError()
    .showHelpAfterError('(add --help for examples)')
  for (const make of [commitCommand, drawCommand, verifyCommand, joinAuditCommand]) {
    const inner = make(io)
    inner.copyInheritedSettings(command)
    command.addCommand(inner)
  }
  return command
}
