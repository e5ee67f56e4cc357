import { Command } from 'commander'
import { LogError } from '../../log/index.ts'
import {
  loadConfig,
  NodeError,
  type RunningNode,
  startNode,
  tamperingCodes,
} from '../../node/index.ts'
import { RegisterError } from '../../register/index.ts'
import { StorageError } from '../../storage/sqlite/index.ts'
import { type CliIo, EXIT, type ExitCode } from '../cli-io.ts'

const examples = `
Examples:
  $ cloison serve -c tax/cloison.yaml
  $ cloison serve --config /etc/cloison/cloison.yaml
`

function explain(cause: unknown): string {
  const known =
    cause instanceof NodeError ||
    cause instanceof StorageError ||
    cause instanceof LogError ||
    cause instanceof RegisterError
  if (known) return `${cause.code}: ${cause.message}`
  if (isInUse(cause))
    return 'Another program listens on a configured address; stop it or change "listen".'
  return cause instanceof Error ? cause.message : 'unknown failure'
}

function isInUse(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === 'EADDRINUSE'
}

const usageCodes = ['CONFIG_UNREADABLE', 'CONFIG_INVALID', 'DEMO_PEER_REFUSED']

/** A mistake in the file is the caller's, a log that was put back is evidence; the rest are faults. */
function exitOf(cause: unknown): ExitCode {
  if (!(cause instanceof NodeError)) return EXIT.fault
  if (tamperingCodes.includes(cause.code)) return EXIT.tampering
  return usageCodes.includes(cause.code) ? EXIT.usage : EXIT.fault
}

function untilSignal(): Promise<'stopped'> {
  return new Promise((resolve) => {
    process.once('SIGTERM', () => resolve('stopped'))
    process.once('SIGINT', () => resolve('stopped'))
  })
}

/** Runs until a signal asks it to stop, or its writer fails: then the process ends at once. */
async function runUntilEnd(
  running: RunningNode,
  stopped: Promise<'stopped'>,
  io: CliIo,
): Promise<void> {
  const end = await Promise.race([stopped, running.failed])
  if (end === 'stopped') return
  io.stderr(`cloison serve: ${explain(end)}\n`)
  // Nothing is known about the disk any more; what has not been answered is not answered.
  process.exit(exitOf(end))
}

/** `cloison serve`: one organisation's gateway in the foreground. */
export function serveCommand(io: CliIo): Command {
  return new Command('serve')
    .description("Runs one organisation's gateway until it is stopped.")
    .addHelpText('before', examples)
    .requiredOption('-c, --config <file>', "the gateway's YAML file")
    .action(async (options: { config: string }) => {
      try {
        const loaded = await loadConfig(options.config)
        await using running = await startNode(loaded, (job, cause) =>
          io.stderr(`cloison serve: ${job}: ${explain(cause)}\n`),
        )
        const { publicPort: port, adminPort } = running
        // Before it is told that the gateway listens: who reads that may stop it at once.
        const stopped = untilSignal()
        io.stdout(`${JSON.stringify({ event: 'listening', port, adminPort, pid: process.pid })}\n`)
        await runUntilEnd(running, stopped, io)
      } catch (cause) {
        io.stderr(`cloison serve: ${explain(cause)}\n`)
        io.exit(exitOf(cause))
      }
    })
}
