import { Command } from 'commander'
import { startCaseServer } from '../../node/index.ts'
import type { CliIo } from '../cli-io.ts'
import { exitOfNode, explainNode } from '../node-failure.ts'
import { untilSignal } from '../until-signal.ts'

const examples = `
Examples:
  $ cloison cases serve -c cases.yaml

Run it as another user than the gateway, or on another machine behind a server with TLS: then nobody who runs
the gateway can reach the key that signs cases. The gateway asks it with "cases: {kind: http, url, token_file}".
`

/** `cloison cases serve`: a case source apart from any gateway. */
export function casesServeCommand(io: CliIo): Command {
  return new Command('serve')
    .summary('Runs a case source apart from the gateway.')
    .description(
      'Vouches for cases over HTTP, with a key that no gateway can read, until it is stopped.',
    )
    .addHelpText('before', examples)
    .requiredOption('-c, --config <file>', "the case source's YAML file")
    .action(async (options: { config: string }) => {
      try {
        await using running = await startCaseServer(options.config)
        const stopped = untilSignal()
        const { port } = running
        io.stdout(`${JSON.stringify({ event: 'listening', port, pid: process.pid })}\n`)
        await stopped
      } catch (cause) {
        io.stderr(`cloison cases serve: ${explainNode(cause)}\n`)
        io.exit(exitOfNode(cause))
      }
    })
}
