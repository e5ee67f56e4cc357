import { Command } from 'commander'
import type { CliIo } from '../cli-io.ts'
import { openCommand, openShareCommand } from './open-commands.ts'
import { requestCommand } from './request-command.ts'
import { sealKeyCommand } from './seal-key-command.ts'

const examples = `
Examples:
  $ cloison identity seal-key --out /media/stick/sealing.key
  $ cloison identity request -c housing/cloison.yaml --entry 4711 --case DPI-2026-17 --reason-file why.txt --out request.json
  $ cloison identity open request.json --log copied/log --key /media/stick/sealing.key --share share.json
`

/** The command group `identity`: who an official was, opened by two holders after an entry. */
export function identityCommand(io: CliIo): Command {
  return new Command('identity')
    .description('Who an official was at one entry: opened by an entry and two keys.')
    .addHelpText('before', examples)
    .addCommand(sealKeyCommand(io))
    .addCommand(requestCommand(io))
    .addCommand(openShareCommand(io))
    .addCommand(openCommand(io))
}
