import { Command } from 'commander'
import { loadConfig, readOwnRecordFile } from '../../node/index.ts'
import {
  type DirectoryKey,
  directoryKeyId,
  type DirectoryRecord,
  rootFingerprint,
} from '../../protocol/index.ts'
import { type CliIo } from '../cli-io.ts'
import { exitOfNode, explainNode } from '../node-failure.ts'

const examples = `
Examples:
  $ cloison key list -c tax/cloison.yaml
  $ cloison key list -c tax/cloison.yaml --json
  $ cloison key list -c tax/cloison.yaml --fingerprint   of the root key, for peers to compare
`

interface Row {
  readonly id: string
  readonly use: string
  /** Of a log, witness, case source or consent issuer. */
  readonly name: string | null
  /** Base64. */
  readonly publicKey: string
  readonly state: 'in time' | 'not yet' | 'ended' | 'revoked'
  readonly from: string
  readonly until: string
}

const day = (ms: number): string => new Date(ms).toISOString().slice(0, 16)

function stateOf({ notBeforeMs, notAfterMs }: DirectoryKey, nowMs: number): Row['state'] {
  if (nowMs < notBeforeMs) return 'not yet'
  return nowMs < notAfterMs ? 'in time' : 'ended'
}

function rowsOf({ organisation, keys, revoked }: DirectoryRecord, nowMs: number): readonly Row[] {
  return [
    ...keys.map((key) => ({
      id: directoryKeyId(organisation, key),
      use: key.use,
      name: key.name,
      publicKey: key.publicKey,
      state: stateOf(key, nowMs),
      from: day(key.notBeforeMs),
      until: day(key.notAfterMs),
    })),
    ...revoked.map((key) => ({
      id: directoryKeyId(organisation, key),
      use: key.use,
      name: key.name,
      publicKey: key.publicKey,
      state: 'revoked' as const,
      from: '',
      until: day(key.revokedAtMs),
    })),
  ]
}

function table(rows: readonly Row[]): string {
  const width = Math.max(...rows.map(({ id }) => id.length), 2)
  return rows
    .map(
      ({ id, use, state, from, until }) =>
        `${id.padEnd(width)}  ${use.padEnd(9)}  ${state.padEnd(8)}  ${from.padEnd(16)}  ${until}\n`,
    )
    .join('')
}

interface Options {
  readonly config: string
  readonly json?: true
  readonly fingerprint?: true
}

async function list(options: Options, io: CliIo): Promise<void> {
  const { record } = await readOwnRecordFile(await loadConfig(options.config))
  if (options.fingerprint === true) {
    io.stdout(`${rootFingerprint(record.rootKey)}\n`)
    return
  }
  const rows = rowsOf(record, io.now())
  const { version, validUntilMs } = record
  if (options.json === true) {
    io.stdout(`${JSON.stringify({ version, validUntil: day(validUntilMs), keys: rows })}\n`)
    return
  }
  io.stdout(table(rows))
  io.stderr(`Version ${version} of the record, good until ${day(validUntilMs)} (UTC).\n`)
}

/** `cloison key list`: what the own directory record says. Never prints a secret: the record has none. */
export function keyListCommand(io: CliIo): Command {
  return new Command('list')
    .description('Lists the keys of the own directory record with their times, in UTC.')
    .addHelpText('before', examples)
    .requiredOption('-c, --config <file>', "the gateway's YAML file")
    .option('--json', 'as JSON')
    .option('--fingerprint', "of the root key alone, for a peer's comparison")
    .action(async (options: Options) => {
      try {
        await list(options, io)
      } catch (cause) {
        io.stderr(`cloison key list: ${explainNode(cause)}\n`)
        io.exit(exitOfNode(cause))
      }
    })
}
