import { undiciHttpClient } from '../platform/index.ts'
import type { HttpClient } from '../ports/index.ts'
import type { LoadedConfig } from './config-file.ts'
import { readListenTls } from './directory/read-listen-tls.ts'
import { publicUrl } from './public-url.ts'

/** The own gateway's public listener, as a program on its machine reaches it. */
export interface OwnListener {
  /** Without a slash at the end. */
  readonly url: string
  /** Takes the listener's own certificate for good, and no other there. */
  readonly http: HttpClient & AsyncDisposable
}

/**
 * Connects to the public listener at its own address. The certificate is the one of the
 * configuration, made for the public host.
 *
 * @throws {@link NodeError} `CONFIG_INVALID`
 */
export async function ownListener(loaded: LoadedConfig): Promise<OwnListener> {
  const { listen } = loaded.config
  const tls = await readListenTls(loaded)
  if (tls === undefined) return { url: `http://${listen.public}`, http: undiciHttpClient() }
  const server = { pins: [tls.pin], host: publicUrl(loaded.config).hostname }
  const http = undiciHttpClient({
    pinsOf: (authority) => (authority === listen.public ? server : undefined),
  })
  return { url: `https://${listen.public}`, http }
}
