import { Command } from 'commander'
import type { CliIo } from '../cli-io.ts'
import { subjectExportCommand } from './subject-export.ts'

/** The command group `subject`: what a person may have of their own. */
export function subjectCommand(io: CliIo): Command {
  return new Command('subject')
    .summary('what a person may have of their own')
    .addCommand(subjectExportCommand(io))
}
