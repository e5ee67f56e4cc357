import { Command } from 'commander'
import { isNarrower, type Narrowing } from '../../agreement/index.ts'
import { type CliIo, EXIT, type ExitCode } from '../cli-io.ts'
import { readAgreementFile } from './agreement-file.ts'
import { runCommand } from './run-command.ts'

interface Options {
  readonly json?: true
}

const examples = `
Examples:
  $ cloison agreement diff rent.v1.json rent.yaml

Says what the second allows that the first did not. What the rules do not prove narrower is wider, and
restarts the time lock; a version that is narrower in everything takes effect at once.
`

function text({ narrower, changes }: Narrowing): string {
  if (changes.length === 0) return 'Nothing changes in what is agreed.\n'
  const lines = changes
    .toSorted((a, b) => Number(a.effect === 'narrower') - Number(b.effect === 'narrower'))
    .map(({ effect, path, reason }) => `${effect.padEnd(8)}  ${path}: ${reason}`)
  const verdict = narrower
    ? 'Narrower in everything: it takes effect at once, if it cites the version in force.'
    : 'Wider: the time lock starts anew when it is published.'
  return `${lines.join('\n')}\n${verdict}\n`
}

async function diff(
  { before, after }: { readonly before: string; readonly after: string },
  options: Options,
  io: CliIo,
): Promise<ExitCode> {
  const previous = await readAgreementFile(before)
  const next = await readAgreementFile(after)
  const found = isNarrower(previous.agreement, next.agreement)
  io.stdout(options.json === true ? `${JSON.stringify(found)}\n` : text(found))
  return EXIT.ok
}

/** `cloison agreement diff`: what a version widens and what it narrows. */
export function diffCommand(io: CliIo): Command {
  return new Command('diff')
    .description('Shows what a new version allows more, and what less.')
    .addHelpText('before', examples)
    .argument('<before>', 'the earlier agreement: a draft or a document')
    .argument('<after>', 'the later one')
    .option('--json', 'as JSON')
    .action((before: string, after: string, options: Options) =>
      runCommand('diff', io, () => diff({ before, after }, options, io)),
    )
}
