import { Command } from 'commander'
import { undiciHttpClient } from '../../platform/index.ts'
import type { CliIo } from '../cli-io.ts'
import { connectToGateway, explainOversight, OversightUsageError } from '../oversight-calls.ts'
import { type ListedSignal, readListedSignals, signalSentence } from './listed-signal.ts'

const examples = `
Examples:
  $ cloison signals show -c tax/cloison.yaml Zm9vYmFyYmE
`

interface Flags {
  readonly config: string
  readonly json?: true
}

/** What the case source states is held against no law. */
function evidenceLines({
  evidence,
  falseAlarmsPerYear,
}: ListedSignal['signal']): readonly string[] {
  const { law, observed, expected, threshold } = evidence
  if (law === 'statement') return [`Evidence: the case source says so of ${observed} of them`]
  return [
    `Evidence: ${observed} observed, ${expected} expected, signal from ${threshold} on (${law})`,
    `Honest questions raise at most ${falseAlarmsPerYear} such signals a year, under that law`,
  ]
}

function describe(listed: ListedSignal): string {
  const { signal, entry, decision } = listed
  const { window, entries, entryCount } = signal
  const shown = entries.map(({ index }) => index).join(', ')
  const rest = entryCount > entries.length ? ` and ${entryCount - entries.length} older ones` : ''
  const day = (ms: number): string => new Date(ms).toISOString().slice(0, 10)
  const lines = [
    `${signal.kind}: ${signalSentence(listed)}`,
    `Consumer: ${signal.consumer}; seen as ${signal.side}`,
    `Agreement: ${signal.agreement ?? 'any'}`,
    `Official: ${signal.official ?? 'no single one'}`,
    `Person: ${signal.subject === null ? 'no single one' : `handle ${signal.subject}, of this run alone`}`,
    `Entries: ${shown}${rest}`,
    `Window: ${day(window.fromMs)} to ${day(window.toMs)}`,
    ...evidenceLines(signal),
    `Entry: ${entry.index} of ${entry.log}`,
    decision === null
      ? 'Decision: none yet; decide it with "cloison signals decide"'
      : `Decision: ${decision.verdict}, by ${decision.by}, entry ${decision.entry}`,
  ]
  return `${lines.join('\n')}\n`
}

/** `cloison signals show`: one signal with its evidence and the numbers of its entries. */
export function showCommand(io: CliIo): Command {
  return new Command('show')
    .description('Shows one signal with its evidence and the numbers of its entries.')
    .addHelpText('before', examples)
    .argument('<id>', 'as "cloison signals list" shows it')
    .requiredOption('-c, --config <file>', "the gateway's YAML file")
    .option('--json', 'print it as JSON')
    .action(async (id: string, flags: Flags) => {
      try {
        await using http = undiciHttpClient()
        const gateway = await connectToGateway(flags.config, http)
        const all = readListedSignals(await gateway.get('/v1/signals'))
        const found = all.find(({ signal }) => signal.id === id)
        if (found === undefined)
          throw new OversightUsageError(
            `there is no signal "${id}"; list them with "cloison signals list --all".`,
          )
        io.stdout(flags.json === true ? `${JSON.stringify(found)}\n` : describe(found))
      } catch (cause) {
        io.exit(explainOversight(cause, 'signals show', io))
      }
    })
}
