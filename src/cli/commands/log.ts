import { Command } from 'commander'
import type { CliIo } from '../cli-io.ts'
import { logVerifyCommand } from './log-verify.ts'

/** `cloison log`: reads and verifies logs; needs no gateway. */
export function logCommand(io: CliIo): Command {
  return new Command('log')
    .description('Verifies a log of a folder or a URL, without trusting anyone.')
    .addCommand(logVerifyCommand(io))
}
