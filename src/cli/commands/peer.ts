import { Command } from 'commander'
import type { CliIo } from '../cli-io.ts'
import { peerAddCommand } from './peer-add.ts'

/** `cloison peer`: other organisations, as their directory records have them. */
export function peerCommand(io: CliIo): Command {
  return new Command('peer')
    .description('Other organisations and their gateways.')
    .addCommand(peerAddCommand(io))
}
