import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { Command } from 'commander'
import {
  type Agreement,
  agreementDigest,
  describeAgreement,
  type AgreementStanding,
} from '../../agreement/index.ts'
import { canonicalBytes, encodeBase64 } from '../../bytes/index.ts'
import { agreementOverview, loadConfig } from '../../node/index.ts'
import { type CliIo, EXIT, type ExitCode } from '../cli-io.ts'
import { UsageError } from '../read-subject.ts'
import { readAgreementFile } from './agreement-file.ts'
import { runCommand } from './run-command.ts'
import { signatureWords } from './signer-words.ts'
import { standingSentence } from './standing-words.ts'

interface Options {
  readonly config?: string
  readonly version?: string
  readonly json?: true
  readonly output?: string
}

const examples = `
Examples:
  $ cloison agreement show rent.v1.json
  $ cloison agreement show housing-tax -c housing/cloison.yaml
  $ cloison agreement show housing-tax -c tax/cloison.yaml --output offered.json     to sign what was offered

Says in plain words what is agreed; with a configuration file also where it stands.
The document that --output writes is what "agreement sign" takes; no file is overwritten.
Exit codes: 0 shown, 1 fault, 2 usage.
`

interface Shown {
  readonly agreement: Agreement
  readonly standing: AgreementStanding | undefined
}

function nearest(name: string, ids: readonly string[]): string {
  return ids.length === 0
    ? 'there is none yet'
    : `there are: ${[...new Set(ids)].join(', ')}${ids.includes(name) ? ' (with other versions)' : ''}`
}

async function find(name: string, options: Options, io: CliIo): Promise<Shown> {
  if (options.config === undefined || existsSync(name)) {
    return { agreement: (await readAgreementFile(name)).agreement, standing: undefined }
  }
  const rows = await agreementOverview(await loadConfig(options.config), io.now())
  const wanted = options.version === undefined ? undefined : Number(options.version)
  const found = rows.findLast(
    ({ agreement }) =>
      agreement.id === name && (wanted === undefined || agreement.version === wanted),
  )
  if (found !== undefined) return found
  const known = nearest(
    name,
    rows.map(({ agreement }) => agreement.id),
  )
  throw new UsageError(`no agreement of that name and version is in ${options.config}; ${known}.`)
}

async function writeDocument(agreement: Agreement, file: string): Promise<void> {
  await writeFile(file, canonicalBytes(agreement), { flag: 'wx' }).catch((cause: unknown) => {
    throw new UsageError(`${file} cannot be written, or is there already: name another file.`, {
      cause,
    })
  })
}

async function show(name: string, options: Options, io: CliIo): Promise<ExitCode> {
  const { agreement, standing } = await find(name, options, io)
  if (options.output !== undefined) await writeDocument(agreement, options.output)
  const digest = encodeBase64(agreementDigest(agreement))
  if (options.json === true) {
    io.stdout(`${JSON.stringify({ agreement, digest, standing: standing ?? null })}\n`)
    return EXIT.ok
  }
  const lines = describeAgreement(agreement).map(([label, text]) => `${label.padEnd(12)} ${text}`)
  lines.push(`${'signatures'.padEnd(12)} ${await signatureWords(agreement, options.config)}`)
  lines.push(`${'digest'.padEnd(12)} ${digest}`)
  if (standing !== undefined) lines.push(`${'standing'.padEnd(12)} ${standingSentence(standing)}`)
  io.stdout(`${lines.join('\n')}\n`)
  return EXIT.ok
}

/** `cloison agreement show`: one agreement in plain words. */
export function showCommand(io: CliIo): Command {
  return new Command('show')
    .description('Shows one agreement in plain words.')
    .addHelpText('before', examples)
    .argument('<agreement>', 'a file, or with -c the id of an agreement')
    .option('-c, --config <file>', "the own gateway's YAML file")
    .option('--version <number>', 'which version; the newest unless given')
    .option('--output <file>', 'write the document as well, with the signatures that it has')
    .option('--json', 'as JSON')
    .action((name: string, options: Options) =>
      runCommand('show', io, () => show(name, options, io)),
    )
}
