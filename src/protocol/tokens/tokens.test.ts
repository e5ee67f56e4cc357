import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import test from 'node:test'

import * as fc from 'fast-check'
import { CompactSign, importJWK } from 'jose'

import { encodeBase64Url, utf8 } from '../../bytes/index.ts'
import type { JsonObject } from '../../bytes/index.ts'
import { nobleEd25519 } from '../../crypto/index.ts'
import { parseExchangeId } from '../exchange-id.ts'
import { readCaseToken, signCaseToken } from './case-token.ts'
import type { CaseTokenClaims } from './case-token.ts'
import { readConsentToken, signConsentToken } from './consent-token.ts'
import type { TokenExpectation } from './signed-token.ts'

const NOW = 1_790_000_000
const seed = new Uint8Array(32).fill(9)
const publicKey = nobleEd25519.publicKey(seed)
const expected: TokenExpectation = { issuer: 'cases.social', publicKey, nowMs: NOW * 1000 }
const claims: CaseTokenClaims = {
  iss: 'cases.social',
  iat: NOW,
  exp: NOW + 900,
  case: '2026/1234',
  subject: { scheme: 'demo-nin', value: '0001234520' },
  official: 'o-8f3a',
  purpose: 'https://cloison.eu/purpose/service',
  open: true,
}

/** The state by the library and by the gateway's own Ed25519, which must be the same. */
async function stateOf(token: string, expectation = expected): Promise<string> {
  const { state } = await readCaseToken(token, expectation)
  const own = await readCaseToken(token, { ...expectation, ed25519: nobleEd25519 })
  assert.equal(own.state, state)
  return state
}

/** Any claims under any header, rightly signed. */
async function signedWith(payload: unknown, header: JsonObject = {}): Promise<string> {
  const [d, x] = [encodeBase64Url(seed), encodeBase64Url(publicKey)]
  const key = await importJWK({ kty: 'OKP', crv: 'Ed25519', d, x }, 'EdDSA')
  return new CompactSign(utf8(JSON.stringify(payload)))
    .setProtectedHeader({ alg: 'EdDSA', typ: 'cloison-case+jwt', ...header })
    .sign(key)
}

test('a case token is read with its claims', async () => {
  const token = await signCaseToken(claims, seed)
  assert.deepEqual(await readCaseToken(token, expected), { state: 'valid', claims })
  assert.equal(await stateOf(token), 'valid')
  assert.equal(await stateOf(await signedWith(claims)), 'valid')
})

test('no token is missing; what is no token is invalid', async () => {
  assert.equal(await stateOf(''), 'missing')
  const token = await signCaseToken(claims, seed)
  const [head = '', payload = '', signature = ''] = token.split('.')
  const bad = [' ', 'a', 'a.b.c', `${token}.`, `${token}.a`, ` ${token}`, `${token}=`, `${token}\n`]
  bad.push(
    `${head}.${payload}`,
    `${head}..${signature}`,
    `.${payload}.${signature}`,
    `${head}.${payload}.`,
  )
  bad.push(
    `${head}=.${payload}.${signature}`,
    'a'.repeat(5000),
    `${head}.${payload}.${'A'.repeat(86)}`,
  )
  for (const text of bad) assert.equal(await stateOf(text), 'invalid', text.slice(0, 20))
})

test('a token counts until it expires, and lives at most 15 minutes', async () => {
  const token = await signCaseToken(claims, seed)
  assert.equal(await stateOf(token, { ...expected, nowMs: (NOW + 900) * 1000 - 1 }), 'valid')
  assert.equal(await stateOf(token, { ...expected, nowMs: (NOW + 900) * 1000 }), 'expired')
  assert.equal(await stateOf(token, { ...expected, nowMs: (NOW - 60) * 1000 }), 'valid')
  assert.equal(await stateOf(token, { ...expected, nowMs: (NOW - 61) * 1000 }), 'invalid')
  for (const exp of [NOW + 901, NOW, NOW - 1, NOW + 0.5]) {
    assert.equal(await stateOf(await signedWith({ ...claims, exp })), 'invalid', String(exp))
  }
})

test('an expired token says whose it was, in case that protects somebody', async () => {
  const said = { ...claims, bystander: true }
  const late = { ...expected, nowMs: (NOW + 900) * 1000 }
  const read = await readCaseToken(await signCaseToken(said, seed), late)
  assert.deepEqual(read, { state: 'expired', claims: said })
  assert.equal(await stateOf(await signedWith({ ...claims, bystander: 'yes' })), 'invalid')
})

test('issuer, key and audience must be the expected ones', async () => {
  const token = await signCaseToken({ ...claims, aud: 'tax' }, seed)
  assert.equal(await stateOf(token, { ...expected, audience: 'tax' }), 'valid')
  assert.equal(await stateOf(token, { ...expected, audience: 'housing' }), 'invalid')
  assert.equal(await stateOf(token, { ...expected, issuer: 'cases.housing' }), 'invalid')
  const other = nobleEd25519.publicKey(new Uint8Array(32).fill(8))
  assert.equal(await stateOf(token, { ...expected, publicKey: other }), 'invalid')
  assert.equal(await stateOf(token, { ...expected, publicKey: new Uint8Array(32) }), 'invalid')
  assert.equal(await stateOf(token, { ...expected, publicKey: new Uint8Array(31) }), 'invalid')
})

test('a header with another algorithm, type or any other name is invalid', async () => {
  const own = encodeBase64Url(publicKey)
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: own }
  const headers: readonly JsonObject[] = [
    { typ: 'JWT' },
    { typ: 'cloison-consent+jwt' },
    { kid: 'a' },
    { jwk },
    { jku: 'https://evil.example' },
    { x5u: 'https://evil.example' },
    { cty: 'json' },
  ]
  for (const header of headers) {
    assert.equal(await stateOf(await signedWith(claims, header)), 'invalid', JSON.stringify(header))
  }
  const payload = encodeBase64Url(utf8(JSON.stringify(claims)))
  for (const alg of ['none', 'HS256']) {
    const head = encodeBase64Url(utf8(JSON.stringify({ alg, typ: 'cloison-case+jwt' })))
    const mac = createHmac('sha256', publicKey).update(`${head}.${payload}`).digest('base64url')
    for (const signature of ['', mac]) {
      assert.equal(await stateOf(`${head}.${payload}.${signature}`), 'invalid', alg)
    }
  }
})

test('claims are a closed set: none may be absent, added or of another type', async () => {
  for (const name of Object.keys(claims)) {
    const without = Object.fromEntries(Object.entries(claims).filter(([key]) => key !== name))
    assert.equal(await stateOf(await signedWith(without)), 'invalid', name)
  }
  const subjects = [claims.subject, claims.subject]
  const bad = [{ admin: true }, { open: 'yes' }, { subject: subjects }, { nbf: NOW }, { iat: '1' }]
  for (const change of bad) {
    assert.equal(await stateOf(await signedWith({ ...claims, ...change })), 'invalid')
  }
  assert.equal(await stateOf(await signedWith([claims])), 'invalid')
})

test('the library and the gateway agree on every changed character of a token', async () => {
  const token = await signCaseToken(claims, seed)
  const character = fc.constantFrom('A', 'B', 'z', '0', '9', '-', '_', '.', '=', '+', '/', ' ')
  await fc.assert(
    fc.asyncProperty(fc.nat(token.length - 1), character, async (at, other) => {
      const changed = token.slice(0, at) + other + token.slice(at + 1)
      assert.equal(await stateOf(changed), changed === token ? 'valid' : 'invalid')
    }),
    { numRuns: 150 },
  )
})

test('a consent is read by its own type, and a case token is no consent', async () => {
  const consent = {
    iss: 'consent.example',
    aud: 'tax',
    iat: NOW,
    exp: NOW + 300,
    exchangeId: parseExchangeId('AAAAAAAAAAAAAAAAAAAAAA'),
    agreement: 'rent-support',
    version: 3,
    elements: ['income_below_threshold'],
    subject: claims.subject,
    auth_time: NOW - 10,
  }
  const token = await signConsentToken(consent, seed)
  const asked = { ...expected, issuer: 'consent.example', audience: 'tax' }
  assert.deepEqual(await readConsentToken(token, asked), { state: 'valid', claims: consent })
  assert.equal((await readConsentToken(token, { ...asked, audience: 'x' })).state, 'invalid')
  assert.equal((await readCaseToken(token, asked)).state, 'invalid')
  const caseToken = await signCaseToken(claims, seed)
  assert.equal((await readConsentToken(caseToken, expected)).state, 'invalid')
  assert.equal((await readConsentToken('', expected)).state, 'missing')
})
