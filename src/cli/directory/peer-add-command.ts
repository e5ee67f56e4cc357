import { createInterface } from 'node:readline/promises'
import { Command } from 'commander'
import { addPeer, NodeError, readPeerRecord } from '../../node/index.ts'
import { type DirectoryRecord, rootFingerprint } from '../../protocol/index.ts'
import { type CliIo, EXIT } from '../cli-io.ts'
import { exitOfNode, explainNode } from '../node-failure.ts'

const examples = `
Examples:
  $ cloison peer add tax/directory.json -c housing/cloison.yaml
  $ cloison peer add https://tax.example:8411 -c cloison.yaml
  $ cloison peer add directory.json -c cloison.yaml --fingerprint "9f3c …"   without being asked

The record proves that its root key has signed it. Whose root key that is, only the comparison of the
fingerprint with the organisation shows: by telephone or in person, not by the way the record came.
`

interface Options {
  readonly config: string
  readonly fingerprint?: string
}

const indented = (text: string): string => text.replaceAll(/^/gm, '  ')

function describe({ organisation, name, url, version, keys }: DirectoryRecord): string {
  const counts = keys.map(({ use }) => use).join(', ')
  return `${name} (${organisation}), version ${version} of its record
  gateway: ${url}
  keys: ${counts}
Fingerprint of its root key:
`
}

const digitsOf = (text: string): string => text.toLowerCase().replaceAll(/[^0-9a-f]/g, '')

/** Asks on the terminal, or compares with the fingerprint that was given. */
async function isConfirmed(
  record: DirectoryRecord,
  { fingerprint }: Options,
  io: CliIo,
): Promise<boolean> {
  const shown = rootFingerprint(record.rootKey)
  if (fingerprint !== undefined) return digitsOf(fingerprint) === digitsOf(shown)
  io.stderr(`${describe(record)}${indented(shown)}\n`)
  if (!io.isTty)
    throw new NodeError(
      'CONFIG_INVALID',
      'Nobody can be asked here; compare the fingerprint with the organisation and give it with --fingerprint.',
    )
  const lines = createInterface({ input: process.stdin, output: process.stderr })
  try {
    const answer = await lines.question('Compared with the organisation, and the same? (yes/no) ')
    return answer.trim().toLowerCase() === 'yes'
  } finally {
    lines.close()
  }
}

async function add(source: string, options: Options, io: CliIo): Promise<void> {
  const { record } = await readPeerRecord(source)
  if (!(await isConfirmed(record, options, io))) {
    io.stderr('cloison peer add: the fingerprint was not confirmed; nothing was changed.\n')
    io.exit(EXIT.refused)
    return
  }
  const { recordFile } = await addPeer(options.config, record)
  io.stdout(`${record.organisation} is a peer; its record lies in ${recordFile}.\n`)
  io.stderr('Restart the gateway: the record becomes an entry of its log before it counts.\n')
}

/** `cloison peer add`: takes up another organisation by its directory record. */
export function peerAddCommand(io: CliIo): Command {
  return new Command('add')
    .description(
      'Takes up another organisation by its directory record, after comparing fingerprints.',
    )
    .addHelpText('before', examples)
    .argument('<record>', "a record's file, or the address of the organisation's gateway")
    .requiredOption('-c, --config <file>', "the own gateway's YAML file")
    .option('--fingerprint <hex>', 'what the organisation has said, instead of being asked')
    .action(async (source: string, options: Options) => {
      try {
        await add(source, options, io)
      } catch (cause) {
        io.stderr(`cloison peer add: ${explainNode(cause)}\n`)
        io.exit(exitOfNode(cause))
      }
    })
}
