import { type ChildProcess, spawn } from 'node:child_process'
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { stringify } from 'yaml'
import type { PersonAgreement } from '../../src/agreement/index.ts'
import { canonicalBytes, encodeBase64 } from '../../src/bytes/index.ts'
import { loopbackHttp } from '../../src/node/index.ts'
import { bestEd25519, claimPorts, undiciHttpClient } from '../../src/platform/index.ts'
import type { HttpClient } from '../../src/ports/index.ts'
import type { SubjectReference } from '../../src/protocol/index.ts'
import { type BentProvider, createBentProvider } from '../../src/testing/identity/index.ts'
import { createPageClient, type PageClient } from '../../src/testing/web/index.ts'
import { cliScript } from '../fault/gateway-process.ts'

/** `cloison consent serve` as a process of its own, with a log-in for its visitors. */
export interface IssuerProcess extends AsyncDisposable {
  readonly url: string
  readonly authority: string
  readonly recordsFile: string
  readonly http: HttpClient
  /** A browser without scripts, and who it is at the log-in. */
  visitor(subject: SubjectReference, authTime?: number): PageClient
  /** Ends the process and starts it anew. */
  restart(): Promise<void>
}

/** What an issuer is made of in a test. */
export interface IssuerPlan {
  readonly organisation: string
  readonly seed: Uint8Array
  readonly agreement: PersonAgreement
  readonly dpoKeys: Readonly<Record<string, string>>
  readonly consumerKey: string
}

async function serveProvider(provider: BentProvider, port: number): Promise<Server> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const method = request.method === 'POST' ? ('POST' as const) : ('GET' as const)
      const headers = { authorization: request.headers.authorization ?? '' }
      const url = `http://localhost:${port}${request.url ?? '/'}`
      const limits = { timeoutMs: 120_000, maxResponseBytes: 65_536 }
      const body = new Uint8Array(Buffer.concat(chunks))
      const answer = async (): Promise<void> => {
        const found = await provider.http.send({ method, url, headers, body, ...limits })
        response.writeHead(found.status, { 'content-type': 'application/json' }).end(found.body)
      }
      void answer()
    })
  })
  await new Promise<void>((done) => server.listen(port, '127.0.0.1', done))
  return server
}

async function writeFolder(
  plan: IssuerPlan,
  ports: { readonly own: number; readonly login: number },
): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'cloison-consent-'))
  await mkdir(join(dir, 'agreements'))
  await writeFile(join(dir, 'agreements', 'one.json'), canonicalBytes(plan.agreement))
  await writeFile(join(dir, 'consent.key'), `${encodeBase64(plan.seed)}\n`)
  await writeFile(join(dir, 'client.secret'), 'secret\n')
  const roles = ['caseworker', 'dpo', 'person', 'inspector', 'admin']
  const identity = {
    version: 1,
    issuer: `http://login.localhost:${ports.login}`,
    scope: 'openid',
    claims: { role: 'role', organisation: 'org', account: 'account', subject: 'subject' },
    roles: Object.fromEntries(roles.map((role) => [role, role])),
    clients: [
      {
        role: 'person',
        organisation: plan.organisation,
        client_id: 'c',
        client_secret_file: 'client.secret',
      },
    ],
  }
  await writeFile(join(dir, 'identity.yaml'), stringify(identity))
  const organisations = ['tax', 'housing', plan.organisation].map((id) => ({
    id,
    name: { en: `Agency ${id}` },
    ...(plan.dpoKeys[id] === undefined ? {} : { dpo_key: plan.dpoKeys[id] }),
    gateway_keys: id === 'housing' ? [plan.consumerKey] : [],
  }))
  const settings = {
    version: 1,
    organisation: plan.organisation,
    listen: `127.0.0.1:${ports.own}`,
    url: `http://consent.localhost:${ports.own}`,
    key_file: 'consent.key',
    identity_file: 'identity.yaml',
    agreements_folder: 'agreements',
    records_file: 'consents.jsonl',
    organisations,
  }
  await writeFile(join(dir, 'consent.yaml'), stringify(settings))
  return dir
}

async function spawnIssuer(dir: string): Promise<ChildProcess> {
  const child = spawn(
    process.execPath,
    [cliScript, 'consent', 'serve', '-c', join(dir, 'consent.yaml')],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  let told = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (told += text))
  await new Promise<void>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', () => resolve())
    child.once('exit', () => reject(new Error(`the issuer ended: ${told}`)))
  })
  return child
}

async function end(child: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  await ended
}

/** Starts an issuer of consent, and a provider for its log-in. */
export async function startIssuerProcess(plan: IssuerPlan): Promise<IssuerProcess> {
  const [own = 0, login = 0] = await claimPorts(2)
  const dir = await writeFolder(plan, { own, login })
  const nowSeconds = (): number => Math.floor(Date.now() / 1000)
  const provider = await createBentProvider(`http://login.localhost:${login}`, nowSeconds)
  const server = await serveProvider(provider, login)
  let child = await spawnIssuer(dir)
  const undici = undiciHttpClient()
  const http = loopbackHttp(undici)
  const url = `http://consent.localhost:${own}`
  return {
    url,
    http,
    authority: `consent.localhost:${own}`,
    recordsFile: join(dir, 'consents.jsonl'),
    visitor: (subject, authTime) =>
      createPageClient(async ({ method, path, query, headers, form }) => {
        const host = headers['host'] ?? ''
        if (host === `login.localhost:${login}`) {
          const claims = {
            sub: 'someone',
            name: 'Somebody',
            role: 'person',
            subject,
            ...(authTime !== undefined && { auth_time: authTime }),
          }
          const back = provider.logIn(`http://${host}${path}?${query}`, claims)
          return {
            status: 303,
            headers: { location: `${url}/callback?${back}` },
            setCookies: [],
            body: '',
          }
        }
        const sent = Object.entries(headers).flatMap(([name, value]) =>
          value === undefined || name === 'host' ? [] : [[name, value] as const],
        )
        const isForm = method === 'POST'
        const answer = await http.send({
          method: isForm ? 'POST' : 'GET',
          url: `http://${host}${path}?${query}`,
          headers: {
            ...Object.fromEntries(sent),
            ...(isForm && { 'content-type': 'application/x-www-form-urlencoded' }),
          },
          ...(isForm && { body: new TextEncoder().encode(form) }),
          timeoutMs: 120_000,
          maxResponseBytes: 1_000_000,
        })
        const cookies = answer.headers['set-cookie']?.split(/, (?=__Host-)/) ?? []
        return {
          status: answer.status,
          headers: answer.headers,
          setCookies: cookies,
          body: new TextDecoder().decode(answer.body),
        }
      }),
    async restart() {
      await end(child)
      child = await spawnIssuer(dir)
    },
    async [Symbol.asyncDispose]() {
      await end(child)
      await undici[Symbol.asyncDispose]()
      server.closeAllConnections()
      server.close()
    },
  }
}

/** The public half of a seed, base64. */
export function publicOf(seed: Uint8Array): string {
  return encodeBase64(bestEd25519().publicKey(seed))
}
