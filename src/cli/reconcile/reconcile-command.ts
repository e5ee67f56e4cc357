import { dirname } from 'node:path'
import { Command, InvalidArgumentError } from 'commander'
import {
  reconcile,
  ReconcileError,
  type Reconciled,
  tamperingCodes,
  usualToleranceMs,
  usualWindowMs,
} from '../../oversight/index.ts'
import { systemRandomness } from '../../platform/index.ts'
import { type CliIo, EXIT, type ExitCode } from '../cli-io.ts'
import { nodeAlgorithms } from '../node-algorithms.ts'
import { UsageError } from '../read-subject.ts'
import { readTrust, TrustError } from '../trust-files.ts'
import { BundleUnavailable, bundlesAt } from './bundle-source.ts'
import { reportText } from './report-text.ts'

const examples = `
Examples:
  $ cloison reconcile --left housing.jsonl --right tax.jsonl --vkeys vkeys.txt --policy policy.txt
  $ cloison reconcile --left ./bundles/housing --right ./bundles/tax --json
  $ cloison reconcile --left social.jsonl --right tax.jsonl --with housing.jsonl

A bundle is made by each organisation with "cloison log export". Needs no gateway and no network: what a
bundle opens is held against the signed head of its log. A join is whole with all of its parties.
Exit codes: 0 reconciled, 2 usage, 3 evidence of tampering, 5 a bundle cannot be reached.
`

interface Flags {
  readonly left: string
  readonly right: string
  readonly with?: readonly string[]
  readonly vkeys?: string
  readonly policy?: string
  readonly window: number
  readonly tolerance: number
  readonly asOf?: number
  readonly json?: true
}

function seconds(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000
  throw new InvalidArgumentError('It must be a number of seconds, as in 900.')
}

function moment(text: string): number {
  const ms = Date.parse(text)
  if (Number.isFinite(ms)) return ms
  throw new InvalidArgumentError('It must be a moment, as in 2026-11-29T10:00:00Z.')
}

async function run(flags: Flags): Promise<Reconciled> {
  const { left, right, with: more = [], vkeys, policy } = flags
  const places = [left, right, ...more]
  const readings = places.flatMap((place) => bundlesAt(place))
  const folder = /^https?:\/\//.test(left) ? '.' : dirname(left)
  const trust = readTrust({
    ...(vkeys === undefined ? {} : { vkeys }),
    ...(policy === undefined ? {} : { policy }),
    folder,
    from: 'here',
  })
  return reconcile(readings, {
    trust: { keys: trust.keys, policy: trust.policy, ...nodeAlgorithms() },
    windowMs: flags.window,
    toleranceMs: flags.tolerance,
    runKey: systemRandomness.bytes(32),
    ...(flags.asOf === undefined ? {} : { knownUntilMs: flags.asOf }),
  })
}

function explain(cause: unknown, io: CliIo): ExitCode {
  const say = (text: string): void => io.stderr(`cloison reconcile: ${text}\n`)
  if (cause instanceof ReconcileError) {
    say(`${cause.code}: ${cause.message}`)
    return tamperingCodes.has(cause.code) ? EXIT.tampering : EXIT.usage
  }
  say(cause instanceof Error ? cause.message : 'unknown failure')
  if (cause instanceof BundleUnavailable) return EXIT.unavailable
  return cause instanceof TrustError || cause instanceof UsageError ? EXIT.usage : EXIT.fault
}

/** `cloison reconcile`: holds logs against each other, offline. */
export function reconcileCommand(io: CliIo): Command {
  return new Command('reconcile')
    .summary("Holds two organisations' logs against each other, and names every gap.")
    .description(
      'Holds the logs of two or more organisations against each other: every exchange must stand in both, with the same outcome and digests.',
    )
    .addHelpText('before', examples)
    .requiredOption(
      '--left <bundle>',
      'a bundle, a folder of bundles of one organisation, or a URL',
    )
    .requiredOption('--right <bundle>', 'the same of another organisation')
    .option('--with <bundle...>', 'of further organisations')
    .option(
      '--vkeys <file>',
      'keys of the logs (default: vkeys.txt beside the left bundle, or above)',
    )
    .option('--policy <file>', 'which witnesses must have cosigned (default: policy.txt, likewise)')
    .option(
      '--window <seconds>',
      "how long the other side's entry may take",
      seconds,
      usualWindowMs,
    )
    .option('--tolerance <seconds>', 'how far log times may be apart', seconds, usualToleranceMs)
    .option('--as-of <moment>', 'up to when the logs count as known (default: as they say)', moment)
    .option('--json', 'print the report as JSON')
    .action(async (flags: Flags) => {
      try {
        const { report } = await run(flags)
        io.stdout(flags.json === true ? `${JSON.stringify(report)}\n` : reportText(report))
        io.exit(report.isEvidence ? EXIT.tampering : EXIT.ok)
      } catch (cause) {
        io.exit(explain(cause, io))
      }
    })
}
