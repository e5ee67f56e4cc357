import { oidcIdentity } from '../node/index.ts'
import { systemClock, systemRandomness, undiciHttpClient } from '../platform/index.ts'
import type { DemoProcess } from '../web/index.ts'
import { demoClient } from './demo-client.ts'
import { demoOrganisations, portOffsets } from './demo-layout.ts'
import { demoAccounts } from './login/demo-accounts.ts'
import { loginClients, loginSettings } from './login/login-clients.ts'
import { loopbackHttp } from './login/loopback-http.ts'
import { serveLogin } from './login/serve-login.ts'
import { pageBackend } from './page-backend.ts'
import type { PreparedDemo } from './prepare-demo.ts'
import { readAssets, type ServedPages, servePages } from './serve-pages.ts'
import type { RunningDemo } from './start-demo.ts'

/** How the process of an organisation's own witness is named: after the organisation. */
const peerWitness = '-witness'

function kindOf(name: string): DemoProcess['kind'] {
  if (name === 'witness' || name === 'inspector') return name
  if (name.endsWith(peerWitness)) return 'peer-witness'
  return name === 'cases' ? 'case-system' : 'gateway'
}

/** Serves the demo's pages over its running processes. */
export async function runPages(
  demo: PreparedDemo,
  running: RunningDemo,
  tell: (what: string) => void,
): Promise<ServedPages> {
  await using stack = new AsyncDisposableStack()
  const http = stack.use(undiciHttpClient())
  const client = demoClient(demo, http, () => systemClock.now())
  const port = demo.basePort + portOffsets.pages
  const processes: DemoProcess[] = [...running.processes.values()].map(
    ({ name, port: at, pid }) => ({
      organisation: name === 'cases' ? 'housing' : name.replace(peerWitness, ''),
      kind: kindOf(name),
      port: at,
      pid,
    }),
  )
  processes.push({ organisation: 'demo', kind: 'pages', port, pid: process.pid })
  const logBaseUrl = (organisation: string): string => {
    const found = demoOrganisations.find(({ id }) => id === organisation)
    return found === undefined ? '' : client.logUrl(found.id)
  }
  const backend = pageBackend({ demo, client, http, clock: systemClock, processes, logBaseUrl })
  const assets = await readAssets()
  const loginPort = demo.basePort + portOffsets.login
  const clients = loginClients(port, systemRandomness)
  const accounts = demoAccounts(demo, systemRandomness.bytes(32), () => backend.lately())
  const randomness = systemRandomness
  stack.use(
    await serveLogin({
      port: loginPort,
      pagesPort: port,
      clients,
      accounts,
      assets,
      randomness,
      tell,
    }),
  )
  const identity = oidcIdentity(loginSettings(loginPort, clients), loopbackHttp(http))
  const pages = stack.use(await servePages({ backend, identity, assets, port }, tell))
  const owned = stack.move()
  return { port: pages.port, [Symbol.asyncDispose]: () => owned.disposeAsync() }
}
