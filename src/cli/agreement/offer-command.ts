import { readFile } from 'node:fs/promises'
import { Command } from 'commander'
import { canonicalBytes } from '../../bytes/index.ts'
import { loadConfig } from '../../node/index.ts'
import { type CliIo, EXIT, type ExitCode } from '../cli-io.ts'
import { UsageError } from '../read-subject.ts'
import { readAgreementFile } from './agreement-file.ts'
import { handedInText, handIn } from './hand-in.ts'
import { runCommand } from './run-command.ts'

interface Options {
  readonly config: string
  readonly to?: string
  readonly json?: true
}

const examples = `
Examples:
  $ cloison agreement offer rent.v1.json -c housing/cloison.yaml
  $ cloison agreement offer act.json -c tax/cloison.yaml       an act that was signed elsewhere
  $ cloison agreement offer rent.v1.json -c inspector/cloison.yaml --to tax       what an inspector has countersigned

The gateway must be running. With one signature it is an offer, handed on to the other party; with both it
is published here and there, and its time lock begins once the witnesses have cosigned it.
Exit codes: 0 taken up, 1 fault, 2 usage, 4 refused, 5 the gateway cannot be reached.
`

const actBegin = '{"act":'

async function documentOf(file: string): Promise<Uint8Array> {
  const bytes = await readFile(file).catch(() => undefined)
  if (bytes?.subarray(0, actBegin.length).toString() === actBegin) return new Uint8Array(bytes)
  const { form, agreement } = await readAgreementFile(file)
  if (form === 'document') return canonicalBytes(agreement)
  throw new UsageError(
    `${file} is a draft, and a gateway takes up what is signed. Sign it first: cloison agreement sign ${file} --key keys/dpo.key -c cloison.yaml`,
  )
}

async function offer(file: string, options: Options, io: CliIo): Promise<ExitCode> {
  const document = await documentOf(file)
  const { config, to } = options
  const done = await handIn(document, { file: config, loaded: await loadConfig(config), to })
  io.stdout(options.json === true ? `${JSON.stringify(done)}\n` : handedInText(done, to))
  return EXIT.ok
}

/** `cloison agreement offer`: a signed agreement to the own gateway, and through it to the other party. */
export function offerCommand(io: CliIo): Command {
  return new Command('offer')
    .description('Hands a signed agreement, or a signed act, to the running gateway.')
    .addHelpText('before', examples)
    .argument('<file>', 'what "cloison agreement sign" has written')
    .requiredOption('-c, --config <file>', "the own gateway's YAML file")
    .option('--to <peer>', "hand it to this peer's gateway in place of the own one")
    .option('--json', 'as JSON')
    .action((file: string, options: Options) =>
      runCommand('offer', io, () => offer(file, options, io)),
    )
}
