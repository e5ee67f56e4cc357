import { Command } from 'commander'
import { listPeers, loadConfig } from '../../node/index.ts'
import type { CliIo } from '../cli-io.ts'
import { exitOfNode, explainNode } from '../node-failure.ts'

const examples = `
Examples:
  $ cloison peer list -c cloison.yaml
  $ cloison peer list -c cloison.yaml --json
`

const day = (ms: number): string => new Date(ms).toISOString().slice(0, 10)

async function list(options: { config: string; json?: true }, io: CliIo): Promise<void> {
  const rows = await listPeers(await loadConfig(options.config))
  if (options.json === true) {
    io.stdout(`${JSON.stringify({ peers: rows })}\n`)
    return
  }
  if (rows.length === 0) io.stderr('No peer yet; "cloison peer add" takes one up.\n')
  const width = Math.max(2, ...rows.map(({ id }) => id.length))
  for (const { id, url, version, validUntilMs } of rows) {
    const record =
      version === undefined || validUntilMs === undefined
        ? 'no accepted record'
        : `version ${version}, good until ${day(validUntilMs)}`
    io.stdout(`${id.padEnd(width)}  ${url}  ${record}\n`)
  }
}

/** `cloison peer list`: the peers of a configuration, and which record of each was accepted. */
export function peerListCommand(io: CliIo): Command {
  return new Command('list')
    .description('Lists the peers, and which record of each was accepted.')
    .addHelpText('before', examples)
    .requiredOption('-c, --config <file>', "the own gateway's YAML file")
    .option('--json', 'as JSON')
    .action(async (options: { config: string; json?: true }) => {
      try {
        await list(options, io)
      } catch (cause) {
        io.stderr(`cloison peer list: ${explainNode(cause)}\n`)
        io.exit(exitOfNode(cause))
      }
    })
}
