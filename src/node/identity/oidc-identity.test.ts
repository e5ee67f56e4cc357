import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createBentProvider, honest } from '../../testing/identity/index.ts'
import type { BentProvider, ProviderBend } from '../../testing/identity/index.ts'
import type { IdentityPort, SignInResult, SignInRole } from '../../web/index.ts'
import { oidcIdentity } from './oidc-identity.ts'
import type { OidcClient } from './oidc-identity.ts'

const issuer = 'https://login.example'
const nowSeconds = (): number => Math.floor(Date.now() / 1000)

const secrets = {
  state: 'state-of-this-attempt',
  nonce: 'nonce-of-this-attempt',
  codeVerifier: 'v'.repeat(43),
}
const caseworker = { role: 'caseworker', organisation: 'housing' } as const
const person = { role: 'person', organisation: 'tax' } as const
const official = {
  sub: 's-1',
  name: 'Maren Oakford',
  role: 'caseworker',
  organisation: 'housing',
  account: 'official-1',
}

function clientOf(role: SignInRole, organisation: string): OidcClient {
  return {
    role,
    organisation,
    clientId: `${role}.${organisation}`,
    clientSecret: 'secret',
    redirectUri: `https://${role}.${organisation}.example/callback`,
    signedOutUri: `https://${role}.${organisation}.example/`,
  }
}

interface Setup {
  readonly provider: BentProvider
  readonly identity: IdentityPort
}

async function setUp(): Promise<Setup> {
  const provider = await createBentProvider(issuer, nowSeconds)
  const identity = oidcIdentity(
    {
      issuer,
      scope: 'openid',
      claims: {
        role: 'role',
        organisation: 'organisation',
        account: 'account',
        name: 'name',
        subject: 'subject',
      },
      roles: {
        caseworker: 'caseworker',
        analyst: 'analyst',
        dpo: 'dpo',
        person: 'person',
        inspector: 'inspector',
        admin: 'admin',
      },
      clients: [
        clientOf('caseworker', 'housing'),
        clientOf('dpo', 'housing'),
        clientOf('person', 'tax'),
      ],
    },
    provider.http,
  )
  return { provider, identity }
}

type Site = Parameters<IdentityPort['start']>[0]

async function logIn(
  { provider, identity }: Setup,
  {
    site = caseworker,
    claims = official,
    bend = honest,
  }: {
    readonly site?: Site
    readonly claims?: Readonly<Record<string, unknown>>
    readonly bend?: ProviderBend
  } = {},
): Promise<SignInResult> {
  const address = await identity.start(site, { ...secrets, language: 'en' })
  provider.bend(bend)
  const query = provider.logIn(address, claims)
  return await identity.finish(site, { ...secrets, query })
}

test('an honest log-in signs the official in, with the time of the log-in', async () => {
  const setup = await setUp()
  const beganMs = nowSeconds() * 1000
  const result = await logIn(setup)
  assert.ok(result.kind === 'signed-in')
  const { authTimeMs, ...account } = result.account
  assert.deepEqual(account, {
    role: 'caseworker',
    organisation: 'housing',
    id: 'official-1',
    name: 'Maren Oakford',
    subject: undefined,
  })
  assert.ok(authTimeMs >= beganMs && authTimeMs <= Date.now())
})

test('a person’s identifier is a claim, and stands in no address', async () => {
  const setup = await setUp()
  const subject = { scheme: 'demo-nin', value: '6629733206' }
  const claims = { sub: 's-2', name: 'Tariq', role: ['person'], subject }
  const result = await logIn(setup, { site: person, claims })
  assert.ok(result.kind === 'signed-in')
  assert.deepEqual(result.account.subject, subject)
  const addresses = [
    await setup.identity.start(person, { ...secrets, language: 'en' }),
    await setup.identity.signOutUrl(person, 'en'),
  ]
  for (const address of addresses) assert.doesNotMatch(address, /6629733206|id_token_hint|s-2/)
})

test('an attempt leaves with PKCE, state, nonce, a fresh log-in and no secret', async () => {
  const { identity } = await setUp()
  const url = new URL(await identity.start(caseworker, { ...secrets, language: 'fr' }))
  const asked = Object.fromEntries(url.searchParams)
  assert.equal(asked['code_challenge_method'], 'S256')
  assert.equal(asked['state'], secrets.state)
  assert.equal(asked['nonce'], secrets.nonce)
  assert.deepEqual(
    [asked['prompt'], asked['max_age'], asked['response_type']],
    ['login', '900', 'code'],
  )
  assert.ok(!url.href.includes(secrets.codeVerifier))
  assert.ok(!url.href.includes('secret'))
})

const rejected: readonly (readonly [what: string, bend: ProviderBend])[] = [
  ['the nonce of another attempt', { claims: { nonce: 'nonce-of-another' } }],
  ['no nonce', { claims: { nonce: undefined } }],
  ['a token for another client', { claims: { aud: 'dpo.housing' } }],
  [
    'a token for several, made for another',
    { claims: { aud: ['caseworker.housing', 'x'], azp: 'x' } },
  ],
  ['a token of another issuer', { claims: { iss: 'https://other.example' } }],
  ['a token that has run out', { claims: { exp: 1 } }],
  ['a token signed by a stranger', { strangeKey: true }],
]

for (const [what, bend] of rejected) {
  test(`${what} signs nobody in`, async () => {
    const setup = await setUp()
    assert.equal((await logIn(setup)).kind, 'signed-in')
    const result = await logIn(setup, { bend })
    assert.ok(result.kind === 'refused', 'nobody is signed in')
    assert.equal(result.code, 'SIGN_IN_REJECTED')
  })
}

test('a discovery document of another issuer is not believed', async () => {
  const setup = await setUp()
  setup.provider.bend({ discoveredIssuer: 'https://other.example' })
  await assert.rejects(setup.identity.start(caseworker, { ...secrets, language: 'en' }))
})

test('a log-in of more than 15 minutes ago, or of an unknown time, is too old', async () => {
  const setup = await setUp()
  const old = await logIn(setup, { bend: { claims: { auth_time: nowSeconds() - 960 } } })
  assert.ok(old.kind === 'refused')
  assert.equal(old.code, 'SIGN_IN_TOO_OLD')
  const unknown = await logIn(setup, { bend: { claims: { auth_time: undefined } } })
  assert.equal(unknown.kind, 'refused')
  const near = await logIn(setup, { bend: { claims: { auth_time: nowSeconds() - 840 } } })
  assert.equal(near.kind, 'signed-in')
})

test('an answer of another issuer, or of none, is not exchanged: no code leaves for it', async () => {
  const setup = await setUp()
  const address = await setup.identity.start(caseworker, { ...secrets, language: 'en' })
  for (const iss of ['https://other.example', undefined]) {
    const query = new URLSearchParams(setup.provider.logIn(address, official))
    if (iss === undefined) query.delete('iss')
    else query.set('iss', iss)
    const result = await setup.identity.finish(caseworker, { ...secrets, query: query.toString() })
    assert.equal(result.kind, 'refused')
  }
  assert.equal(setup.provider.exchanges(), 0)
})

test('the state of another attempt is not exchanged either', async () => {
  const setup = await setUp()
  const address = await setup.identity.start(caseworker, { ...secrets, language: 'en' })
  const query = setup.provider.logIn(address, official)
  const other = { ...secrets, state: 'state-of-another' }
  const result = await setup.identity.finish(caseworker, { ...other, query })
  assert.equal(result.kind, 'refused')
  assert.equal(setup.provider.exchanges(), 0)
})

test('a code serves once, and only who holds the verifier can use it', async () => {
  const setup = await setUp()
  const address = await setup.identity.start(caseworker, { ...secrets, language: 'en' })
  const query = setup.provider.logIn(address, official)
  const thief = { ...secrets, codeVerifier: 'w'.repeat(43) }
  assert.equal((await setup.identity.finish(caseworker, { ...thief, query })).kind, 'refused')
  const again = setup.provider.logIn(address, official)
  const use = (): Promise<SignInResult> =>
    setup.identity.finish(caseworker, { ...secrets, query: again })
  assert.equal((await use()).kind, 'signed-in')
  assert.equal((await use()).kind, 'refused')
})

test('a code for one role’s client is worth nothing at the client of another', async () => {
  const setup = await setUp()
  const address = await setup.identity.start(caseworker, { ...secrets, language: 'en' })
  const query = setup.provider.logIn(address, { ...official, role: 'dpo' })
  const dpo = { role: 'dpo', organisation: 'housing' } as const
  assert.equal((await setup.identity.finish(dpo, { ...secrets, query })).kind, 'refused')
})

test('the role and the organisation of the claims must be the host’s', async () => {
  const setup = await setUp()
  const others = [
    { ...official, role: 'person' },
    { ...official, role: ['dpo', 'admin'] },
    { ...official, role: { caseworker: true } },
    { ...official, organisation: 'tax' },
    { sub: 's', name: 'n' },
  ]
  for (const claims of others) {
    assert.deepEqual(await logIn(setup, { claims }), { kind: 'refused', code: 'SIGN_IN_ROLE' })
  }
})

test('a person without a whole identifier, or an official without an account, is not signed in', async () => {
  const setup = await setUp()
  const whole = { sub: 's-2', name: 'n', role: 'person' }
  const subjects = [undefined, '6629733206', { scheme: 'demo-nin' }, { scheme: '', value: '1' }]
  for (const subject of subjects) {
    const result = await logIn(setup, { site: person, claims: { ...whole, subject } })
    assert.equal(result.kind, 'refused')
  }
  const nameless = { ...official, account: undefined }
  assert.equal((await logIn(setup, { claims: nameless })).kind, 'refused')
})

test('a cancelled log-in is refused, and a site without a client has none', async () => {
  const { identity } = await setUp()
  const query = new URLSearchParams({ error: 'access_denied', state: secrets.state, iss: issuer })
  const result = await identity.finish(caseworker, { ...secrets, query: query.toString() })
  assert.ok(result.kind === 'refused')
  assert.equal(result.code, 'SIGN_IN_REJECTED')
  const nowhere = { role: 'admin', organisation: 'tax' } as const
  await assert.rejects(identity.start(nowhere, { ...secrets, language: 'en' }), RangeError)
})

test('a provider that was away is asked again', async () => {
  const provider = await createBentProvider(issuer, nowSeconds)
  const { identity } = await setUp()
  let away = true
  const http = {
    send: (request: Parameters<typeof provider.http.send>[0]) =>
      away ? Promise.reject(new Error('away')) : provider.http.send(request),
  }
  const one = oidcIdentity(
    {
      issuer,
      scope: 'openid',
      claims: { role: 'r', organisation: 'o', account: 'a', name: 'n', subject: 's' },
      roles: {
        analyst: 'analyst',
        caseworker: 'c',
        dpo: 'd',
        person: 'p',
        inspector: 'i',
        admin: 'm',
      },
      clients: [clientOf('caseworker', 'housing')],
    },
    http,
  )
  await assert.rejects(one.start(caseworker, { ...secrets, language: 'en' }))
  away = false
  assert.match(await one.start(caseworker, { ...secrets, language: 'en' }), /^https:\/\/login/)
  assert.deepEqual(identity.formTargets(caseworker), [issuer])
  assert.deepEqual(identity.formTargets({ role: 'demo', organisation: undefined }), [])
})

test('a provider over plain HTTP is taken on this machine alone', async () => {
  for (const [plain, taken] of [
    ['http://login.localhost:8440', true],
    ['http://login.example', false],
    ['http://localhost.example', false],
  ] as const) {
    const provider = await createBentProvider(plain, nowSeconds)
    const identity = oidcIdentity(
      {
        issuer: plain,
        scope: 'openid',
        claims: { role: 'r', organisation: 'o', account: 'a', name: 'n', subject: 's' },
        roles: {
          analyst: 'analyst',
          caseworker: 'c',
          dpo: 'd',
          person: 'p',
          inspector: 'i',
          admin: 'm',
        },
        clients: [clientOf('caseworker', 'housing')],
      },
      provider.http,
    )
    const started = identity.start(caseworker, { ...secrets, language: 'en' })
    if (taken) assert.ok((await started).startsWith(plain))
    else await assert.rejects(started)
  }
})
