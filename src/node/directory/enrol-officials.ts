import { readFile, rename, writeFile } from 'node:fs/promises'
import { isMap, isSeq, parseDocument } from 'yaml'
import { officialPseudonym } from '../../person/index.ts'
import { loadConfig, type LoadedConfig } from '../config-file.ts'
import { readKeyFile } from '../key-file.ts'
import { NodeError } from '../node-error.ts'

const pseudonymPattern = /^[A-Za-z0-9_-]{22}$/

function requirePeer({ config }: LoadedConfig, peer: string): void {
  if (config.peers.some(({ id }) => id === peer)) return
  const known = config.peers.map(({ id }) => id)
  const choice = known.length === 0 ? 'there is none yet' : `there are: ${known.join(', ')}`
  throw new NodeError(
    'CONFIG_INVALID',
    `${JSON.stringify(peer)} is no peer; ${choice}. Take it up with "cloison peer add".`,
  )
}

/**
 * What a peer knows an official by: made of the own pseudonym key, the peer and the official's id.
 *
 * @throws {@link NodeError} `CONFIG_INVALID` where there is no such peer; `KEY_FILE_INVALID`
 */
export async function pseudonymAt(
  loaded: LoadedConfig,
  peer: string,
  official: string,
): Promise<string> {
  requirePeer(loaded, peer)
  const key = await readKeyFile(loaded.at(loaded.config.keys.pseudonym_file))
  return officialPseudonym(key, peer, official)
}

/**
 * Adds pseudonyms to a peer in a configuration file, and keeps the file's comments. Each becomes an entry
 * when the gateway starts next. Resolves with how many were new.
 *
 * @throws {@link NodeError} `CONFIG_INVALID` for no such peer, or for what is no pseudonym
 */
export async function enrolOfficials(
  configPath: string,
  peer: string,
  pseudonyms: readonly string[],
): Promise<number> {
  const loaded = await loadConfig(configPath)
  requirePeer(loaded, peer)
  const odd = pseudonyms.find((one) => !pseudonymPattern.test(one))
  if (odd !== undefined)
    throw new NodeError(
      'CONFIG_INVALID',
      `${JSON.stringify(odd)} is no pseudonym: it has 22 characters, as "cloison peer pseudonym" prints it at the peer.`,
    )
  const document = parseDocument(await readFile(configPath, 'utf8'))
  const peers = document.get('peers')
  const found = isSeq(peers)
    ? peers.items.find((item) => isMap(item) && item.get('id') === peer)
    : undefined
  if (!isMap(found)) throw new NodeError('CONFIG_INVALID', `${configPath} has no list of peers.`)
  const standing = loaded.config.peers.find(({ id }) => id === peer)?.officials ?? []
  const added = [...new Set(pseudonyms)].filter((one) => !standing.includes(one))
  found.set('officials', document.createNode([...standing, ...added]))
  await writeFile(`${configPath}.new`, document.toString({ lineWidth: 0 }))
  await rename(`${configPath}.new`, configPath)
  return added.length
}
