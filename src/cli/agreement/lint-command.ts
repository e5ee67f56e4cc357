import { Command } from 'commander'
import {
  type Agreement,
  type AgreementProblem,
  adviceOf,
  draftPath,
  type DraftProblem,
  lintAgreement,
  type LintFinding,
  registerProblems,
} from '../../agreement/index.ts'
import { describedRegisters, loadConfig } from '../../node/index.ts'
import { type CliIo, EXIT, type ExitCode } from '../cli-io.ts'
import { AgreementFileError, readAgreementFile } from './agreement-file.ts'
import { problemLines, runCommand } from './run-command.ts'

interface Options {
  readonly config?: string
  readonly json?: true
}

const examples = `
Examples:
  $ cloison agreement lint rent.yaml
  $ cloison agreement lint rent.yaml -c tax/cloison.yaml      also against the provider's registers
  $ cloison agreement lint rent.v1.json --json

Exit codes: 0 it can be signed (there may be warnings), 2 it is no agreement yet.
`

interface Report {
  readonly file: string
  readonly problems: readonly DraftProblem[]
  readonly findings: readonly (LintFinding & { readonly line: number })[]
}

async function problemsWithRegisters(
  agreement: Agreement,
  config: string | undefined,
): Promise<readonly AgreementProblem[]> {
  if (config === undefined) return []
  const loaded = await loadConfig(config)
  if (agreement.provider.valueOf() !== loaded.config.org.id) return []
  const countersigned = agreement.signatures.some(({ role }) => role === 'inspector')
  return registerProblems(agreement, await describedRegisters(loaded), { countersigned })
}

async function lint(file: string, options: Options, io: CliIo): Promise<Report> {
  try {
    const { agreement, lineOf, form } = await readAgreementFile(file)
    const pathOf = (path: string): string => (form === 'draft' ? draftPath(path) : path)
    const problems = await problemsWithRegisters(agreement, options.config)
    return {
      file,
      problems: problems.map(({ code, path, message }) => {
        const place = pathOf(path)
        return { code, path: place, message, line: lineOf(place), advice: adviceOf(code) }
      }),
      findings: lintAgreement(agreement, io.now()).map((finding) => {
        const path = pathOf(finding.path)
        return { ...finding, path, line: lineOf(path) }
      }),
    }
  } catch (cause) {
    if (!(cause instanceof AgreementFileError)) throw cause
    return { file, problems: cause.problems, findings: [] }
  }
}

function findingText(file: string, finding: Report['findings'][number]): string {
  const { line, path, message, code, severity, law, advice } = finding
  return `${file}:${line}: ${severity}: ${path}: ${message} [${code}]\n    ${law}. ${advice}\n`
}

function print({ file, problems, findings }: Report, io: CliIo): void {
  if (problems.length > 0) {
    io.stdout(problemLines(new AgreementFileError(file, problems)))
    return
  }
  for (const finding of findings) io.stdout(findingText(file, finding))
  const warnings = findings.filter(({ severity }) => severity === 'warning').length
  io.stderr(
    `${file} can be signed: ${warnings} ${warnings === 1 ? 'warning' : 'warnings'}, ${findings.length - warnings} of advice.\n`,
  )
}

async function run(file: string, options: Options, io: CliIo): Promise<ExitCode> {
  const report = await lint(file, options, io)
  const ok = report.problems.length === 0
  if (options.json === true) io.stdout(`${JSON.stringify({ ok, ...report })}\n`)
  else print(report, io)
  return ok ? EXIT.ok : EXIT.usage
}

/** `cloison agreement lint`: what is wrong with a draft or document, and what a court would ask. */
export function lintCommand(io: CliIo): Command {
  return new Command('lint')
    .description('Says what is wrong with an agreement, and what the law would ask about it.')
    .addHelpText('before', examples)
    .argument('<file>', 'a YAML draft, or a signed document')
    .option('-c, --config <file>', "the provider's YAML file, to compare with its registers")
    .option('--json', 'as JSON')
    .action((file: string, options: Options) =>
      runCommand('lint', io, () => run(file, options, io)),
    )
}
