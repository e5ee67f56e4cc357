import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { Command } from 'commander'
import {
  attackTable,
  isHeld,
  RedteamError,
  type RedteamReport,
  runRedteam,
} from '../../redteam/index.ts'
import { type CliIo, EXIT } from '../cli-io.ts'

const examples = `
Starts two providers on this machine, each in a process of its own, and attacks them: through their public
interfaces, with credentials that are valid or stolen. Prints what stopped each attack and the entry that it left.

Examples:
  $ cloison redteam
  $ cloison redteam --only no-case --only race-for-the-cap
  $ cloison redteam --keep /tmp/attacked --json > attacks.json
`

interface RedteamFlags {
  readonly only: readonly string[]
  readonly keep?: string
  readonly json?: true
}

function jsonOf(report: RedteamReport): object {
  const { attacks, ...rest } = report
  const rows = attacks.map(({ attack: { run: _run, ...attack }, result }) => ({
    ...attack,
    ...result,
  }))
  return { held: isHeld(report), attacks: rows, ...rest }
}

function textOf(report: RedteamReport): string {
  const { attacks, logs } = report
  const reached = attacks.filter(({ result }) => result.isReached).length
  const said = logs.map(({ log, ok, size }) =>
    ok ? `${log}: verified, ${size} entries` : `${log}: NOT verified`,
  )
  return `${attackTable(attacks)}\n${attacks.length} attacks, ${reached} succeeded. Logs afterwards: ${said.join('; ')}.\n`
}

async function folderFor(keep: string | undefined): Promise<string> {
  if (keep === undefined) return mkdtemp(join(tmpdir(), 'cloison-redteam-'))
  const dir = resolve(keep)
  const held = await readdir(dir).catch(() => [])
  if (held.length === 0) return dir
  throw new RedteamError('RUN_REJECTED', `The folder ${dir} is not empty; name another one.`)
}

async function runCommand({ only, keep, json }: RedteamFlags, io: CliIo): Promise<void> {
  const startedAtMs = io.now()
  const tell = (what: string): void =>
    io.stderr(`[${((io.now() - startedAtMs) / 1000).toFixed(1)} s] ${what}\n`)
  try {
    const dir = await folderFor(keep)
    try {
      const report = await runRedteam({ only, dir }, tell)
      io.stdout(json === true ? `${JSON.stringify(jsonOf(report))}\n` : textOf(report))
      if (!isHeld(report)) io.exit(EXIT.fault)
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
    .option('--keep <dir>', 'leave logs, stores and keys in DIR')
    .option('--json', 'print the report as JSON')
    .action((flags: RedteamFlags) => runCommand(flags, io))
}
