import { Command } from 'commander'
import { enrolOfficials } from '../../node/index.ts'
import type { CliIo } from '../cli-io.ts'
import { exitOfNode, explainNode } from '../node-failure.ts'

const examples = `
Examples:
  $ cloison peer enrol housing GHkQ2_wYzR0mJ8cV1nB5tA -c tax/cloison.yaml

The pseudonym comes from the peer: cloison peer pseudonym tax official-1 -c cloison.yaml
`

/** `cloison peer enrol`: lets officials of a peer ask. */
export function peerEnrolCommand(io: CliIo): Command {
  return new Command('enrol')
    .summary('Lets officials of a peer ask here.')
    .description('Enrols officials of a peer by their pseudonyms; nobody else of it may ask.')
    .addHelpText('before', examples)
    .argument('<peer>', 'the peer that asks')
    .argument('<pseudonyms...>', 'of its officials, as it has told them')
    .requiredOption('-c, --config <file>', "the own gateway's YAML file")
    .action(async (peer: string, pseudonyms: string[], options: { config: string }) => {
      try {
        const added = await enrolOfficials(options.config, peer, pseudonyms)
        io.stdout(`${added} enrolled for ${peer}.\n`)
        io.stderr('Restart the gateway: enrolling is an entry of its log before it counts.\n')
      } catch (cause) {
        io.stderr(`cloison peer enrol: ${explainNode(cause)}\n`)
        io.exit(exitOfNode(cause))
      }
    })
}
