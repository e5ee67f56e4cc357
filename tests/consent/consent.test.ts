import assert from 'node:assert/strict'
import { readFileSync, rmSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { CompactSign, decodeJwt, decodeProtectedHeader, importJWK } from 'jose'
import { canonicalBytes, decodeBase64, encodeBase64Url, utf8 } from '../../src/bytes/index.ts'
import { consentRequestPath } from '../../src/consent/index.ts'
import { personQuestionPath } from '../../src/person/index.ts'
import { bestEd25519, systemClock, systemRandomness } from '../../src/platform/index.ts'
import {
  type ConsentTokenClaims,
  type ExchangeId,
  makeExchangeId,
  parseConsentAnswer,
  signConsentToken,
  signRequest,
} from '../../src/protocol/index.ts'
import type { VisitedPage } from '../../src/testing/web/index.ts'
import { type AskingConsumer, askingConsumer, type AskWhere } from '../fault/asking-consumer.ts'
import { type GatewayProcess, startGateway } from '../fault/gateway-process.ts'
import { makeProvider, peerOf, type ProviderFixture } from '../fault/provider-fixture.ts'
import { type IssuerProcess, publicOf, startIssuerProcess } from './issuer-fixture.ts'

const seed = systemRandomness.bytes(32)
const ed25519 = bestEd25519()
const element = (name: string, threshold: number): object => ({
  name,
  register: 'income',
  source: 'annual_income',
  answerType: 'predicate',
  predicate: { op: 'lt', threshold },
  category: 'special',
})

let fixture: ProviderFixture
let gateway: GatewayProcess
let issuer: IssuerProcess
let consumer: AskingConsumer

before(async () => {
  fixture = await makeProvider({
    terms: {
      legalBasis: ['eu-gdpr:A6-1-e', 'eu-gdpr:A9-2-a'],
      dataElements: [element('under_limit', 24_000), element('under_half', 12_000)] as never,
      consentIssuers: [
        { organisation: 'inspector', keyId: 'inspector/consent/1', publicKey: publicOf(seed) },
      ],
    },
  })
  gateway = startGateway(fixture.configPath)
  await gateway.listening
  consumer = askingConsumer(fixture.consumer)
  issuer = await startIssuerProcess({
    seed,
    organisation: 'inspector',
    agreement: fixture.agreement,
    dpoKeys: { tax: fixture.tax.dpoPublicKey, housing: peerOf(fixture).dpo_key },
    consumerKey: publicOf(decodeBase64(fixture.consumer.gatewaySeed)),
  })
})

after(async () => {
  await issuer[Symbol.asyncDispose]()
  await gateway.stop()
  rmSync(fixture.dir, { recursive: true, force: true })
})

/** A place of its own for each use, so that no cap and no case token is shared. */
let places = 0
function somewhere(): AskWhere {
  places += 1
  const found = fixture.consumer.cases[places % 4]
  const subject = found?.subjects[Math.floor(places / 4) % 6]
  assert.ok(found !== undefined && subject !== undefined)
  return { case: found, subject }
}

const subjectOf = ({ subject }: AskWhere): { scheme: string; value: string } => ({
  scheme: 'demo-nin',
  value: subject.value,
})

const freshId = (): ExchangeId => makeExchangeId(systemRandomness.bytes(16))

/** Sends a request for consent as the consumer's gateway does. */
async function wish(
  where: AskWhere,
  exchangeId: ExchangeId,
  change: object = {},
  key = consumer.key,
): Promise<{ readonly status: number; readonly state: string; readonly token: string }> {
  const { id, version } = fixture.agreement
  const request = {
    v: 1,
    exchangeId,
    agreement: id,
    version,
    elements: ['under_limit'],
    subject: subjectOf(where),
    ...change,
  }
  const body = canonicalBytes(request)
  const target = { method: 'POST' as const, authority: issuer.authority, path: consentRequestPath }
  const headers = signRequest(
    { ...target, contentType: 'application/json', body },
    { key, createdAtMs: systemClock.now(), nonce: systemRandomness.bytes(16), ed25519 },
  )
  const url = `${issuer.url}${consentRequestPath}`
  const limits = { timeoutMs: 120_000, maxResponseBytes: 65_536 }
  const answer = await issuer.http.send({ method: 'POST', url, headers, body, ...limits })
  if (answer.status !== 200) {
    const problem = JSON.parse(new TextDecoder().decode(answer.body)) as { readonly code: string }
    return { status: answer.status, state: problem.code, token: '' }
  }
  const { state, consent } = parseConsentAnswer(answer.body)
  return { status: 200, state, token: consent ?? '' }
}

/** Signs in at the issuer and decides the one request that waits. */
async function decide(where: AskWhere, decision: 'given' | 'declined'): Promise<VisitedPage> {
  const visitor = issuer.visitor(subjectOf(where))
  const page = await visitor.send(await visitor.get(`${issuer.url}/`), {})
  assert.match(page.text, /May the Agency housing ask the Agency tax about you\?/)
  return await visitor.send(page, { decision })
}

async function consentTo(where: AskWhere, exchangeId: ExchangeId): Promise<string> {
  assert.equal((await wish(where, exchangeId)).state, 'waiting')
  await decide(where, 'given')
  const { state, token } = await wish(where, exchangeId)
  assert.equal(state, 'given')
  return token
}

interface Sent {
  readonly where: AskWhere
  readonly exchangeId: ExchangeId
  readonly consent?: string
  readonly elements?: readonly string[]
}

/** Asks the provider's gateway and returns the code, or `permit`. */
async function ask({
  where,
  exchangeId,
  consent,
  elements = ['under_limit'],
}: Sent): Promise<string> {
  const [asked] = await consumer.ask([where], (core) => ({
    ...core,
    exchangeId,
    elements,
    ...(consent !== undefined && { consent }),
  }))
  assert.ok(asked !== undefined)
  const response = await fetch(`http://${fixture.config.listen.public}${personQuestionPath}`, {
    method: 'POST',
    headers: consumer.sign(asked.body),
    body: new Uint8Array(asked.body),
  })
  const outcome = (await response.json()) as { readonly code?: string; readonly outcome?: string }
  return outcome.code ?? outcome.outcome ?? ''
}

test('a person consents on a page, and the question is answered with the token, once', async () => {
  const where = somewhere()
  const exchangeId = freshId()
  assert.equal(await ask({ where, exchangeId: freshId() }), 'CONSENT_MISSING')
  const token = await consentTo(where, exchangeId)
  const claims = decodeJwt(token)
  assert.deepEqual(decodeProtectedHeader(token), { alg: 'EdDSA', typ: 'cloison-consent+jwt' })
  assert.deepEqual(
    [claims['iss'], claims['aud'], claims['exchangeId'], claims['elements']],
    ['inspector', 'tax', exchangeId, ['under_limit']],
  )
  assert.ok((claims.exp ?? 0) - (claims.iat ?? 0) <= 600)
  assert.equal(await ask({ where, exchangeId, consent: token }), 'permit')
  assert.equal(await ask({ where, exchangeId: freshId(), consent: token }), 'CONSENT_INVALID')
  const records = readFileSync(issuer.recordsFile, 'utf8')
  assert.ok(records.includes(exchangeId) && !records.includes(where.subject.value))
})

test('who says no is not asked about: no token, and the decision stands', async () => {
  const where = somewhere()
  const exchangeId = freshId()
  assert.equal((await wish(where, exchangeId)).state, 'waiting')
  const page = await decide(where, 'declined')
  assert.match(page.text, /You have said no/)
  assert.deepEqual(await wish(where, exchangeId), { status: 200, state: 'declined', token: '' })
  assert.equal(await ask({ where, exchangeId }), 'CONSENT_MISSING')
})

/** What takes a token for good without the checks of the provider: any key, any claims, any time. */
async function naive(token: string): Promise<boolean> {
  const { jwk } = decodeProtectedHeader(token)
  const keys = [seed, decodeBase64(fixture.consumer.gatewaySeed)].map((one) => ({
    kty: 'OKP',
    crv: 'Ed25519',
    x: encodeBase64Url(ed25519.publicKey(one)),
  }))
  const { compactVerify } = await import('jose')
  for (const key of jwk === undefined ? keys : [jwk]) {
    const good = await compactVerify(token, await importJWK(key, 'EdDSA')).catch(() => undefined)
    if (good !== undefined) return true
  }
  return false
}

function claimsFor(where: AskWhere, exchangeId: ExchangeId): ConsentTokenClaims {
  const now = Math.floor(systemClock.now() / 1000)
  return {
    iss: 'inspector',
    aud: 'tax',
    iat: now - 5,
    exp: now + 300,
    auth_time: now - 30,
    exchangeId,
    agreement: fixture.agreement.id,
    version: 1,
    elements: ['under_limit'],
    subject: subjectOf(where),
  }
}

async function withHeader(claims: ConsentTokenClaims, signer: Uint8Array): Promise<string> {
  const x = encodeBase64Url(ed25519.publicKey(signer))
  const key = await importJWK(
    { kty: 'OKP', crv: 'Ed25519', x, d: encodeBase64Url(signer) },
    'EdDSA',
  )
  return new CompactSign(utf8(JSON.stringify(claims)))
    .setProtectedHeader({
      alg: 'EdDSA',
      typ: 'cloison-consent+jwt',
      jwk: { kty: 'OKP', crv: 'Ed25519', x },
    })
    .sign(key)
}

test('a consent for anything else is denied by the provider, and a check that looks at less would take it', async () => {
  const now = Math.floor(systemClock.now() / 1000)
  const stranger = somewhere()
  const own = decodeBase64(fixture.consumer.gatewaySeed)
  const bent: Readonly<Record<string, (claims: ConsentTokenClaims) => Promise<string>>> = {
    'another exchange': (claims) => signConsentToken({ ...claims, exchangeId: freshId() }, seed),
    'another subject': (claims) =>
      signConsentToken({ ...claims, subject: subjectOf(stranger) }, seed),
    'another element': (claims) => signConsentToken({ ...claims, elements: ['under_half'] }, seed),
    'another version': (claims) => signConsentToken({ ...claims, version: 2 }, seed),
    'another provider': (claims) => signConsentToken({ ...claims, aud: 'social' }, seed),
    'run out': (claims) => signConsentToken({ ...claims, iat: now - 300, exp: now - 1 }, seed),
    'an old log-in': (claims) => signConsentToken({ ...claims, auth_time: now - 1_000 }, seed),
    'by the consumer': (claims) => signConsentToken(claims, own),
    'a key in the header': (claims) => withHeader(claims, own),
    'the right key in the header': (claims) => withHeader(claims, seed),
  }
  for (const [name, make] of Object.entries(bent)) {
    const where = somewhere()
    const exchangeId = freshId()
    const consent = await make(claimsFor(where, exchangeId))
    assert.equal(await ask({ where, exchangeId, consent }), 'CONSENT_INVALID', name)
    assert.equal(await naive(consent), true, name)
  }
  const where = somewhere()
  const exchangeId = freshId()
  const good = await signConsentToken(claimsFor(where, exchangeId), seed)
  assert.equal(await ask({ where, exchangeId, consent: good }), 'permit')
})

test('the issuer asks nobody for strangers, other agreements, facts without need, or the same exchange twice', async () => {
  const where = somewhere()
  const stranger = { keyId: 'housing/gateway/00000000', seed: systemRandomness.bytes(32) }
  assert.equal((await wish(where, freshId(), {}, stranger)).state, 'PEER_UNKNOWN')
  const forged = { ...consumer.key, seed: stranger.seed }
  assert.equal((await wish(where, freshId(), {}, forged)).state, 'SIGNATURE_INVALID')
  const cases: readonly (readonly [object, string])[] = [
    [{ version: 2 }, 'AGREEMENT_UNKNOWN'],
    [{ agreement: 'another' }, 'AGREEMENT_UNKNOWN'],
    [{ elements: ['income'] }, 'ELEMENT_NOT_AGREED'],
    [{ subject: { scheme: 'demo-nin', value: '0000000001' } }, 'SUBJECT_ID_INVALID'],
    [{ more: 1 }, 'MALFORMED'],
  ]
  for (const [change, code] of cases)
    assert.equal((await wish(where, freshId(), change)).state, code)
  const exchangeId = freshId()
  assert.equal((await wish(where, exchangeId)).state, 'waiting')
  const other = { elements: ['under_half'] }
  assert.equal((await wish(where, exchangeId, other)).state, 'EXCHANGE_CONFLICT')
  for (let more = 1; more < 5; more += 1)
    assert.equal((await wish(where, freshId())).state, 'waiting')
  assert.equal((await wish(where, freshId())).state, 'RATE_LIMITED')
})

test('only the person sees the request and decides it, with a form of the page and a fresh log-in', async () => {
  const where = somewhere()
  const other = somewhere()
  const exchangeId = freshId()
  await wish(where, exchangeId)
  const address = `${issuer.url}/requests/${exchangeId}`
  const curious = issuer.visitor(subjectOf(other))
  assert.match(
    (await curious.send(await curious.get(`${issuer.url}/`), {})).text,
    /No question waits/,
  )
  assert.equal((await curious.get(address)).status, 404)
  const old = issuer.visitor(subjectOf(where), Math.floor(systemClock.now() / 1000) - 400)
  const again = await old.send(await old.get(`${issuer.url}/`), {})
  assert.match(again.text, /Log in again before you decide/)
  const person = issuer.visitor(subjectOf(where))
  const page = await person.send(await person.get(`${issuer.url}/`), {})
  assert.equal((await person.send(page, { decision: 'given' }, { token: null })).status, 403)
  assert.equal((await person.send(page, { decision: 'given' }, { from: 'cross-site' })).status, 403)
  assert.equal((await wish(where, exchangeId)).state, 'waiting')
  assert.match((await person.send(page, { decision: 'given' })).text, /You have consented/)
  assert.match((await person.send(page, { decision: 'declined' })).text, /You have consented/)
  assert.match(page.headers['content-security-policy'] ?? '', /default-src 'none'/)
  assert.ok(person.cookies(issuer.authority).has('__Host-session'))
})

test('what was decided before a restart is never decided again; what was not is asked for anew', async () => {
  const decided = somewhere()
  const open = somewhere()
  const [first, second] = [freshId(), freshId()]
  await consentTo(decided, first)
  await wish(open, second)
  await issuer.restart()
  assert.deepEqual(await wish(decided, first), { status: 200, state: 'expired', token: '' })
  assert.equal((await wish(open, second)).state, 'waiting')
})
