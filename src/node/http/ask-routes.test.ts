import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { after, before, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose'
import { type InProcessExchange, openExchange } from '../../../tests/fault/in-process-exchange.ts'
import { clientTypes } from '../../../tools/client-types.ts'
import { cloisonClient, CloisonProblem } from '../../client/index.ts'
import { bestEd25519, folderFiles, undiciHttpClient } from '../../platform/index.ts'
import { callersOf } from './bearer.ts'
import { oidcVerifier } from './oidc-callers.ts'
import { openApiDocument } from './openapi/index.ts'
import { createPublicApp } from './public-app.ts'

const root = mkdtempSync(join(tmpdir(), 'cloison-ask-'))
const http = undiciHttpClient()
const issuer = 'https://login.housing.example'
const audience = 'https://gateway.housing.example'
const fileToken = 'the-token-of-a-case-system'

const { privateKey, publicKey } = await generateKeyPair('ES256')
const stranger = await generateKeyPair('ES256')
let keyServer: Server
let fetches = 0

before(async () => {
  const key = { ...(await exportJWK(publicKey)), kid: 'one', alg: 'ES256', use: 'sig' }
  keyServer = createServer((_request, response) => {
    fetches += 1
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ keys: [key] }))
  })
  await new Promise<void>((done) => keyServer.listen(0, '127.0.0.1', done))
})
after(async () => {
  keyServer.close()
  await http[Symbol.asyncDispose]()
  rmSync(root, { recursive: true, force: true })
})

const jwksUrl = (): string => `http://127.0.0.1:${(keyServer.address() as AddressInfo).port}/keys`

async function tokenOf(
  exchange: InProcessExchange,
  claims: Readonly<Record<string, unknown>> = {},
  key: typeof privateKey = privateKey,
): Promise<string> {
  const now = Math.floor(exchange.clock.now() / 1000)
  const { id } = exchange.request(1).official
  const usual = { iss: issuer, aud: audience, sub: id, iat: now, exp: now + 300, auth_time: now }
  const all: JWTPayload = { ...usual, ...claims }
  return new SignJWT(all).setProtectedHeader({ alg: 'ES256', kid: 'one', typ: 'at+jwt' }).sign(key)
}

function appOver(
  { consumer, consumerDeps, providerDeps, clock }: InProcessExchange,
  jwks: string,
): FastifyInstance {
  const oidc = { issuer, audience, jwks_url: jwks }
  return createPublicApp({
    provider: providerDeps,
    consumer: consumerDeps,
    reader: consumer.reader,
    logs: [{ files: folderFiles(root), logPath: '/log/2026h1', reader: consumer.reader }],
    askCallers: {
      role: 'ask',
      tokens: callersOf([{ name: 'cases', token: fileToken, roles: ['ask'] }]),
      certificates: new Map(),
      issuers: [{ name: 'login', verify: oidcVerifier(oidc, { http, clock }) }],
    },
    mayAnswer: () => true,
    seen: {
      authority: providerDeps.authority,
      clock,
      ed25519: bestEd25519(),
      reader: consumer.reader,
      consumers: new Map(),
      origins: new Map(),
    },
    limits: { bodyBytes: 65_536, connections: 16 },
  })
}

interface Said {
  readonly status: number
  readonly code: string | undefined
  readonly outcome: string | undefined
}

let keys = 0

async function ask(
  app: FastifyInstance,
  token: string,
  body: object,
  headers: Record<string, string> = {},
): Promise<Said> {
  keys += 1
  const response = await app.inject({
    method: 'POST',
    url: '/v1/ask',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${token}`,
      'idempotency-key': `key-number-${keys}`,
      ...headers,
    },
    payload: JSON.stringify(body),
  })
  const { code, outcome }: { code?: string; outcome?: string } = JSON.parse(response.body)
  return { status: response.statusCode, code, outcome }
}

function bodyOf(exchange: InProcessExchange): { readonly official?: { readonly id: string } } {
  const { idempotencyKey: _, ...request } = exchange.request(1)
  return request
}

test('who asks is the official of the access token; the body may leave it out and may not change it', async () => {
  using exchange = await openExchange()
  const app = appOver(exchange, jwksUrl())
  const { official, ...anonymous } = bodyOf(exchange)
  const token = await tokenOf(exchange)
  assert.equal((await ask(app, token, anonymous)).outcome, 'permit')
  assert.equal((await ask(app, token, { ...anonymous, official })).outcome, 'permit')
  const other = { ...anonymous, official: { ...official, id: 'somebody-else' } }
  assert.deepEqual(await ask(app, token, other), {
    status: 403,
    code: 'OFFICIAL_MISMATCH',
    outcome: undefined,
  })
  const asNobody = await ask(app, await tokenOf(exchange, { sub: 'somebody-else' }), anonymous)
  assert.notEqual(asNobody.outcome, 'permit', 'the case is not assigned to somebody else')
  assert.equal(
    (await ask(app, fileToken, anonymous)).code,
    'MALFORMED',
    'nobody vouches for anybody',
  )
})

test('a token that is old, foreign, unsigned or of an old login is not taken', async () => {
  using exchange = await openExchange()
  const app = appOver(exchange, jwksUrl())
  const { official: _, ...anonymous } = bodyOf(exchange)
  const now = Math.floor(exchange.clock.now() / 1000)
  const bad: Record<string, Promise<string> | string> = {
    ended: tokenOf(exchange, { exp: now - 61 }),
    'of another issuer': tokenOf(exchange, { iss: 'https://login.example' }),
    'for another audience': tokenOf(exchange, { aud: 'https://gateway.tax.example' }),
    'without a login time': tokenOf(exchange, { auth_time: undefined }),
    'of a login 15 minutes ago': tokenOf(exchange, { auth_time: now - 901 }),
    'of a login to come': tokenOf(exchange, { auth_time: now + 120 }),
    'without an official': tokenOf(exchange, { sub: undefined }),
    'of a name with spaces': tokenOf(exchange, { sub: 'official 1' }),
    'without an end': tokenOf(exchange, { exp: undefined }),
    'signed by another key': tokenOf(exchange, {}, stranger.privateKey),
    unsigned: `${btoa('{"alg":"none"}').replaceAll('=', '')}.${btoa('{}').replaceAll('=', '')}.`,
    'too long': 'a'.repeat(9_000),
    nothing: '',
  }
  for (const [what, token] of Object.entries(bad)) {
    const { status, code } = await ask(app, await token, anonymous)
    assert.deepEqual([status, code], [401, 'UNAUTHENTICATED'], what)
  }
  assert.equal(exchange.lookUps.length, 0)
  const fresh = await tokenOf(exchange, { auth_time: now - 899 })
  assert.equal((await ask(app, fresh, anonymous)).outcome, 'permit')
})

test('keys of the issuer are fetched once; where they cannot be, nothing is asked', async () => {
  using exchange = await openExchange()
  const app = appOver(exchange, jwksUrl())
  const { official: _, ...anonymous } = bodyOf(exchange)
  fetches = 0
  for (let round = 0; round < 3; round += 1) {
    const said = await ask(app, await tokenOf(exchange), anonymous)
    assert.equal(said.outcome, 'permit')
  }
  assert.equal(fetches, 1)
  const away = appOver(exchange, 'http://127.0.0.1:9/keys')
  const { status, code } = await ask(away, await tokenOf(exchange), anonymous)
  assert.deepEqual([status, code], [503, 'IDENTITY_UNAVAILABLE'])
})

test('a second official confirms by a token of their own', async () => {
  using exchange = await openExchange()
  const app = appOver(exchange, jwksUrl())
  const { official: _, ...anonymous } = bodyOf(exchange)
  const token = await tokenOf(exchange)
  const claimed = { ...anonymous, confirmation: { id: 'second', authTimeMs: exchange.clock.now() } }
  assert.equal((await ask(app, token, claimed)).code, 'OFFICIAL_MISMATCH')
  const second = await tokenOf(exchange, { sub: 'second' })
  const confirming = { 'cloison-confirmation': `Bearer ${second}` }
  assert.equal((await ask(app, token, claimed, confirming)).status, 200)
  const invalid = { 'cloison-confirmation': 'Bearer x' }
  assert.equal((await ask(app, token, claimed, invalid)).code, 'UNAUTHENTICATED')
  const file = { 'cloison-confirmation': `Bearer ${fileToken}` }
  assert.equal((await ask(app, token, anonymous, file)).code, 'OFFICIAL_MISMATCH')
})

test('the client asks a running gateway, and tells its problems by their codes', async () => {
  using exchange = await openExchange()
  const app = appOver(exchange, jwksUrl())
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  try {
    const { official: _official, idempotencyKey, ...request } = exchange.request(1)
    const client = cloisonClient({ url, fetch, token: () => tokenOf(exchange) })
    const { supplied: _s, consent: _c, confirmation: _k, exchangeId: _e, ...plain } = request
    const outcome = await client.ask(plain, idempotencyKey)
    assert.equal(outcome.outcome, 'permit')
    assert.deepEqual(await client.outcome(outcome.exchangeId), outcome)
    const nobody = cloisonClient({ url, fetch, token: () => 'nobody' })
    await assert.rejects(
      nobody.ask(plain, 'another-key'),
      (cause) => cause instanceof CloisonProblem && cause.code === 'UNAUTHENTICATED',
    )
    const served: unknown = await (await fetch(`${url}/v1/openapi.json`)).json()
    assert.deepEqual(served, JSON.parse(JSON.stringify(openApiDocument())))
  } finally {
    await app.close()
  }
})

test('the description in the documentation and the client’s types are those of the schemas', () => {
  const here = resolve(import.meta.dirname, '../../..')
  const written: unknown = JSON.parse(
    readFileSync(join(here, 'docs/reference/openapi.json'), 'utf8'),
  )
  assert.deepEqual(written, JSON.parse(JSON.stringify(openApiDocument())))
  const plain = (text: string): string => text.replaceAll(/['"]|\s+/g, '')
  const types = readFileSync(join(here, 'src/client/api-types.ts'), 'utf8')
  assert.equal(plain(types), plain(clientTypes()), 'run npm run generate:client')
})

test('no operation of the interface takes more than one person', () => {
  const { paths, components } = openApiDocument() as {
    readonly paths: Readonly<Record<string, Readonly<Record<string, { requestBody?: object }>>>>
    readonly components: { readonly schemas: Readonly<Record<string, object>> }
  }
  const asking = Object.entries(paths).flatMap(([path, operations]) => {
    const bodies = Object.values(operations).map(({ requestBody = {} }) => requestBody)
    const text = JSON.stringify(bodies).replaceAll(/"#\/components\/schemas\/(\w+)"/g, (_, name) =>
      JSON.stringify(components.schemas[String(name)]),
    )
    const count = text.match(/"subject":\{"type":"object"/g)?.length ?? 0
    // Once as a member, once among those that are required.
    assert.equal(text.match(/"subject"/g)?.length ?? 0, 2 * count, path)
    return count === 0 ? [] : [[path, count]]
  })
  assert.deepEqual(asking, [
    ['/v1/ask', 1],
    ['/v1/consents', 1],
    ['/v1/person-questions', 1],
  ])
  assert.doesNotMatch(JSON.stringify(openApiDocument()), /"subjects"/)
})
