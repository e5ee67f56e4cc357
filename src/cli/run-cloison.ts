import { Command, CommanderError } from 'commander'
import { useDigests } from '../crypto/index.ts'
import { type CliIo, EXIT } from './cli-io.ts'
import { inheritSettings } from './inherit-settings.ts'

type MakeCommand = (io: CliIo) => Command

/** Each command with what loads it: a call pays only for the command it names. */
const commands: Readonly<Record<string, () => Promise<MakeCommand>>> = {
  demo: async () => (await import('./commands/demo.ts')).demoCommand,
  init: async () => (await import('./commands/init.ts')).initCommand,
  serve: async () => (await import('./commands/serve.ts')).serveCommand,
  agreement: async () => (await import('./commands/agreement.ts')).agreementCommand,
  ask: async () => (await import('./commands/ask.ts')).askCommand,
  key: async () => (await import('./directory/key-command.ts')).keyCommand,
  peer: async () => (await import('./directory/peer-command.ts')).peerCommand,
  register: async () => (await import('./register/register-command.ts')).registerCommand,
  config: async () => (await import('./config/config-command.ts')).configCommand,
  'join-worker': async () => (await import('./commands/join-worker.ts')).joinWorkerCommand,
  cases: async () => (await import('./cases/cases-command.ts')).casesCommand,
  doctor: async () => (await import('./register/doctor-command.ts')).doctorCommand,
  emergency: async () => (await import('./safeguards/emergency-command.ts')).emergencyCommand,
  identity: async () => (await import('./identity/identity-command.ts')).identityCommand,
  notice: async () => (await import('./safeguards/notice-command.ts')).noticeCommand,
  log: async () => (await import('./commands/log.ts')).logCommand,
  reconcile: async () => (await import('./reconcile/reconcile-command.ts')).reconcileCommand,
  signals: async () => (await import('./signals/signals-command.ts')).signalsCommand,
  audit: async () => (await import('./audit/audit-command.ts')).auditCommand,
  subject: async () => (await import('./commands/subject.ts')).subjectCommand,
  report: async () => (await import('./report/report-command.ts')).reportCommand,
  stats: async () => (await import('./stats/stats-command.ts')).statsCommand,
  bench: async () => (await import('./commands/bench.ts')).benchCommand,
  redteam: async () => (await import('./commands/redteam.ts')).redteamCommand,
  consent: async () => (await import('./commands/consent.ts')).consentCommand,
  pages: async () => (await import('./commands/pages.ts')).pagesCommand,
  witness: async () => (await import('./commands/witness.ts')).witnessCommand,
}

function emptyProgram(io: CliIo): Command {
  return new Command('cloison')
    .description('Questions across separate registers, one at a time, each with a trace.')
    .exitOverride()
    .enablePositionalOptions()
    .configureOutput({ writeOut: (text) => io.stdout(text), writeErr: (text) => io.stderr(text) })
    .showSuggestionAfterError()
    .showHelpAfterError('(add --help for examples)')
}

async function programFor(name: string, io: CliIo): Promise<Command> {
  const program = emptyProgram(io)
  const isNamed = Object.hasOwn(commands, name)
  if (isNamed) useDigests((await import('../platform/index.ts')).nativeDigests)
  else program.version((await import('../node/index.ts')).runningVersion)
  for (const load of isNamed ? [commands[name]] : Object.values(commands)) {
    if (load === undefined) continue
    const command = (await load())(io)
    inheritSettings(command, program)
    program.addCommand(command)
  }
  return program
}

/**
 * Runs one call of the command: `argv` as the process has it, program and script first. What is wrong is
 * told on `io`, with its exit code; nothing is thrown.
 */
export async function runCloison(argv: readonly string[], io: CliIo): Promise<void> {
  try {
    const program = await programFor(argv[2] ?? '', io)
    await program.parseAsync(argv)
  } catch (cause) {
    if (cause instanceof CommanderError) {
      io.exit(cause.exitCode === 0 ? EXIT.ok : EXIT.usage)
      return
    }
    io.stderr(`cloison: ${cause instanceof Error ? cause.message : 'unknown failure'}\n`)
    io.exit(EXIT.fault)
  }
}
