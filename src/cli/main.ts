#!/usr/bin/env node
import { Command, CommanderError } from 'commander'
import { runningVersion } from '../node/index.ts'
import { processIo } from './cli-io.ts'
import { askCommand } from './commands/ask.ts'
import { demoCommand } from './commands/demo.ts'
import { logCommand } from './commands/log.ts'
import { serveCommand } from './commands/serve.ts'
import { witnessCommand } from './commands/witness.ts'

const io = processIo()
const program = new Command('cloison')
  .description('Questions across separate registers, one at a time, each with a trace.')
  .version(runningVersion)
  .exitOverride()
  .configureOutput({ writeOut: (text) => io.stdout(text), writeErr: (text) => io.stderr(text) })
  .showSuggestionAfterError()
  .showHelpAfterError('(add --help for examples)')

for (const command of [
  demoCommand(io),
  serveCommand(io),
  askCommand(io),
  logCommand(io),
  witnessCommand(io),
]) {
  command.copyInheritedSettings(program)
  program.addCommand(command)
}

try {
  await program.parseAsync(process.argv)
} catch (cause) {
  if (cause instanceof CommanderError) {
    const shown = cause.code === 'commander.helpDisplayed' || cause.code === 'commander.version'
    io.exit(shown || cause.exitCode === 0 ? 0 : 2)
  } else {
    io.stderr(`cloison: ${cause instanceof Error ? cause.message : 'unknown failure'}\n`)
    io.exit(1)
  }
}
