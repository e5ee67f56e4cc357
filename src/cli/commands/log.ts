import { Command } from 'commander'
import type { CliIo } from '../cli-io.ts'
import { logCloseCommand } from './log-close.ts'
import { logMonitorCommand } from './log-monitor.ts'
import { logExportCommand } from './log-export.ts'
import { logEraseCommand } from './log-erase.ts'
import { logVerifyCommand } from './log-verify.ts'

const examples = `
Examples:
  $ cloison log verify https://tax.example/log/2026h2 --vkeys vkeys.txt --policy policy.txt
  $ cloison log monitor https://tax.example/log/2026h2 --policy policy.txt
  $ cloison log export -c tax/cloison.yaml --to inspector --out tax.jsonl
`

/** `cloison log`: verifies logs, without a gateway; closes an organisation's own and erases its records. */
export function logCommand(io: CliIo): Command {
  return new Command('log')
    .description(
      'Verifies logs, without trusting anyone; ends the log of an own gateway, erases its records, and makes bundles of it for an inspector.',
    )
    .addHelpText('before', examples)
    .addCommand(logVerifyCommand(io))
    .addCommand(logMonitorCommand(io))
    .addCommand(logExportCommand(io))
    .addCommand(logCloseCommand(io))
    .addCommand(logEraseCommand(io))
}
