import { Command } from 'commander'
import { checkPeerLink, loadConfig } from '../../node/index.ts'
import { type CliIo, EXIT } from '../cli-io.ts'
import { exitOfNode, explainNode } from '../node-failure.ts'

const examples = `
Examples:
  $ cloison peer test tax -c housing/cloison.yaml

Looks at the record, the connection, the clocks, a signature each way, the published log and the agreements
in common. Nothing is asked and no entry is written. Exit codes: 0 all is well, 5 something failed, 2 usage.
`

const marks = { ok: 'ok     ', warning: 'warning', failed: 'FAILED ' } as const

async function run(
  peer: string,
  options: { readonly config: string; readonly json?: true },
  io: CliIo,
): Promise<void> {
  const checks = await checkPeerLink(await loadConfig(options.config), peer)
  if (options.json === true) io.stdout(`${JSON.stringify({ peer, checks })}\n`)
  else
    for (const { name, state, says } of checks)
      io.stdout(`${marks[state]} ${name.padEnd(10)} ${says}\n`)
  if (checks.some(({ state }) => state === 'failed')) io.exit(EXIT.unavailable)
}

/** `cloison peer test`: whether the two gateways understand each other. */
export function peerTestCommand(io: CliIo): Command {
  return new Command('test')
    .description('Tries the way to a peer, without asking anything.')
    .addHelpText('before', examples)
    .argument('<peer>', 'its id')
    .requiredOption('-c, --config <file>', "the own gateway's YAML file")
    .option('--json', 'as JSON')
    .action(async (peer: string, options: { config: string; json?: true }) => {
      try {
        await run(peer, options, io)
      } catch (cause) {
        io.stderr(`cloison peer test: ${explainNode(cause)}\n`)
        io.exit(exitOfNode(cause))
      }
    })
}
