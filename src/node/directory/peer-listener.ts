import { bestEd25519, undiciHttpClient } from '../../platform/index.ts'
import type { LoadedConfig } from '../config-file.ts'
import { NodeError } from '../node-error.ts'
import type { OwnListener } from '../own-listener.ts'
import { openDirectory } from './open-directory.ts'
import { readListenTls } from './read-listen-tls.ts'

/**
 * A peer's public listener, by its address and the certificates that its record pins.
 *
 * @throws {@link NodeError} `CONFIG_INVALID` where the configuration has no such peer
 */
export async function peerListener(loaded: LoadedConfig, id: string): Promise<OwnListener> {
  const { book, pending } = await openDirectory(loaded, bestEd25519())
  const peer = book.peersWith(pending).find((one) => one.id === id)
  if (peer === undefined)
    throw new NodeError(
      'CONFIG_INVALID',
      `There is no peer ${JSON.stringify(id)}; see "cloison peer list".`,
    )
  const { url, tlsPins: pins } = peer
  const { host } = new URL(url)
  const http = undiciHttpClient({
    pinsOf: (asked) => (asked === host ? { pins } : undefined),
    own: await readListenTls(loaded),
  })
  return { url, http }
}
