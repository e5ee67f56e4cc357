import { Command } from 'commander'
import { closeOrganisationLog, loadConfig, type OrganisationLogClosed } from '../../node/index.ts'
import type { CliIo } from '../cli-io.ts'
import { exitOfNode, explainNode } from '../node-failure.ts'

const examples = `
Examples:
  $ cloison log close -c tax/cloison.yaml --next tax.example/log/2027h1

The gateway must not be running. Let witnesses know the key of the next log before: it is the key that
signs the present one, under the new name. There is no way back: a closed log stays closed.
`

function nextSteps(closed: OrganisationLogClosed, folder: string): string {
  const shard = closed.successor.slice(closed.successor.lastIndexOf('/') + 1)
  return `${closed.origin} is closed with ${closed.size} entries; ${closed.successor} follows.

1. Change the configuration, then start the gateway:
     log:
       origin: ${closed.successor}
       folder: log/${shard}
       closed:
         - origin: ${closed.origin}
           folder: ${folder}
2. Give peers and witnesses the key of the new log:
${closed.verifierKeys.map((key) => `     ${key}`).join('\n')}
`
}

/** `cloison log close`: ends the present log and opens the next; run while the gateway does not. */
export function logCloseCommand(io: CliIo): Command {
  return new Command('close')
    .summary('Ends the present log, and opens the next.')
    .description(
      'Ends the log with a closing entry that names its successor, and opens that one, in one commit.',
    )
    .addHelpText('before', examples)
    .requiredOption('-c, --config <file>', "the gateway's YAML file")
    .requiredOption('--next <origin>', 'the next log, such as tax.example/log/2027h1')
    .option('--json', 'print what was done as JSON')
    .configureOutput({ writeOut: (text) => io.stdout(text), writeErr: (text) => io.stderr(text) })
    .showHelpAfterError('(add --help for examples)')
    .exitOverride()
    .action(async (options: { config: string; next: string; json?: true }) => {
      try {
        const loaded = await loadConfig(options.config)
        io.stderr('Checking the stores, and asking the witnesses for the head ...\n')
        const closed = await closeOrganisationLog(loaded, options.next)
        io.stdout(
          options.json === true
            ? `${JSON.stringify(closed)}\n`
            : nextSteps(closed, loaded.config.log.folder),
        )
      } catch (cause) {
        io.stderr(`cloison log close: ${explainNode(cause)}\n`)
        io.exit(exitOfNode(cause))
      }
    })
}
