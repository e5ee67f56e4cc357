import { Command } from 'commander'
import { undiciHttpClient } from '../../platform/index.ts'
import type { CliIo } from '../cli-io.ts'
import { connectToGateway, explainOversight } from '../oversight-calls.ts'
import { type ListedSignal, readListedSignals, signalSentence } from './listed-signal.ts'

const examples = `
Examples:
  $ cloison signals list -c tax/cloison.yaml
  $ cloison signals list -c tax/cloison.yaml --all --json
`

interface Flags {
  readonly config: string
  readonly all?: true
  readonly json?: true
}

function countEntries(count: number): string {
  return count === 1 ? '1 entry' : `${count} entries`
}

function line(listed: ListedSignal): string {
  const { signal, decision } = listed
  const date = new Date(signal.madeAtMs).toISOString().slice(0, 10)
  const who = signal.official === null ? '' : `, official ${signal.official}`
  const where = `${signal.consumer}${signal.agreement === null ? '' : `, ${signal.agreement}`}${who}`
  const state = decision === null ? 'open' : `${decision.verdict} by ${decision.by}`
  return `${signal.id}  ${date}  ${signal.kind.padEnd(12)}  ${state}\n    ${signalSentence(listed)} (${where}; ${countEntries(signal.entryCount)})\n`
}

/** `cloison signals list`: the open signals of a running gateway, newest first. */
export function listCommand(io: CliIo): Command {
  return new Command('list')
    .description('Lists the signals that nobody has decided yet, newest first.')
    .addHelpText('before', examples)
    .requiredOption('-c, --config <file>', "the gateway's YAML file")
    .option('--all', 'decided ones too')
    .option('--json', 'print them as JSON, with evidence and entries')
    .action(async (flags: Flags) => {
      try {
        await using http = undiciHttpClient()
        const gateway = await connectToGateway(flags.config, http)
        const all = readListedSignals(await gateway.get('/v1/signals'))
        const shown = all.filter(({ decision }) => flags.all === true || decision === null)
        const text = shown.map((one) => line(one)).join('')
        const none = 'No signal is open.\n'
        io.stdout(flags.json === true ? `${JSON.stringify(shown)}\n` : text || none)
      } catch (cause) {
        io.exit(explainOversight(cause, 'signals list', io))
      }
    })
}
