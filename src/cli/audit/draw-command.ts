import { Command } from 'commander'
import * as z from 'zod'
import { undiciHttpClient } from '../../platform/index.ts'
import type { CliIo } from '../cli-io.ts'
import {
  connectToGateway,
  explainOversight,
  type GatewayCalls,
  OversightUsageError,
} from '../oversight-calls.ts'
import { readNonceFile } from './nonce-file.ts'

const examples = `
Examples:
  $ cloison audit draw -c tax/cloison.yaml --nonce-file draw-1.json

Which entries that draws, anybody finds out: cloison audit verify <log>
`

const range = z.object({ log: z.string() })
const done = z.object({ index: z.int() })

/** Another organisation's gateway must not learn the nonce: to it, it is not revealed yet. */
async function requireLog(gateway: GatewayCalls, log: string, config: string): Promise<void> {
  const { log: own } = range.parse(await gateway.post('/v1/audit-ranges', { v: 1 }))
  if (own === log) return
  throw new OversightUsageError(
    `the draw is of ${log}, and the gateway of ${config} writes to ${own}; name the gateway of that log. Nothing was revealed.`,
  )
}

/** `cloison audit draw`: reveals the nonce of a draw whose checkpoint is fixed; which entries it draws is then settled. */
export function drawCommand(io: CliIo): Command {
  return new Command('draw')
    .description('Makes a draw that was committed to: reveals its nonce, which is an entry.')
    .addHelpText('before', examples)
    .requiredOption('-c, --config <file>', "the gateway's YAML file")
    .requiredOption('--nonce-file <file>', 'what "cloison audit commit" wrote')
    .action(async (flags: { readonly config: string; readonly nonceFile: string }) => {
      try {
        const { nonce, committed, log } = readNonceFile(flags.nonceFile)
        if (committed === null)
          throw new OversightUsageError(
            `${flags.nonceFile} names no entry: its commitment was never made. Commit again, with a new file.`,
          )
        await using http = undiciHttpClient()
        const gateway = await connectToGateway(flags.config, http)
        await requireLog(gateway, log, flags.config)
        const { index } = done.parse(
          await gateway.post('/v1/audit-reveals', { v: 1, committed, nonce }),
        )
        io.stdout(
          `Drawn by entry ${index}. Once it is published, "cloison audit verify" says which entries.\n`,
        )
      } catch (cause) {
        io.exit(explainOversight(cause, 'audit draw', io))
      }
    })
}
