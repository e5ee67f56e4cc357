import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Command } from 'commander'
import {
  type FoundedOrganisation,
  initOrganisation,
  NodeError,
  requireListen,
  requireOrigin,
  requireTimeLock,
  requireUrl,
  writeFirstSettings,
} from '../../node/index.ts'
import { bestEd25519, systemClock, systemRandomness } from '../../platform/index.ts'
import { parseOrganisationId, ProtocolError, rootFingerprint } from '../../protocol/index.ts'
import { type CliIo, EXIT } from '../cli-io.ts'
import { exitOfNode, explainNode } from '../node-failure.ts'

interface Options {
  readonly org: string
  readonly name?: string
  readonly dir: string
  readonly origin: string
  readonly public: string
  readonly admin: string
  readonly url?: string
  readonly address?: readonly string[]
  readonly timeLock?: string
}

const examples = `
Examples:
  $ cloison init --org tax --name "Tax Agency" --origin tax.example/log/2026h2 --dir ./tax \\
      --url https://tax.example:8411 --address "Tax Agency" "1 Mint Street" "Springfield"
  $ cloison serve -c tax/cloison.yaml

The origin is the log's name for good: the address, without scheme, below which it will be published.
`

function nextSteps({ id, folder, origin, rootPublicKey }: FoundedOrganisation): string {
  return `${id} is founded in ${folder}; its log is ${origin}.

1. Take keys/root.key off this machine, onto a medium that is kept locked away: it signs directory.json, and
   nothing else can replace a lost or stolen key. Keep a second copy elsewhere.
2. Give keys/dpo.key to the data protection officer, and take it off this machine: no gateway reads it.
3. Keep keys/record out of ordinary backups, and head.db apart from state.db.
4. Name witnesses in policy.txt, then start: cloison serve -c ${join(folder, 'cloison.yaml')}
5. The case system shows keys/ask.token when it asks, analysts keys/analyse.token (stats …). Commands of the data
   protection office (agreement offer, emergency, signals …) show keys/act.token; keep it from those who only ask.
6. Give directory.json to your peers; each adds it with: cloison peer add directory.json -c …
   They compare its fingerprint with you, over the telephone:
${indented(rootFingerprint(rootPublicKey))}
`
}

function indented(text: string): string {
  return text.replaceAll(/^/gm, '     ')
}

function requireEmpty(dir: string): void {
  const standing = ['cloison.yaml', 'state.db', 'head.db', 'keys'].find((name) =>
    existsSync(join(dir, name)),
  )
  if (standing === undefined) return
  throw new NodeError(
    'CONFIG_INVALID',
    `${join(dir, standing)} stands there already: an organisation is founded once, in a folder of its own.`,
  )
}

function readOrganisation(org: string): ReturnType<typeof parseOrganisationId> {
  try {
    return parseOrganisationId(org)
  } catch (cause) {
    if (!(cause instanceof ProtocolError)) throw cause
    throw new NodeError(
      'CONFIG_INVALID',
      '--org must have 2 to 31 lower-case letters, digits and "-", a letter first.',
      { cause },
    )
  }
}

function readTimeLock({ origin, timeLock }: Options): number | undefined {
  if (timeLock === undefined) return undefined
  if (!/^[1-9]\d{0,7}$/.test(timeLock))
    throw new NodeError('CONFIG_INVALID', '--time-lock must be a number of seconds.')
  const timeLockMs = Number(timeLock) * 1000
  requireTimeLock(origin, timeLockMs)
  return timeLockMs
}

async function found(options: Options): Promise<FoundedOrganisation> {
  const id = readOrganisation(options.org)
  requireOrigin(options.origin)
  const { public: open, admin } = options
  requireListen({ public: open, admin })
  const url = options.url ?? `https://${open}`
  requireUrl(url)
  const timeLockMs = readTimeLock(options)
  requireEmpty(options.dir)
  const identity = { id, folder: options.dir, origin: options.origin }
  const deps = { clock: systemClock, randomness: systemRandomness, ed25519: bestEd25519() }
  const founded = await initOrganisation(identity, deps)
  const name = options.name ?? id
  const postalAddress = options.address ?? [name]
  const listen = { public: open, admin }
  await writeFirstSettings(founded, { name, listen, url, postalAddress, timeLockMs }, deps)
  return founded
}

/** `cloison init`: a new organisation, with keys, empty stores, its log, and settings to start from. */
export function initCommand(io: CliIo): Command {
  return new Command('init')
    .description('Founds an organisation: keys, stores, an empty signed log, and settings.')
    .addHelpText('before', examples)
    .requiredOption('--org <id>', "the organisation's id in agreements, such as tax")
    .requiredOption('--origin <origin>', 'name of its log, such as tax.example/log/2026h2')
    .requiredOption('--dir <folder>', 'where everything goes; made if it is not there')
    .option('--name <name>', "the organisation's name for people")
    .option('--public <address>', 'where peers reach the gateway', '127.0.0.1:8411')
    .option('--url <url>', 'how peers reach it, such as https://tax.example:8411')
    .option('--address <lines...>', 'postal address for people who want an accounting')
    .option('--time-lock <seconds>', 'of agreements; under a day below .localhost alone')
    .option('--admin <address>', 'where its own systems reach it', '127.0.0.1:8511')
    .action(async (options: Options) => {
      try {
        io.stdout(nextSteps(await found(options)))
      } catch (cause) {
        io.stderr(`cloison init: ${explainNode(cause)}\n`)
        io.exit(cause instanceof NodeError ? exitOfNode(cause) : EXIT.fault)
      }
    })
}
