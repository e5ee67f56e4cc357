import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { Command, InvalidArgumentError } from 'commander'
import {
  attackTable,
  type AttacksReport,
  type DragnetReport,
  isHeld,
  type PublishedVerdict,
  realTable,
  RedteamError,
  type RedteamReport,
  runRedteam,
  simulatedTable,
} from '../../redteam/index.ts'
import { type CliIo, EXIT } from '../cli-io.ts'

const examples = `
Starts two providers on this machine, each in a process of its own, and attacks them: through their public
interfaces, with credentials that are valid or stolen. Prints what stopped each attack and the entry that it left.
Then asks for everybody at once ("dragnet"): a real gateway for 2,000 people, and in simulation for 1,280,000 in a
year, which alone takes ten minutes and more.

Examples:
  $ cloison redteam
  $ cloison redteam --names 5000                       with a small dragnet
  $ cloison redteam --only no-case --only race-for-the-cap
  $ cloison redteam --only dragnet
  $ cloison redteam --keep /tmp/attacked --json > attacks.json
`

interface RedteamFlags {
  readonly only: readonly string[]
  readonly names: number
  readonly keep?: string
  readonly json?: true
}

function jsonOf({ single, dragnet }: RedteamReport, isHeldNow: boolean): object {
  const attacks = single?.attacks.map(({ attack: { run: _run, ...attack }, result }) => ({
    ...attack,
    ...result,
  }))
  return { held: isHeldNow, ...single, attacks: attacks ?? [], dragnet: dragnet ?? null }
}

function logWords({ log, ok, size }: PublishedVerdict): string {
  return ok ? `${log}: verified, ${size.toLocaleString('en')} entries` : `${log}: NOT verified`
}

function attacksText({ attacks, logs }: AttacksReport): string {
  const reached = attacks.filter(({ result }) => result.isReached).length
  const said = logs.map(logWords).join('; ')
  return `${attackTable(attacks)}
${attacks.length} attacks, ${reached} succeeded. Logs afterwards: ${said}.
`
}

function dragnetText(report: DragnetReport): string {
  const { names, populationSize, realNames, simulated, real, log } = report
  const number = (count: number): string => count.toLocaleString('en')
  return `
Everybody at once: ${number(realNames)} people at a real gateway, from two processes, in one day

${realTable(real)}
Its log afterwards: ${logWords(log)}.

Everybody at once, simulated: ${number(names)} of ${number(populationSize)} residents, with a case and an official
for each, asked for on one day and again in every hour of a year

${simulatedTable(simulated)}`
}

function textOf({ single, dragnet }: RedteamReport): string {
  const attacks = single === undefined ? '' : attacksText(single)
  return attacks + (dragnet === undefined ? '' : dragnetText(dragnet))
}

const mostNames = 2_000_000

function wholeNumber(text: string): number {
  const value = Number(text)
  if (/^\d{1,7}$/.test(text) && value >= 100 && value <= mostNames) return value
  throw new InvalidArgumentError(`a whole number from 100 to ${mostNames} is needed.`)
}

async function folderFor(keep: string | undefined): Promise<string> {
  if (keep === undefined) return mkdtemp(join(tmpdir(), 'cloison-redteam-'))
  const dir = resolve(keep)
  const held = await readdir(dir).catch(() => [])
  if (held.length === 0) return dir
  throw new RedteamError('RUN_REJECTED', `The folder ${dir} is not empty; name another one.`)
}

async function runCommand({ only, names, keep, json }: RedteamFlags, io: CliIo): Promise<void> {
  const startedAtMs = io.now()
  const tell = (what: string): void =>
    io.stderr(`[${((io.now() - startedAtMs) / 1000).toFixed(1)} s] ${what}\n`)
  try {
    const dir = await folderFor(keep)
    try {
      const report = await runRedteam({ only, names, dir }, tell)
      const held = isHeld(report)
      io.stdout(json === true ? `${JSON.stringify(jsonOf(report, held))}\n` : textOf(report))
      if (!held) io.exit(EXIT.fault)
    } finally {
      if (keep === undefined) await rm(dir, { recursive: true, force: true })
    }
  } catch (cause) {
    io.stderr(`cloison redteam: ${cause instanceof Error ? cause.message : 'unknown failure'}\n`)
    const isUsage = cause instanceof RedteamError && cause.code === 'ATTACK_UNKNOWN'
    io.exit(isUsage ? EXIT.usage : EXIT.fault)
  }
}

/** `cloison redteam`: attacks on real gateways, and the table of what stopped them. */
export function redteamCommand(io: CliIo): Command {
  const collect = (name: string, before: readonly string[]): readonly string[] => [...before, name]
  return new Command('redteam')
    .description('Attacks two gateways on this machine, and says what stopped each attack.')
    .addHelpText('before', examples)
    .option('--only <name>', 'one attack alone; may be given again', collect, [])
    .option('--names <n>', 'people of the dragnet', wholeNumber, 1_280_000)
    .option('--keep <dir>', 'leave logs, stores and keys in DIR')
    .option('--json', 'print the report as JSON')
    .action((flags: RedteamFlags) => runCommand(flags, io))
}
