import { Command } from 'commander'
import { loadConfig, readKeyFile, requireUrl, writeNextRecord } from '../../node/index.ts'
import { bestEd25519 } from '../../platform/index.ts'
import type { CliIo } from '../cli-io.ts'
import { exitOfNode, explainNode } from '../node-failure.ts'

const examples = `
Examples:
  $ cloison key renew -c cloison.yaml --root-key /media/root/root.key
  $ cloison key renew -c cloison.yaml --root-key /media/root/root.key --url https://gateway.tax.example \\
      --address "Tax Agency" "1 Mint Street" "Springfield"
`

interface Options {
  readonly config: string
  readonly rootKey: string
  readonly url?: string
  readonly name?: string
  readonly address?: readonly string[]
}

async function renew(options: Options, io: CliIo): Promise<void> {
  const { url, name, address: postalAddress } = options
  if (url !== undefined) requireUrl(url)
  const change = {
    ...(url === undefined ? {} : { url }),
    ...(name === undefined ? {} : { name }),
    ...(postalAddress === undefined ? {} : { postalAddress }),
  }
  const rootSeed = await readKeyFile(options.rootKey)
  const root = { rootSeed, nowMs: io.now(), ed25519: bestEd25519() }
  const next = await writeNextRecord(await loadConfig(options.config), change, root)
  const until = new Date(next.validUntilMs).toISOString().slice(0, 10)
  io.stdout(`Version ${next.version} of the record is good until ${until}.\n`)
}

/** `cloison key renew`: signs the record again, for another 400 days, with another address if one is given. */
export function keyRenewCommand(io: CliIo): Command {
  return new Command('renew')
    .description('Signs the directory record again, for another 400 days.')
    .addHelpText('before', examples)
    .requiredOption('-c, --config <file>', "the gateway's YAML file")
    .requiredOption('--root-key <file>', 'the offline root key')
    .option('--url <url>', 'another address of the gateway')
    .option('--name <name>', 'another name for people')
    .option('--address <lines...>', 'another postal address')
    .action(async (options: Options) => {
      try {
        await renew(options, io)
      } catch (cause) {
        io.stderr(`cloison key renew: ${explainNode(cause)}\n`)
        io.exit(exitOfNode(cause))
      }
    })
}
