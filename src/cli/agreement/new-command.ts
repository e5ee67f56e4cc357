import { writeFile } from 'node:fs/promises'
import { Command, Option } from 'commander'
import { type AgreementKind, type DescribedRegister, writeDraft } from '../../agreement/index.ts'
import { describedRegisters, loadConfig, type LoadedConfig } from '../../node/index.ts'
import { type CliIo, EXIT, type ExitCode } from '../cli-io.ts'
import { UsageError } from '../read-subject.ts'
import { runCommand } from './run-command.ts'

interface Options {
  readonly config?: string
  readonly id?: string
  readonly kind: AgreementKind
  readonly provider?: string
  readonly consumer?: string
  readonly output?: string
}

const examples = `
Examples:
  $ cloison agreement new --provider tax --consumer housing
  $ cloison agreement new -c housing/cloison.yaml --provider tax --output rent.yaml

Writes a draft with a comment on every key, never over a file that stands there.
`

interface Parties {
  readonly provider: string | undefined
  readonly consumer: string | undefined
}

/** Whoever is not named is this gateway's organisation; with registers, it answers. */
function partiesOf(options: Options, loaded: LoadedConfig | undefined): Parties {
  const { provider, consumer } = options
  const own = loaded?.config.org.id
  if (own === undefined || (provider !== undefined && consumer !== undefined)) {
    return { provider, consumer }
  }
  if (provider === own || consumer === own) return { provider, consumer }
  if (provider !== undefined) return { provider, consumer: own }
  if (consumer !== undefined) return { provider: own, consumer }
  const answers = Object.keys(loaded?.config.registers ?? {}).length > 0
  return answers ? { provider: own, consumer } : { provider, consumer: own }
}

function idOf({ id }: Options, { provider, consumer }: Parties): string {
  const made = id ?? [consumer, provider].filter((one) => one !== undefined).join('-')
  const name = made === '' ? 'new-agreement' : made
  if (/^[a-z0-9][a-z0-9-]{2,62}$/.test(name)) return name
  throw new UsageError('--id must have 3 to 63 lower-case letters, digits and hyphens.')
}

function requireOrganisations({ provider, consumer }: Parties): void {
  for (const [flag, id] of [
    ['--provider', provider],
    ['--consumer', consumer],
  ]) {
    if (id === undefined || /^[a-z][a-z0-9-]{1,30}$/.test(id)) continue
    throw new UsageError(
      `${flag} must be an organisation's id: 2 to 31 lower-case letters, digits and hyphens.`,
    )
  }
  if (provider !== undefined && provider === consumer)
    throw new UsageError('--provider and --consumer must be two different organisations.')
}

async function registersOf(
  loaded: LoadedConfig | undefined,
  { provider }: Parties,
): Promise<readonly DescribedRegister[]> {
  if (loaded === undefined || provider !== loaded.config.org.id) return []
  return describedRegisters(loaded)
}

async function begin(options: Options, io: CliIo): Promise<ExitCode> {
  const loaded = options.config === undefined ? undefined : await loadConfig(options.config)
  const parties = partiesOf(options, loaded)
  requireOrganisations(parties)
  const id = idOf(options, parties)
  const text = writeDraft({
    ...parties,
    id,
    kind: options.kind,
    registers: await registersOf(loaded, parties),
    peers: loaded?.config.peers.map((peer) => peer.id) ?? [],
    nowMs: io.now(),
  })
  const file = options.output ?? `${id}.yaml`
  await writeFile(file, text, { flag: 'wx' }).catch((cause: unknown) => {
    const stands = cause instanceof Error && 'code' in cause && cause.code === 'EEXIST'
    const reason = stands
      ? 'stands there already; name another file with --output'
      : 'cannot be written; check that its folder is there'
    throw new UsageError(`${file} ${reason}.`, { cause })
  })
  io.stdout(`${file}\n`)
  io.stderr(`A draft is in ${file}. Fill it in, then: cloison agreement lint ${file}\n`)
  return EXIT.ok
}

/** `cloison agreement new`: a draft to be filled in. */
export function newCommand(io: CliIo): Command {
  return new Command('new')
    .description('Writes a draft of an agreement, with a comment on every key.')
    .addHelpText('before', examples)
    .option('-c, --config <file>', "the own gateway's YAML file: who this is, registers, peers")
    .option('--id <id>', 'name of the agreement; made of the parties unless given')
    .addOption(
      new Option('--kind <kind>', 'what it is about')
        .choices(['person', 'emergency', 'population', 'join'])
        .default('person'),
    )
    .option('--provider <org>', 'the organisation that answers')
    .option('--consumer <org>', 'the organisation that asks')
    .option('--output <file>', 'where the draft goes; <id>.yaml unless given')
    .action((options: Options) => runCommand('new', io, () => begin(options, io)))
}
