import { dirname, isAbsolute, join, resolve } from 'node:path'
import { Command, Option } from 'commander'
import {
  directoryLocksOf,
  type LoadedConfig,
  loadConfig,
  makeDirectoryKey,
  NodeError,
  readKeyFile,
  readOwnRecordFile,
  requireRootKey,
  writeNextRecord,
} from '../../node/index.ts'
import { bestEd25519, systemClock, systemRandomness } from '../../platform/index.ts'
import { type DirectoryKey, directoryKeyId, keyUses, namedUses } from '../../protocol/index.ts'
import type { CliIo } from '../cli-io.ts'
import { exitOfNode, explainNode } from '../node-failure.ts'

const examples = {
  new: `
Examples:
  $ cloison key new inspector -c cloison.yaml --out /media/stick/inspector.key --root-key /media/root/root.key
  $ cloison key new case --name cases.housing --out case.key -c cloison.yaml --root-key /media/root/root.key
`,
  rotate: `
Examples:
  $ cloison key rotate gateway -c cloison.yaml --root-key /media/root/root.key
  $ cloison key rotate tls -c cloison.yaml --root-key /media/root/root.key
  $ cloison key rotate dpo -c cloison.yaml --out dpo-2.key --previous dpo.key --root-key /media/root/root.key

Peers take the new key 24 hours after they have the record; the old one goes on until it ends or is revoked.
`,
}

interface Options {
  readonly config: string
  readonly rootKey: string
  readonly out?: string
  readonly name?: string
  readonly previous?: string
}

interface Call {
  readonly verb: 'new' | 'rotate'
  readonly use: DirectoryKey['use']
}

/** Where a gateway's own new keys go unless told otherwise. */
const usualFiles: Partial<Record<DirectoryKey['use'], (version: number) => string>> = {
  gateway: (version) => `keys/gateway-${version}.key`,
  tls: (version) => `keys/tls-${version}.pem`,
}

function nextSteps(use: DirectoryKey['use'], path: string, key: DirectoryKey): string {
  const from = new Date(key.notBeforeMs).toISOString().slice(0, 16)
  switch (use) {
    case 'gateway':
      return `Set "keys.gateway_next_file: ${path}" and restart the gateway: it signs with the new key from ${from} UTC on.\n`
    case 'tls':
      return `In 25 hours, when peers take it, set "listen.tls" to certificate_file: ${path} and key_file: ${path}.key, and restart the gateway.\n`
    case 'log':
      return 'A log is told its key by "keys.log_file" or "keys.log_next_file".\n'
    case 'witness':
    case 'dpo':
    case 'inspector':
    case 'case':
    case 'consent':
      return `${path} belongs to whoever signs with it, and to no gateway.\n`
  }
}

function previousFile(
  { verb, use }: Call,
  { previous }: Options,
  { config, at }: LoadedConfig,
): string | undefined {
  if (previous !== undefined) return resolve(previous)
  return verb === 'rotate' && use === 'gateway' ? at(config.keys.gateway_file) : undefined
}

function nameOf({ use }: Call, { name }: Options): string | null {
  const needed = namedUses.includes(use)
  if (needed === (name !== undefined)) return name ?? null
  throw new NodeError(
    'CONFIG_INVALID',
    needed
      ? `A "${use}" key has a name: say it with --name, as agreements and logs use it.`
      : `A "${use}" key has no name; leave --name out.`,
  )
}

async function make(call: Call, options: Options, io: CliIo): Promise<void> {
  const { use } = call
  const loaded = await loadConfig(options.config)
  const { record } = await readOwnRecordFile(loaded)
  const out = options.out ?? usualFiles[use]?.(record.version + 1)
  if (out === undefined)
    throw new NodeError('CONFIG_INVALID', `Say with --out where the "${use}" key goes.`)
  const rootSeed = await readKeyFile(options.rootKey)
  const ed25519 = bestEd25519()
  requireRootKey(record, rootSeed, ed25519)
  const isRelative = options.out === undefined && !isAbsolute(out)
  const path = isRelative ? join(dirname(resolve(options.config)), out) : resolve(out)
  const previous = previousFile(call, options, loaded)
  const key = await makeDirectoryKey(
    record,
    { use, name: nameOf(call, options), path, previousFile: previous },
    {
      clock: systemClock,
      randomness: systemRandomness,
      ed25519,
      locks: directoryLocksOf(loaded.config),
    },
  )
  const change = { keys: [...record.keys, key] }
  const next = await writeNextRecord(loaded, change, { rootSeed, nowMs: io.now(), ed25519 })
  io.stdout(`${directoryKeyId(record.organisation, key)}\n`)
  io.stderr(
    `Made in ${out}; the record is now version ${next.version}. A running gateway takes it up within a second and hands it to the peers.\n${nextSteps(use, out, key)}`,
  )
}

/** `cloison key new` and `rotate`: a new key, in a file of its own, listed by the next version of the record. */
export function keyNewCommand(io: CliIo, verb: Call['verb']): Command {
  return new Command(verb)
    .description(
      verb === 'new'
        ? 'Makes the first key of a use, or one more.'
        : 'Makes the key that will take the place of the present one, which vouches for it.',
    )
    .addHelpText('before', examples[verb])
    .argument('<use>', keyUses.join(', '))
    .requiredOption('-c, --config <file>', "the gateway's YAML file")
    .addOption(new Option('--root-key <file>', 'the offline root key').makeOptionMandatory())
    .option('--out <file>', 'where the key goes; never overwritten')
    .option('--name <name>', 'of a log, witness, case source or consent issuer')
    .option('--previous <file>', 'the present key of this use, which vouches for the new one')
    .action(async (use: string, options: Options) => {
      try {
        const known = keyUses.find((one) => one === use)
        if (known === undefined)
          throw new NodeError(
            'CONFIG_INVALID',
            `There is no use "${use}"; one of: ${keyUses.join(', ')}.`,
          )
        await make({ verb, use: known }, options, io)
      } catch (cause) {
        io.stderr(`cloison key ${verb}: ${explainNode(cause)}\n`)
        io.exit(exitOfNode(cause))
      }
    })
}
