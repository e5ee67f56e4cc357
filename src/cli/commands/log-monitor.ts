import { resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { Command, InvalidArgumentError } from 'commander'
import { LogError } from '../../log/verify/index.ts'
import { undiciHttpClient } from '../../platform/index.ts'
import type { HttpClient } from '../../ports/index.ts'
import { type CliIo, EXIT, type ExitCode } from '../cli-io.ts'
import { checkLogFolder, folderSource, urlSource } from '../log-source.ts'
import { type FollowedLog, type FollowedRound, followRound } from '../monitor/follow-log.ts'
import { monitorState } from '../monitor/monitor-state.ts'
import { monitorVoice } from '../monitor/monitor-voice.ts'
import { nodeAlgorithms } from '../node-algorithms.ts'
import { readTrust, TrustError } from '../trust-files.ts'

interface Flags {
  readonly vkeys?: string
  readonly policy?: string
  readonly without?: readonly string[]
  readonly state: string
  readonly interval: number
  readonly stale: number
  readonly once?: true
  readonly full?: true
  readonly askWitnesses?: true
  readonly json?: true
}

const EXAMPLES = `Examples:
  $ cloison log monitor https://tax.example/log/2026h2 --policy policy.txt
  $ cloison log monitor ./kept/tax/log ./kept/social/log --json
  $ cloison log monitor https://tax.example/log/2026h2 --policy policy.txt --once --ask-witnesses

Exit codes: 0 good, 2 usage, 3 evidence against a log (with --once also: no quorum of witnesses),
5 with --once: a log cannot be reached, or its cosignatures are old.
`

/** Longer than a gateway needs to publish what it has begun to publish. */
const SETTLE_MS = 1500

function secondsFrom(least: number): (text: string) => number {
  return (text) => {
    const value = Number(text)
    if (/^\d{1,9}$/.test(text) && value >= least) return value
    throw new InvalidArgumentError(`a whole number of seconds from ${least} is needed.`)
  }
}

/**
 * The command `log monitor TARGET…`: follows published logs and raises alarms. It goes on until a
 * signal, or until there is evidence against a log.
 */
export function logMonitorCommand(io: CliIo): Command {
  return new Command('monitor')
    .summary('Follows published logs, and raises an alarm when one is not as it was.')
    .description(
      'Follows logs, in folders or at URLs: each newest checkpoint must continue the last one that ' +
        'was verified, bear the quorum, and every new entry must be what was signed.',
    )
    .argument('<target...>', 'folders or URLs of logs')
    .option('--vkeys <file>', 'keys of logs and witnesses (default: vkeys.txt in a folder above)')
    .option(
      '--policy <file>',
      'which witnesses must cosign (default: policy.txt in a folder above)',
    )
    .option('--without <organisation...>', 'whose witnesses do not count')
    .option('--state <dir>', 'where the newest verified checkpoints are kept', 'cloison-monitor')
    .option('--interval <s>', 'seconds between rounds', secondsFrom(1), 10)
    .option('--stale <s>', 'age of the quorum that is an alarm', secondsFrom(1), 300)
    .option('--once', 'one round, then end; for a timer')
    .option('--full', 'read every log from its beginning in every round')
    .option('--ask-witnesses', 'compare with what the witnesses of the policy were shown')
    .option('--json', 'a line of JSON for every log and round')
    .configureOutput({ writeOut: (text) => io.stdout(text), writeErr: (text) => io.stderr(text) })
    .exitOverride()
    .addHelpText('before', EXAMPLES)
    .action(async (targets: readonly string[], flags: Flags) => {
      await run([...new Set(targets)], flags, io)
    })
}

async function run(targets: readonly string[], flags: Flags, io: CliIo): Promise<void> {
  await using http = undiciHttpClient()
  try {
    const logs = targets.map((target) => followed(target, flags, { http, io }))
    const ended = new AbortController()
    const stop = (): void => ended.abort()
    process.once('SIGTERM', stop)
    process.once('SIGINT', stop)
    try {
      io.exit(await follow(logs, flags, { io, ended: ended.signal }))
    } finally {
      process.off('SIGTERM', stop)
      process.off('SIGINT', stop)
    }
  } catch (cause) {
    io.exit(explain(cause, io))
  }
}

function followed(
  target: string,
  flags: Flags,
  { http, io }: { readonly http: HttpClient; readonly io: CliIo },
): FollowedLog {
  const isUrl = /^https?:\/\//.test(target)
  if (!isUrl) checkLogFolder(target)
  const { vkeys, policy, without } = flags
  const trust = readTrust({
    ...(vkeys === undefined ? {} : { vkeys }),
    ...(policy === undefined ? {} : { policy }),
    ...(without === undefined ? {} : { without }),
    folder: isUrl ? '.' : target,
    from: isUrl ? 'here' : 'parent',
  })
  return {
    target,
    source: isUrl ? urlSource(target, http) : folderSource(target),
    state: monitorState(resolve(flags.state), isUrl ? target : resolve(target)),
    http: flags.askWitnesses === true ? http : undefined,
    rules: {
      keys: trust.keys,
      policy: trust.policy,
      strict: !isUrl,
      ...nodeAlgorithms(),
      clock: { now: () => io.now() },
      staleMs: flags.stale * 1000,
      settle: () => wait(SETTLE_MS),
    },
  }
}

/** Rounds until a signal, or until a log has evidence against it. Logs are read side by side. */
async function follow(
  logs: readonly FollowedLog[],
  flags: Flags,
  { io, ended }: { readonly io: CliIo; readonly ended: AbortSignal },
): Promise<ExitCode> {
  const voice = monitorVoice(io, flags.json === true)
  // A monitor that was away reads everything once: files of old entries may have been changed.
  let full = flags.once !== true
  while (!ended.aborted) {
    const isFull = full || flags.full === true
    const rounds = await Promise.all(logs.map((log) => followRound(log, isFull)))
    for (const round of rounds) voice.tell(round)
    if (flags.once === true) return exitOf(rounds)
    if (hasEvidence(rounds)) return EXIT.tampering
    full = false
    await wait(flags.interval * 1000, undefined, { signal: ended }).catch(() => undefined)
  }
  return EXIT.ok
}

function hasEvidence(rounds: readonly FollowedRound[]): boolean {
  return rounds.some(({ findings }) => findings.some(({ isEvidence }) => isEvidence))
}

function exitOf(rounds: readonly FollowedRound[]): ExitCode {
  const codes = new Set(rounds.flatMap(({ findings }) => findings.map(({ code }) => code)))
  if (hasEvidence(rounds) || codes.has('QUORUM')) return EXIT.tampering
  return codes.size === 0 ? EXIT.ok : EXIT.unavailable
}

function explain(cause: unknown, io: CliIo): ExitCode {
  if (cause instanceof TrustError) {
    io.stderr(`${cause.message}\n`)
    return EXIT.usage
  }
  if (!(cause instanceof LogError)) throw cause
  io.stderr(`The keys or the state are not usable: ${cause.message}.\n`)
  return EXIT.usage
}
