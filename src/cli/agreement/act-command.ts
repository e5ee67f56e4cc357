import { writeFile } from 'node:fs/promises'
import { Command } from 'commander'
import {
  actBytes,
  type AgreementAct,
  type AgreementActName,
  describeAgreement,
  signAct,
} from '../../agreement/index.ts'
import { loadConfig, type LoadedConfig, openSuspensions } from '../../node/index.ts'
import { bestEd25519 } from '../../platform/index.ts'
import { parseOrganisationId } from '../../protocol/index.ts'
import { type CliIo, EXIT, type ExitCode } from '../cli-io.ts'
import { UsageError } from '../read-subject.ts'
import { type ActTarget, actTarget, liftsOfFiles } from './act-target.ts'
import { confirm } from './confirm.ts'
import { handedInText, type HandedIn, handIn, type HandInPlace } from './hand-in.ts'
import { readOfficer } from './officer.ts'
import { RefusedError, runCommand } from './run-command.ts'
import { standingSentence } from './standing-words.ts'

interface Options {
  readonly config: string
  readonly key: string
  readonly reason: string
  readonly version?: string
  readonly inspector?: true
  readonly output?: string
  readonly to?: string
  readonly suspensions?: readonly string[]
  readonly yes?: true
  readonly json?: true
}

interface Verb {
  readonly name: AgreementActName
  readonly summary: string
  /** A reason as the examples show one. */
  readonly reason: string
  /** When it can be done, for whoever came at another time. */
  readonly place: string
  /** What it does, for whoever is about to sign. */
  readonly effect: string
}

const verbs: readonly Verb[] = [
  {
    name: 'suspend',
    summary: 'Stops every answer under an agreement at once.',
    reason: 'Audit 12',
    place: 'Only what both have signed and has not ended can be suspended.',
    effect: 'Nothing is answered from now on, until you and both parties resume it.',
  },
  {
    name: 'resume',
    summary: 'Agrees that a suspended agreement goes on; the suspender and both parties must.',
    reason: 'Audit 12 has ended',
    place: 'Only what is suspended and has not ended can be resumed.',
    effect: 'It goes on once the suspender and both parties have resumed it.',
  },
  {
    name: 'review',
    summary: 'Says that the agreement was looked at again; both parties must, after twelve months.',
    reason: 'Review of 2027',
    place: 'Only an agreement of more than a year is reviewed, when its review is near.',
    effect: 'Without the review of both parties it is suspended twelve months after its begin.',
  },
  {
    name: 'terminate',
    summary: 'Ends an agreement for good.',
    reason: 'The programme ends',
    place: 'Only what both have signed and has not ended can be terminated.',
    effect: 'It ends now and for good; a new agreement starts with a new time lock.',
  },
  {
    name: 'reject',
    summary: 'Says no to an agreement that is offered.',
    reason: 'Too wide',
    place: 'Only what is offered can be rejected; what both have signed is terminated.',
    effect: 'The offer is void; the other side signs a new version.',
  },
]

function examplesOf({ name, effect, reason }: Verb): string {
  const isTheirs = name === 'suspend' || name === 'resume'
  const acts = name === 'resume' ? ' --suspensions act.json' : ''
  const inspectorExample = isTheirs
    ? `  $ cloison agreement ${name} rent.v1.json --inspector -c inspector/cloison.yaml --key inspector.key${acts} --reason "…" --to tax\n`
    : ''
  return `
Examples:
  $ cloison agreement ${name} housing-tax -c tax/cloison.yaml --key tax/keys/dpo.key --reason "${reason}"
  $ cloison agreement ${name} housing-tax --version 2 -c tax/cloison.yaml --key dpo.key --reason "…" --yes --json
  $ cloison agreement ${name} housing-tax -c tax/cloison.yaml --key dpo.key --reason "…" --output act.json
${inspectorExample}
${effect}
The act is signed with the data protection officer's key and is a public entry of both logs, and the reason
with it: name no person. The gateway must be running, but for --output, which only writes the signed act.
Exit codes: 0 done, 1 fault, 2 usage, 4 refused, 5 the gateway cannot be reached.
`
}

async function liftsOf(
  verb: Verb,
  target: ActTarget,
  { options, loaded }: { readonly options: Options; readonly loaded: LoadedConfig },
): Promise<readonly string[]> {
  if (verb.name !== 'resume') return []
  const { suspensions } = options
  if (suspensions !== undefined) return liftsOfFiles(suspensions, target)
  const { agreement, standing } = target
  if (standing === undefined)
    throw new UsageError(
      'say with --suspensions which acts it resumes after: the files that "suspend --output" has written.',
    )
  const lifts = await openSuspensions(loaded, target)
  if (lifts.length > 0) return lifts
  throw new UsageError(
    `nobody has suspended ${agreement.id} v${agreement.version}; it is ${standingSentence(standing)}.`,
  )
}

/** The text becomes public as it is; the gateway would refuse any other. */
function requireReason(reason: string): void {
  if (reason.trim() !== '' && reason.length <= 500 && !/[\p{Cc}\p{Cf}]/u.test(reason)) return
  throw new UsageError(
    '--reason needs one line of 1 to 500 printing characters, such as "Audit 12"; it becomes public, so it names nobody.',
  )
}

async function handActIn(signed: AgreementAct, verb: Verb, place: HandInPlace): Promise<HandedIn> {
  try {
    return await handIn(actBytes(signed), place)
  } catch (cause) {
    if (!(cause instanceof RefusedError) || cause.code !== 'ACT_OUT_OF_PLACE') throw cause
    throw new RefusedError(cause.code, `${cause.message} ${verb.place}`)
  }
}

function reviewText({ agreement, standing }: ActTarget, { effect }: Verb): string {
  const stands = standing === undefined ? 'not known here' : standingSentence(standing)
  const lines = [...describeAgreement(agreement), ['standing', stands] as const].map(
    ([label, text]) => `  ${label.padEnd(12)} ${text}`,
  )
  return `${lines.join('\n')}\n\n${effect}\n`
}

async function act(
  verb: Verb,
  { name, options }: { readonly name: string; readonly options: Options },
  io: CliIo,
): Promise<ExitCode> {
  requireReason(options.reason)
  const loaded = await loadConfig(options.config)
  const officer = await readOfficer(options)
  const target = await actTarget(name, options, { loaded, nowMs: io.now() })
  const { agreement, digest } = target
  const lifts = await liftsOf(verb, target, { options, loaded })
  io.stderr(reviewText(target, verb))
  const question = `Sign "${verb.name}" for ${officer.organisation}?`
  if (!(await confirm(question, options.yes === true, io))) return EXIT.refused
  const signed = signAct(
    {
      v: 1,
      act: verb.name,
      agreement: { id: agreement.id, version: agreement.version, digest },
      reason: options.reason,
      lifts,
      atMs: io.now(),
    },
    {
      organisation: parseOrganisationId(officer.organisation),
      role: options.inspector === true ? 'inspector' : 'dpo',
      seed: officer.seed,
    },
    bestEd25519(),
  )
  if (options.output !== undefined) {
    await writeFile(options.output, actBytes(signed))
    io.stdout(`${options.output}\n`)
    return EXIT.ok
  }
  const place = { file: options.config, loaded, to: options.to }
  const done = await handActIn(signed, verb, place)
  io.stdout(options.json === true ? `${JSON.stringify(done)}\n` : handedInText(done, options.to))
  return EXIT.ok
}

function actCommand(verb: Verb, io: CliIo): Command {
  const command = new Command(verb.name)
    .description(verb.summary)
    .addHelpText('before', examplesOf(verb))
    .argument('<agreement>', 'its id, as "cloison agreement list" shows it, or a signed document')
    .requiredOption('-c, --config <file>', "the own gateway's YAML file")
    .requiredOption('--key <file>', "the officer's key file, such as keys/dpo.key")
    .requiredOption('--reason <text>', 'why, in public words')
    .option('--version <number>', 'which version, where several have not ended')
    .option('--inspector', 'sign as inspector')
    .option('--output <file>', 'write the signed act, and hand it to nobody')
    .option('--to <peer>', "hand it to this peer's gateway in place of the own one")
    .option('--yes', 'do not ask')
    .option('--json', 'as JSON')
  if (verb.name === 'resume')
    command.option('--suspensions <files...>', 'the acts that it resumes after, as files')
  return command.action((name: string, options: Options) =>
    runCommand(verb.name, io, () => act(verb, { name, options }, io)),
  )
}

/** `cloison agreement suspend|resume|review|terminate|reject`: what officers do to an agreement. */
export function actCommands(io: CliIo): readonly Command[] {
  return verbs.map((verb) => actCommand(verb, io))
}
