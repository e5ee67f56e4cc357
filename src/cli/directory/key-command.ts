import { Command } from 'commander'
import type { CliIo } from '../cli-io.ts'
import { keyListCommand } from './key-list-command.ts'
import { keyNewCommand } from './key-new-command.ts'
import { keyRenewCommand } from './key-renew-command.ts'
import { keyRevokeCommand } from './key-revoke-command.ts'

const examples = `
Examples:
  $ cloison key list -c tax/cloison.yaml
  $ cloison key rotate gateway -c cloison.yaml --root-key /media/root/root.key
  $ cloison key revoke tax/gateway/1a2b3c4d -c cloison.yaml --root-key /media/root/root.key
`

/** `cloison key`: the keys of the own organisation, as its directory record lists them. */
export function keyCommand(io: CliIo): Command {
  return new Command('key')
    .description('The own keys: each change is a new version of the directory record.')
    .addHelpText('before', examples)
    .addCommand(keyListCommand(io))
    .addCommand(keyNewCommand(io, 'new'))
    .addCommand(keyNewCommand(io, 'rotate'))
    .addCommand(keyRevokeCommand(io))
    .addCommand(keyRenewCommand(io))
}
