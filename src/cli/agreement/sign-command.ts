import { existsSync } from 'node:fs'
import { readFile, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Command } from 'commander'
import {
  type Agreement,
  agreementDigest,
  describeAgreement,
  lintAgreement,
  needsInspector,
  parseAgreement,
  signAgreement,
} from '../../agreement/index.ts'
import { canonicalBytes, encodeBase64, equalBytes } from '../../bytes/index.ts'
import { bestEd25519 } from '../../platform/index.ts'
import { parseOrganisationId } from '../../protocol/index.ts'
import { type CliIo, EXIT, type ExitCode } from '../cli-io.ts'
import { UsageError } from '../read-subject.ts'
import { readAgreementFile } from './agreement-file.ts'
import { confirm } from './confirm.ts'
import { type OfficerOptions, type Officer, readOfficer } from './officer.ts'
import { runCommand } from './run-command.ts'
import { requireSigners } from './signer-words.ts'

interface Options extends OfficerOptions {
  readonly output?: string
  readonly inspector?: true
  readonly yes?: true
}

const examples = `
Examples:
  $ cloison agreement sign rent.yaml --key housing/keys/dpo.key -c housing/cloison.yaml
  $ cloison agreement sign rent.v1.json --key /media/dpo/dpo.key --org tax
  $ cloison agreement sign rent.v1.json --inspector --key inspector.key -c inspector/cloison.yaml

Shows the agreement in plain words, asks, and writes <id>.v<version>.json beside the file. The key is the
officer's own; no gateway reads it. Signing again adds the next organisation's signature. An inspector signs for
neither party, and with a key that the directory record of their organisation lists.
`

function reviewText(agreement: Agreement, nowMs: number): string {
  const lines = describeAgreement(agreement).map(([label, text]) => `  ${label.padEnd(12)} ${text}`)
  const warnings = lintAgreement(agreement, nowMs)
    .filter(({ severity }) => severity === 'warning')
    .map(({ message, law }) => `  warning      ${message} (${law})`)
  return `You sign this agreement, word for word:\n\n${[...lines, ...warnings].join('\n')}\n\n  digest       ${encodeBase64(agreementDigest(agreement))}\n`
}

function requireParty(agreement: Agreement, { organisation }: Officer, inspector: boolean): void {
  const isParty =
    agreement.provider.valueOf() === organisation || agreement.consumer.valueOf() === organisation
  if (isParty !== inspector) return
  throw new UsageError(
    inspector
      ? `${organisation} is a party of ${agreement.id}; an inspector is neither.`
      : `${organisation} is no party of ${agreement.id}, which is between ${agreement.consumer} and ${agreement.provider}; sign with a key of one of them.`,
  )
}

/** Signatures of others on the same document, where it was written before. */
async function standingSignatures(target: string, agreement: Agreement): Promise<Agreement> {
  if (!existsSync(target)) return agreement
  const standing = parseAgreement(new Uint8Array(await readFile(target)))
  if (!equalBytes(agreementDigest(standing), agreementDigest(agreement))) {
    throw new UsageError(
      `${target} stands there and says something else: raise "version" (it was signed), or name another file with --output.`,
    )
  }
  const known = new Set(agreement.signatures.map(({ organisation }) => organisation.valueOf()))
  const others = standing.signatures.filter(({ organisation }) => !known.has(organisation))
  return { ...agreement, signatures: [...agreement.signatures, ...others] }
}

async function sign(file: string, options: Options, io: CliIo): Promise<ExitCode> {
  const { agreement } = await readAgreementFile(file)
  const officer = await readOfficer(options)
  const inspector = options.inspector === true
  requireParty(agreement, officer, inspector)
  const name = `${agreement.id}.v${agreement.version}.json`
  const target = options.output ?? join(dirname(file), name)
  const before = await standingSignatures(target, agreement)
  await requireSigners(existsSync(target) ? target : file, before, options.config)
  io.stderr(reviewText(before, io.now()))
  const question = `Sign for ${officer.organisation}${inspector ? ' as inspector' : ''}?`
  if (!(await confirm(question, options.yes === true, io))) return EXIT.refused
  const signed = signAgreement(
    before,
    {
      organisation: parseOrganisationId(officer.organisation),
      role: inspector ? 'inspector' : 'dpo',
      seed: officer.seed,
    },
    bestEd25519(),
  )
  const bytes = canonicalBytes(signed)
  parseAgreement(bytes)
  await writeFile(`${target}.new`, bytes)
  await rename(`${target}.new`, target)
  io.stdout(`${target}\n`)
  io.stderr(nextStep(signed, target))
  return EXIT.ok
}

function nextStep(agreement: Agreement, target: string): string {
  const { provider, consumer, signatures } = agreement
  const missing = [provider, consumer].filter(
    (party) =>
      !signatures.some(({ organisation, role }) => role === 'dpo' && organisation === party),
  )
  const offer = `cloison agreement offer ${target} -c cloison.yaml`
  const isCountersigned = signatures.some(({ role }) => role === 'inspector')
  if (needsInspector(agreement) && !isCountersigned)
    return `Signed. It is about something protected, so an inspector must countersign, before it is handed over: cloison agreement sign ${target} --inspector\n`
  return missing.length === 0
    ? `Both have signed. Hand it to your gateway, which publishes it: ${offer}\n`
    : `Signed; ${missing.join(' and ')} must sign as well. Hand it over: ${offer}\n`
}

/** `cloison agreement sign`: a data protection officer's signature under an agreement. */
export function signCommand(io: CliIo): Command {
  return new Command('sign')
    .description('Shows an agreement in plain words, and signs it with a DPO key.')
    .addHelpText('before', examples)
    .argument('<file>', 'a YAML draft, or a document that another has signed')
    .requiredOption('--key <file>', "the officer's key file, such as keys/dpo.key")
    .option('-c, --config <file>', "the own gateway's YAML file: who signs, and the right key")
    .option('--org <id>', 'who signs, where there is no configuration file')
    .option('--inspector', 'countersign as inspector')
    .option('--output <file>', 'where the document goes')
    .option('--yes', 'do not ask')
    .action((file: string, options: Options) =>
      runCommand('sign', io, () => sign(file, options, io)),
    )
}
