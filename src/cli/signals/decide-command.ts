import { Command, InvalidArgumentError } from 'commander'
import * as z from 'zod'
import { type SignalVerdict, signalVerdicts } from '../../person/index.ts'
import { undiciHttpClient } from '../../platform/index.ts'
import type { CliIo } from '../cli-io.ts'
import { connectToGateway, explainOversight, OversightUsageError } from '../oversight-calls.ts'

const examples = `
Examples:
  $ cloison signals decide -c tax/cloison.yaml Zm9vYmFyYmE explained
  $ cloison signals decide -c tax/cloison.yaml Zm9vYmFyYmE misuse

explained: there was a good reason. misuse: there was none; suspend the agreement or the official next.
unclear: nothing could be found out. The decision is a public entry under your caller's name, and stays.
Exit codes: 0 decided, 1 fault, 2 usage, 4 refused, 5 the gateway cannot be reached.
`

const done = z.object({ index: z.int() })

function parseVerdict(text: string): SignalVerdict {
  const verdict = signalVerdicts.find((known) => known === text)
  if (verdict !== undefined) return verdict
  throw new InvalidArgumentError(`It must be one of ${signalVerdicts.join(', ')}.`)
}

/** `cloison signals decide`: writes down what a person makes of a signal; an act, and an entry. */
export function decideCommand(io: CliIo): Command {
  return new Command('decide')
    .description('Decides a signal: an entry of the log, made once.')
    .addHelpText('before', examples)
    .argument('<id>', 'as "cloison signals list" shows it')
    .argument('<verdict>', signalVerdicts.join(', '), parseVerdict)
    .requiredOption('-c, --config <file>', "the gateway's YAML file")
    .action(async (id: string, verdict: SignalVerdict, { config }: { readonly config: string }) => {
      try {
        if (!/^[A-Za-z0-9_-]{11}$/.test(id))
          throw new OversightUsageError(
            `"${id}" is no id of a signal: it has 11 letters and digits, as "cloison signals list" shows.`,
          )
        await using http = undiciHttpClient()
        const gateway = await connectToGateway(config, http)
        const { index } = done.parse(
          await gateway.post('/v1/signal-decisions', { v: 1, id, verdict }),
        )
        io.stdout(`${id} is decided: ${verdict}, entry ${index}.\n`)
      } catch (cause) {
        io.exit(explainOversight(cause, 'signals decide', io))
      }
    })
}
