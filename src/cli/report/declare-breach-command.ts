import { Command } from 'commander'
import * as z from 'zod'
import { exposedKeyForm, signBreach } from '../../oversight/index.ts'
import { bestEd25519 } from '../../platform/index.ts'
import { withAdmin } from '../admin-client.ts'
import { confirm } from '../agreement/confirm.ts'
import { readOfficer } from '../agreement/officer.ts'
import { type CliIo, EXIT, type ExitCode } from '../cli-io.ts'
import { UsageError } from '../read-subject.ts'
import { timeOption } from './make-command.ts'
import { runReport } from './run-report.ts'

const examples = `
Examples:
  $ cloison report declare-breach housing/gateway/1a2b3c4d -c tax/cloison.yaml --key keys/dpo.key --from 2026-11-02T08:00Z --until 2026-11-03
  $ cloison report declare-breach housing/official/0ff1c1a1 -c tax/cloison.yaml --key keys/dpo.key --from 2026-11-02 --until 2026-11-03 --known 2026-11-04T09:30Z --yes

Keys are named ORGANISATION/gateway, tls, dpo, case or consent/8 HEX DIGITS; officials ORGANISATION/official/PSEUDONYM.
The gateway must be running. The declaration is public for good, with two numbers: people and answers that were
exposed. Everyone concerned finds a notice on their own page; nobody gets a list.
Exit codes: 0 declared, 1 fault, 2 usage, 4 refused, 5 the gateway cannot be reached.
`

interface Flags {
  readonly config: string
  readonly key: string
  readonly from: number
  readonly until: number
  readonly known?: number
  readonly yes?: true
  readonly json?: true
}

const declared = z.object({
  index: z.int(),
  exchanges: z.int(),
  persons: z.int(),
  erased: z.int(),
})

async function declare(exposed: string, flags: Flags, io: CliIo): Promise<ExitCode> {
  if (!exposedKeyForm.test(exposed))
    throw new UsageError(
      'name the key as ORGANISATION/USE/ID, such as housing/gateway/1a2b3c4d; "cloison key list" and "cloison peer list" show them.',
    )
  const { from: fromMs, until: untilMs } = flags
  if (fromMs >= untilMs) throw new UsageError('--from must be before --until.')
  const { organisation, seed } = await readOfficer({ key: flags.key, config: flags.config })
  const question = `${exposed} was in wrong hands from ${new Date(fromMs).toISOString()} until ${new Date(untilMs).toISOString()}: declare it, in public and for good?`
  if (!(await confirm(question, flags.yes === true, io))) return EXIT.refused
  const knownAtMs = flags.known ?? io.now()
  const unsigned = { v: 1, organisation, key: exposed, fromMs, untilMs, knownAtMs } as const
  const body = signBreach(unsigned, seed, bestEd25519())
  const terms = { timeoutMs: 600_000 }
  const answer = declared.parse(
    await withAdmin(flags.config, (call) => call('/v1/breaches', body), terms),
  )
  if (flags.json === true) io.stdout(`${JSON.stringify(answer)}\n`)
  else
    io.stdout(
      `Declared, by entry ${answer.index}. Exposed: people ${answer.persons}, answers ${answer.exchanges}. Everyone concerned finds a notice on their own page.\n`,
    )
  if (answer.erased > 0)
    io.stderr(`${answer.erased} records of that time are erased and could not be judged.\n`)
  return EXIT.ok
}

/** `cloison report declare-breach`: an officer declares that a key was in wrong hands for a time. */
export function declareBreachCommand(io: CliIo): Command {
  return new Command('declare-breach')
    .summary('Declares that a key was in wrong hands, and counts what that exposed.')
    .description(
      'Signs, as the data protection officer, that a key was in wrong hands for a time (GDPR 33, 34).',
    )
    .addHelpText('before', examples)
    .argument('<exposed>', 'the key that was exposed, or an official')
    .requiredOption('-c, --config <file>', "the gateway's YAML file")
    .requiredOption('--key <file>', "the data protection officer's key")
    .requiredOption('--from <time>', 'first day or time', timeOption)
    .requiredOption('--until <time>', 'day or time at which it was over', timeOption)
    .option('--known <time>', 'since when it is known (default: now)', timeOption)
    .option('--yes', 'declare without asking')
    .option('--json', 'print the numbers as JSON')
    .action(async (exposed: string, flags: Flags) =>
      io.exit(await runReport('declare-breach', io, () => declare(exposed, flags, io))),
    )
}
