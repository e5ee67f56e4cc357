import { readFile } from 'node:fs/promises'
import { Command, InvalidArgumentError } from 'commander'
import { entryOf, runAct, withAdmin } from '../admin-client.ts'
import { type CliIo, EXIT, type ExitCode } from '../cli-io.ts'
import { UsageError } from '../read-subject.ts'

const examples = `
Examples:
  $ cloison notice withhold benefit-control -c tax/cloison.yaml --agreement-version 1 --order-file order.jws

The gateway must be running. The order is the token that the authority has signed which the agreement names.
Both organisations take it up, each at its own gateway. Notices open by themselves when it ends.
Exit codes: 0 done, 1 fault, 2 usage, 4 refused, 5 the gateway cannot be reached.
`

interface Flags {
  readonly config: string
  readonly agreementVersion: number
  readonly orderFile: string
}

function parseVersion(text: string): number {
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('It must be the number of a version, as in 1.')
}

function withhold(agreement: string, flags: Flags, io: CliIo): Promise<ExitCode> {
  return runAct('notice withhold', io, async () => {
    const text = await readFile(flags.orderFile, 'utf8').catch(() => undefined)
    if (text === undefined) throw new UsageError(`${flags.orderFile} cannot be read.`)
    const body = { v: 1, agreement, version: flags.agreementVersion, order: text.trim() }
    const entry = entryOf(await withAdmin(flags.config, (call) => call('/v1/secrecy-orders', body)))
    io.stdout(`The order is in force and public, by entry ${entry}.\n`)
    return EXIT.ok
  })
}

/** The command group `notice`: orders by which notices are withheld for a time. */
export function noticeCommand(io: CliIo): Command {
  return new Command('notice')
    .description('Orders by which notices are withheld for a time.')
    .addHelpText('before', examples)
    .addCommand(
      new Command('withhold')
        .description(
          'Takes up an order of the authority that an agreement names, or its extension.',
        )
        .addHelpText('before', examples)
        .argument('<agreement>', 'id of the agreement')
        .requiredOption('-c, --config <file>', "the gateway's YAML file")
        .requiredOption('--agreement-version <number>', 'its version', parseVersion)
        .requiredOption('--order-file <file>', 'the signed order')
        .action(async (agreement: string, flags: Flags) =>
          io.exit(await withhold(agreement, flags, io)),
        ),
    )
}
