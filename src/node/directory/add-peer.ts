import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { isSeq, parseDocument } from 'yaml'
import { canonicalBytes } from '../../bytes/index.ts'
import type { DirectoryRecord } from '../../protocol/index.ts'
import { loadConfig } from '../config-file.ts'
import { NodeError } from '../node-error.ts'

/** Folder of peers' records, beside the configuration. */
const recordFolder = 'peers'

/** What adding a peer has changed. */
export interface AddedPeer {
  /** Relative to the configuration. */
  readonly recordFile: string
}

/**
 * Adds a peer to a configuration file by its directory record, and keeps the file's comments. The
 * record is accepted, by an entry, when the gateway starts next.
 *
 * @throws {@link NodeError} `CONFIG_INVALID` when the peer is there already, or is the organisation itself
 */
export async function addPeer(configPath: string, record: DirectoryRecord): Promise<AddedPeer> {
  const { config } = await loadConfig(configPath)
  const { organisation, rootKey } = record
  if (config.org.id === organisation.valueOf())
    throw new NodeError('CONFIG_INVALID', `"${organisation}" is this organisation itself.`)
  if (config.peers.some(({ id }) => id === organisation.valueOf()))
    throw new NodeError(
      'CONFIG_INVALID',
      `"${organisation}" is a peer already; newer records come from the peer itself while the gateway runs.`,
    )
  const recordFile = `${recordFolder}/${organisation}.json`
  const folder = dirname(resolve(configPath))
  await mkdir(join(folder, recordFolder), { recursive: true })
  await writeFile(join(folder, recordFile), canonicalBytes(record))
  const document = parseDocument(await readFile(configPath, 'utf8'))
  const entry = document.createNode({
    id: organisation,
    root_key: rootKey,
    record_file: recordFile,
    officials: [],
  })
  const peers = document.get('peers')
  if (isSeq(peers)) {
    peers.flow = false
    peers.add(entry)
  } else document.set('peers', [entry])
  await writeFile(`${configPath}.new`, document.toString({ lineWidth: 0 }))
  await rename(`${configPath}.new`, configPath)
  return { recordFile }
}
