import { Command } from 'commander'
import { loadConfig, type RunningNode, startNode } from '../../node/index.ts'
import type { CliIo } from '../cli-io.ts'
import { exitOfNode, explainNode } from '../node-failure.ts'
import { untilSignal } from '../until-signal.ts'

const examples = `
Examples:
  $ cloison serve -c tax/cloison.yaml
  $ cloison serve --config /etc/cloison/cloison.yaml
`

/** Runs until a signal asks it to stop, or its writer fails: then the process ends at once. */
async function runUntilEnd(
  running: RunningNode,
  stopped: Promise<'stopped'>,
  io: CliIo,
): Promise<void> {
  const end = await Promise.race([stopped, running.failed])
  if (end === 'stopped') return
  io.stderr(`cloison serve: ${explainNode(end)}\n`)
  // Nothing is known about the disk any more; what has not been answered is not answered.
  process.exit(exitOfNode(end))
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
          io.stderr(`cloison serve: ${job}: ${explainNode(cause)}\n`),
        )
        const { publicPort: port, adminPort } = running
        // Before it is told that the gateway listens: who reads that may stop it at once.
        const stopped = untilSignal()
        io.stdout(`${JSON.stringify({ event: 'listening', port, adminPort, pid: process.pid })}\n`)
        await runUntilEnd(running, stopped, io)
      } catch (cause) {
        io.stderr(`cloison serve: ${explainNode(cause)}\n`)
        io.exit(exitOfNode(cause))
      }
    })
}
