import { Command } from 'commander'
import { loadConfig, pseudonymAt } from '../../node/index.ts'
import type { CliIo } from '../cli-io.ts'
import { exitOfNode, explainNode } from '../node-failure.ts'

const examples = `
Examples:
  $ cloison peer pseudonym tax official-1 -c housing/cloison.yaml

Give it to the provider, which enrols it: cloison peer enrol housing PSEUDONYM -c cloison.yaml
`

/** `cloison peer pseudonym`: what a provider knows an official by. */
export function peerPseudonymCommand(io: CliIo): Command {
  return new Command('pseudonym')
    .summary('Prints what a peer knows an official of one’s own by.')
    .description(
      'Prints the pseudonym of an official towards one peer: always the same there, another elsewhere.',
    )
    .addHelpText('before', examples)
    .argument('<peer>', 'the peer that will answer')
    .argument('<official>', "the official's id in the case system")
    .requiredOption('-c, --config <file>', "the own gateway's YAML file")
    .action(async (peer: string, official: string, options: { config: string }) => {
      try {
        io.stdout(`${await pseudonymAt(await loadConfig(options.config), peer, official)}\n`)
      } catch (cause) {
        io.stderr(`cloison peer pseudonym: ${explainNode(cause)}\n`)
        io.exit(exitOfNode(cause))
      }
    })
}
