import { Command, Option } from 'commander'
import * as z from 'zod'
import { systemClock, systemTimers, undiciHttpClient } from '../../../platform/index.ts'
import { type CliIo, EXIT, type ExitCode } from '../../cli-io.ts'
import {
  connectToGateway,
  explainOversight,
  type GatewayCalls,
  OversightUsageError,
} from '../../oversight-calls.ts'
import { type AuditAnswer, auditSchema, auditsSchema } from './audit-answers.ts'
import { auditsText, auditText } from './audit-text.ts'

const listExamples = `
Examples:
  $ cloison audit join list -c inspector/cloison.yaml
  $ cloison audit join list -c inspector/cloison.yaml --json
`
const runExamples = `
Examples:
  $ cloison audit join run 3f0c7b1c9a7d4e0d8f2a6b5c4d3e2f10 -c inspector/cloison.yaml
  $ cloison audit join run 3f0c7b1c9a7d4e0d8f2a6b5c4d3e2f10 -c inspector/cloison.yaml --dummies right
  $ cloison audit join run 3f0c7b1c9a7d4e0d8f2a6b5c4d3e2f10 -c inspector/cloison.yaml --no-wait

Of one join there is one audit. Exit codes: 0 the audit holds, or runs, 1 fault, 2 usage, 3 something was found, 4 refused, 5 a gateway cannot be reached or did not answer in time.
`
const showExamples = `
Examples:
  $ cloison audit join show 3f0c7b1c9a7d4e0d8f2a6b5c4d3e2f10 -c inspector/cloison.yaml
  $ cloison audit join show 3f0c7b1c9a7d4e0d8f2a6b5c4d3e2f10 -c inspector/cloison.yaml --json

Exit codes: 0 the audit holds, or runs, 1 fault, 2 usage, 3 something was found, 4 there is none, 5 a gateway cannot be reached or did not answer in time.
`
const groupExamples = `
Examples:
  $ cloison audit join list -c inspector/cloison.yaml
  $ cloison audit join run 3f0c7b1c9a7d4e0d8f2a6b5c4d3e2f10 -c inspector/cloison.yaml --dummies right
  $ cloison audit join show 3f0c7b1c9a7d4e0d8f2a6b5c4d3e2f10 -c inspector/cloison.yaml
`

interface Flags {
  readonly config: string
  readonly json?: true
}

interface RunFlags extends Flags {
  readonly dummies?: 'left' | 'right'
  readonly patience: string
  readonly wait: boolean
}

const pauseMs = 500
/** Findings of what did not come. */
const awayCodes: ReadonlySet<string> = new Set([
  'EVIDENCE_MISSING',
  'ANSWER_MISSING',
  'LIST_MISSING',
])
const begunSchema = z.object({ state: z.enum(['begun', 'held']) })

function numberOf(text: string): string {
  if (/^[0-9a-f]{32}$/.test(text)) return text
  throw new OversightUsageError(
    `${JSON.stringify(text)} is no number of a join, which has 32 digits and letters a to f; "audit join list" lists them.`,
  )
}

/** Minutes or hours, as `10m` or `24h`, in seconds. */
function patienceOf(text: string): number {
  const [, count, unit] = /^([1-9]\d{0,3})([mh])$/.exec(text) ?? []
  const seconds = Number(count) * (unit === 'h' ? 3_600 : 60)
  if (seconds >= 60 && seconds <= 172_800) return seconds
  throw new OversightUsageError(
    `--patience ${JSON.stringify(text)} is none; write minutes or hours, from 1m to 48h.`,
  )
}

/** What did not come shows no cheat: its sender could not be reached. */
function exitOf({ state, holds, finding }: AuditAnswer): ExitCode {
  if (state === 'running' || holds === true) return EXIT.ok
  if (finding === null) return EXIT.fault
  const isAway = finding.findings.every(({ code }) => awayCodes.has(code))
  return isAway && finding.findings.length > 0 ? EXIT.unavailable : EXIT.tampering
}

function tell(audit: AuditAnswer, flags: Flags, io: CliIo): ExitCode {
  io.stdout(flags.json === true ? `${JSON.stringify(audit)}\n` : auditText(audit))
  return exitOf(audit)
}

async function show(gateway: GatewayCalls, qid: string): Promise<AuditAnswer> {
  return auditSchema.parse(await gateway.post('/v1/join-audits/show', { v: 1, qid }))
}

/** Looks again until there is a finding, or until both waits of the audit are long over. */
async function followed(
  gateway: GatewayCalls,
  qid: string,
  untilMs: number,
  io: CliIo,
): Promise<AuditAnswer> {
  let told = 0
  for (;;) {
    const audit = await show(gateway, qid)
    for (const { leg, direction, party } of audit.messages.slice(told))
      io.stderr(`${leg} ${direction === 'sent' ? 'to' : 'from'} ${party}\n`)
    told = audit.messages.length
    if (audit.state !== 'running' || systemClock.now() >= untilMs) return audit
    await systemTimers.sleep(pauseMs)
  }
}

async function run(
  gateway: GatewayCalls,
  qid: string,
  flags: RunFlags,
  io: CliIo,
): Promise<ExitCode> {
  const patienceSeconds = patienceOf(flags.patience)
  const dummiesOf = flags.dummies ?? null
  const order = { v: 1, qid, dummiesOf, patienceSeconds }
  const { state } = begunSchema.parse(await gateway.post('/v1/join-audits', order))
  if (state === 'held') io.stderr('It was begun before; of one join there is one audit.\n')
  const untilMs = systemClock.now() + 2_500 * patienceSeconds
  const audit = flags.wait ? await followed(gateway, qid, untilMs, io) : await show(gateway, qid)
  return tell(audit, flags, io)
}

async function withGateway(
  name: string,
  io: CliIo,
  config: string,
  work: (gateway: GatewayCalls) => Promise<ExitCode>,
): Promise<void> {
  try {
    await using http = undiciHttpClient()
    io.exit(await work(await connectToGateway(config, http)))
  } catch (cause) {
    io.exit(explainOversight(cause, `audit join ${name}`, io))
  }
}

function listCommand(io: CliIo): Command {
  return new Command('list')
    .description('Lists the audits of this organisation, and the joins that it may audit now.')
    .addHelpText('before', listExamples)
    .requiredOption('-c, --config <file>', "the inspector's gateway's YAML file")
    .option('--json', 'print as JSON')
    .action((flags: Flags) =>
      withGateway('list', io, flags.config, async (gateway) => {
        const answer = await gateway.get('/v1/join-audits')
        const json = flags.json === true
        io.stdout(json ? `${JSON.stringify(answer)}\n` : auditsText(auditsSchema.parse(answer)))
        return EXIT.ok
      }),
    )
}

function runCommand(io: CliIo): Command {
  return new Command('run')
    .description('Audits one join, once: draws places with all three, has them opened, and judges.')
    .addHelpText('before', runExamples)
    .argument('<number>', 'number of the join, as "audit join list" has it')
    .requiredOption('-c, --config <file>', "the inspector's gateway's YAML file")
    .addOption(
      new Option('--dummies <side>', 'have all dummies of one side opened as well').choices([
        'left',
        'right',
      ]),
    )
    .option('--patience <time>', 'how long each answer is waited for, 1m to 48h', '24h')
    .option('--no-wait', 'do not wait for the finding')
    .option('--json', 'print as JSON')
    .action((number: string, flags: RunFlags) =>
      withGateway('run', io, flags.config, (gateway) => run(gateway, numberOf(number), flags, io)),
    )
}

function showCommand(io: CliIo): Command {
  return new Command('show')
    .description('Shows one audit: how far it is, or what it found.')
    .addHelpText('before', showExamples)
    .argument('<number>', 'number of the join')
    .requiredOption('-c, --config <file>', "the inspector's gateway's YAML file")
    .option('--json', 'print as JSON')
    .action((number: string, flags: Flags) =>
      withGateway('show', io, flags.config, async (gateway) =>
        tell(await show(gateway, numberOf(number)), flags, io),
      ),
    )
}

/** `cloison audit join`: what the inspector of a join does with its own gateway. */
export function joinAuditCommand(io: CliIo): Command {
  return new Command('join')
    .summary('Audits joins of two registers, as their inspector.')
    .description(
      'Audits joins of two registers, as the inspector that their agreements name: at most 64 rows of each holder are opened, drawn by all four together.',
    )
    .addHelpText('before', groupExamples)
    .addCommand(listCommand(io))
    .addCommand(runCommand(io))
    .addCommand(showCommand(io))
}
