import { Command } from 'commander'
import {
  keyOfId,
  loadConfig,
  readKeyFile,
  readOwnRecordFile,
  revoking,
  writeNextRecord,
} from '../../node/index.ts'
import { bestEd25519 } from '../../platform/index.ts'
import type { CliIo } from '../cli-io.ts'
import { exitOfNode, explainNode } from '../node-failure.ts'

const examples = `
Examples:
  $ cloison key list -c cloison.yaml
  $ cloison key revoke tax/gateway/1a2b3c4d -c cloison.yaml --root-key /media/root/root.key

A revoked key never counts again. Have a second key of its use in the record before: a key that comes
after the last one was revoked makes peers wait for 24 hours.
`

interface Options {
  readonly config: string
  readonly rootKey: string
}

async function revoke(id: string, options: Options, io: CliIo): Promise<void> {
  const loaded = await loadConfig(options.config)
  const { record } = await readOwnRecordFile(loaded)
  const key = keyOfId(record, id)
  const rootSeed = await readKeyFile(options.rootKey)
  const root = { rootSeed, nowMs: io.now(), ed25519: bestEd25519() }
  const next = await writeNextRecord(loaded, revoking(record, key, io.now()), root)
  io.stdout(`${id} is revoked by version ${next.version} of the record.\n`)
  if (!next.keys.some(({ use }) => use === key.use))
    io.stderr(`No "${key.use}" key is left; make one with "cloison key new ${key.use}".\n`)
  io.stderr('A running gateway hands the record to every peer within a second.\n')
}

/** `cloison key revoke`: a key counts no more, at every peer that has the next record. */
export function keyRevokeCommand(io: CliIo): Command {
  return new Command('revoke')
    .description('Revokes a key for good.')
    .addHelpText('before', examples)
    .argument('<key>', 'its id, as "cloison key list" has it')
    .requiredOption('-c, --config <file>', "the gateway's YAML file")
    .requiredOption('--root-key <file>', 'the offline root key')
    .action(async (id: string, options: Options) => {
      try {
        await revoke(id, options, io)
      } catch (cause) {
        io.stderr(`cloison key revoke: ${explainNode(cause)}\n`)
        io.exit(exitOfNode(cause))
      }
    })
}
