import { Command } from 'commander'
import type { CliIo } from '../cli-io.ts'
import { openCommand, openShareCommand } from './open-commands.ts'
import { requestCommand } from './request-command.ts'
import { sealKeyCommand } from './seal-key-command.ts'

/** The command group `identity`: who an official was, opened by two holders after an entry. */
export function identityCommand(io: CliIo): Command {
  return new Command('identity')
    .description('Who an official was at one entry: opened by an entry and two keys.')
    .addCommand(sealKeyCommand(io))
    .addCommand(requestCommand(io))
    .addCommand(openShareCommand(io))
    .addCommand(openCommand(io))
}
