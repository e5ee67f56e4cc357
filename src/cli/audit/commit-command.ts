import { Command, InvalidArgumentError } from 'commander'
import * as z from 'zod'
import { encodeBase64 } from '../../bytes/index.ts'
import { drawCommitment } from '../../oversight/index.ts'
import { systemRandomness, undiciHttpClient } from '../../platform/index.ts'
import type { CliIo } from '../cli-io.ts'
import { connectToGateway, explainOversight, OversightUsageError } from '../oversight-calls.ts'
import { completeNonceFile, writeNonceFile } from './nonce-file.ts'

const examples = `
Examples:
  $ cloison audit commit -c tax/cloison.yaml --nonce-file draw-1.json
  $ cloison audit commit -c tax/cloison.yaml --nonce-file draw-1.json --count 20 --first 4000

Then, once the log has been witnessed: cloison audit draw -c tax/cloison.yaml --nonce-file draw-1.json
Keep the file to yourself until then: it holds the nonce.
`

interface Flags {
  readonly config: string
  readonly nonceFile: string
  readonly count: number
  readonly first: number
  readonly last?: number
}

const range = z.object({ log: z.string(), size: z.int(), inspector: z.string() })
const done = z.object({ index: z.int() })

function atLeastOne(text: string): number {
  if (/^[1-9]\d{0,14}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('It must be a whole number above 0, as in 20.')
}

function entryNumber(text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('It must be a whole number, as in 4000.')
}

async function commit(flags: Flags, io: CliIo): Promise<void> {
  await using http = undiciHttpClient()
  const gateway = await connectToGateway(flags.config, http)
  const { log, size, inspector } = range.parse(await gateway.post('/v1/audit-ranges', { v: 1 }))
  const { first, count, nonceFile } = flags
  const last = flags.last ?? size
  if (first >= last || last > size)
    throw new OversightUsageError(
      `the log has the entries 0 to ${size - 1}: choose --first among them, and --last above it and at most ${size}.`,
    )
  if (count > last - first)
    throw new OversightUsageError(
      `${count} cannot be drawn from the ${last - first} entries ${first} to ${last - 1}; lower --count.`,
    )
  const nonce = systemRandomness.bytes(32)
  const terms = { inspector, log, first, last, count }
  const content = { v: 1 as const, ...terms, nonce: encodeBase64(nonce), committed: null }
  writeNonceFile(nonceFile, content)
  const commitment = encodeBase64(drawCommitment(nonce, terms))
  const { index } = done.parse(
    await gateway.post('/v1/audit-draws', { v: 1, commitment, first, last, count }),
  )
  completeNonceFile(nonceFile, { ...content, committed: index })
  io.stdout(
    `Committed by entry ${index}: ${count} of the entries ${first} to ${last - 1}. The nonce is in ${nonceFile}.\n`,
  )
}

/** `cloison audit commit`: makes a nonce and has its commitment made an entry. */
export function commitCommand(io: CliIo): Command {
  return new Command('commit')
    .description('Commits to a draw: range, number and a nonce that nobody else knows.')
    .addHelpText('before', examples)
    .requiredOption('-c, --config <file>', "the gateway's YAML file")
    .requiredOption('--nonce-file <file>', 'where the nonce is written; must not exist')
    .option('--count <number>', 'how many entries are drawn', atLeastOne, 50)
    .option('--first <entry>', 'the first entry that may be drawn', entryNumber, 0)
    .option('--last <entry>', 'the entry before which the range ends (default: now)', entryNumber)
    .action(async (flags: Flags) => {
      try {
        await commit(flags, io)
      } catch (cause) {
        io.exit(explainOversight(cause, 'audit commit', io))
      }
    })
}
