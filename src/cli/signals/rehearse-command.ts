import { Command, InvalidArgumentError } from 'commander'
import { abusePatternNames, rehearseAbuse, rehearsalTable } from '../../demo/index.ts'
import { type CliIo, EXIT } from '../cli-io.ts'

const examples = `
Examples:
  $ cloison signals rehearse
  $ cloison signals rehearse --seeds 8 --honest-days 365
  $ cloison signals rehearse --pattern sequential --without-caps

Made-up people ask made-up questions; no gateway is needed, and nothing is left behind.
`

interface Flags {
  readonly seeds: number
  readonly officials: number
  readonly honestDays: number
  readonly pattern?: string
  readonly withoutCaps?: true
  readonly json?: true
}

function whole(text: string): number {
  const value = Number(text)
  if (/^\d{1,4}$/.test(text) && value > 0) return value
  throw new InvalidArgumentError('It must be a whole number above 0.')
}

/** `cloison signals rehearse`: what stops and what notices list building, amid made-up honest traffic. */
export function rehearseCommand(io: CliIo): Command {
  return new Command('rehearse')
    .description(
      'Rehearses patterns of abuse amid honest traffic, through decision, caps, commit and detectors, and prints what stopped and what noticed each.',
    )
    .addHelpText('before', examples)
    .option('--seeds <number>', 'how many populations and years', whole, 1)
    .option('--officials <number>', 'how many officials the consumer has', whole, 16)
    .option('--honest-days <number>', 'days of honest traffic for false flags', whole, 120)
    .option('--pattern <text>', `only those whose name has it: ${abusePatternNames.join('; ')}`)
    .option('--without-caps', 'the twin that counts nothing, so that no cap stops anything')
    .option('--json', 'print figures as JSON')
    .action(async (flags: Flags) => {
      const { pattern, json, withoutCaps, ...sizes } = flags
      if (pattern !== undefined && !abusePatternNames.some((name) => name.includes(pattern))) {
        io.stderr(
          `cloison signals rehearse: no pattern has "${pattern}" in its name; there are: ${abusePatternNames.join('; ')}.\n`,
        )
        io.exit(EXIT.usage)
        return
      }
      const report = await rehearseAbuse(
        {
          ...sizes,
          ...(pattern === undefined ? {} : { pattern }),
          withoutCaps: withoutCaps === true,
        },
        (what) => io.stderr(`${what}\n`),
      )
      io.stdout(json === true ? `${JSON.stringify(report)}\n` : rehearsalTable(report))
    })
}
