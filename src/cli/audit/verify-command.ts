import { Command } from 'commander'
import { describeProblem, LogError, type LogReport, verifyLog } from '../../log/verify/index.ts'
import {
  DrawLogChanged,
  type DrawVerdict,
  readDrawLog,
  verifyDraws,
} from '../../oversight/index.ts'
import { undiciHttpClient } from '../../platform/index.ts'
import { type CliIo, EXIT, type ExitCode } from '../cli-io.ts'
import { checkLogFolder, folderSource, urlSource } from '../log-source.ts'
import { nodeAlgorithms } from '../node-algorithms.ts'
import { readTrust, type Trust, TrustError } from '../trust-files.ts'

const examples = `
Examples:
  $ cloison audit verify ./kept/tax/log
  $ cloison audit verify https://tax.example/log/2026h2 --vkeys vkeys.txt --policy policy.txt --json

Exit codes: 0 every draw is good, 2 usage, 3 evidence of tampering or a void draw, 5 the log cannot be reached.
`

interface Flags {
  readonly vkeys?: string
  readonly policy?: string
  readonly json?: true
}

function line(draw: DrawVerdict): string {
  if (draw.state === 'void') return `Draw ${draw.index}: VOID, ${draw.fault}.\n`
  const { inspector, first, last, count } = draw.terms
  const what = `Draw ${draw.index} by ${inspector}, ${count} of ${first} to ${last - 1}`
  if (draw.state === 'committed') return `${what}: no checkpoint is fixed yet.\n`
  if (draw.state === 'fixed') return `${what}: the nonce is not revealed yet.\n`
  const none = 'nothing, for no question was asked in that range'
  return `${what}: ${draw.drawn.join(', ') || none}.\n`
}

function trustFor(target: string, isUrl: boolean, { vkeys, policy }: Flags): Trust {
  return readTrust({
    ...(vkeys === undefined ? {} : { vkeys }),
    ...(policy === undefined ? {} : { policy }),
    folder: isUrl ? '.' : target,
    from: isUrl ? 'here' : 'parent',
  })
}

function isAbsent({ problems }: LogReport): boolean {
  return problems.some(({ code }) => code === 'CHECKPOINT_MISSING')
}

async function verify(target: string, flags: Flags, io: CliIo): Promise<ExitCode> {
  const isUrl = /^https?:\/\//.test(target)
  if (!isUrl) checkLogFolder(target)
  await using http = undiciHttpClient()
  const trust = trustFor(target, isUrl, flags)
  const source = isUrl ? urlSource(target, http) : folderSource(target)
  const { keys, policy } = trust
  const report = await verifyLog(source, { keys, policy, strict: false, ...nodeAlgorithms() })
  if (!report.ok) {
    io.stderr(report.problems.map((problem) => `${describeProblem(problem)}\n`).join(''))
    io.stderr(`${target} is no log that could be verified, so no draw in it could.\n`)
    return isUrl && isAbsent(report) ? EXIT.unavailable : EXIT.tampering
  }
  const draws = verifyDraws(
    await readDrawLog(source, report, { keys, policy, ...nodeAlgorithms() }),
  )
  const text = draws.map((draw) => line(draw)).join('')
  io.stdout(flags.json === true ? `${JSON.stringify(draws)}\n` : text || 'No draw was made.\n')
  return draws.some(({ state }) => state === 'void') ? EXIT.tampering : EXIT.ok
}

function explain(cause: unknown, io: CliIo): ExitCode {
  const say = (text: string): void => io.stderr(`cloison audit verify: ${text}\n`)
  if (cause instanceof TrustError) {
    say(cause.message)
    return EXIT.usage
  }
  if (cause instanceof DrawLogChanged) {
    say('the log showed something else when it was read again; verify a copy of it.')
    return EXIT.tampering
  }
  say(cause instanceof Error ? cause.message : 'unknown failure')
  return cause instanceof LogError && cause.code === 'SOURCE_FAILED' ? EXIT.unavailable : EXIT.fault
}

/** `cloison audit verify`: computes every draw of a published log again, trusting nobody. */
export function verifyCommand(io: CliIo): Command {
  return new Command('verify')
    .description('Verifies a published log and says which entries each draw in it has drawn.')
    .addHelpText('before', examples)
    .argument('<target>', 'folder or URL of the log')
    .option('--vkeys <file>', 'keys of logs and witnesses (default: vkeys.txt in a folder above)')
    .option(
      '--policy <file>',
      'which witnesses must cosign (default: policy.txt in a folder above)',
    )
    .option('--json', 'print the draws as JSON')
    .action(async (target: string, flags: Flags) => {
      try {
        io.exit(await verify(target, flags, io))
      } catch (cause) {
        io.exit(explain(cause, io))
      }
    })
}
