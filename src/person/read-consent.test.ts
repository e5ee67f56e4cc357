import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CompactSign, SignJWT, importJWK } from 'jose'
import { type InProcessExchange, openExchange } from '../../tests/fault/in-process-exchange.ts'
import { defaultCaps } from '../agreement/index.ts'
import { encodeBase64, encodeBase64Url } from '../bytes/index.ts'
import { nobleEd25519 } from '../crypto/index.ts'
import { readEntry } from '../log/index.ts'
import {
  type ConsentTokenClaims,
  consentDigest,
  type ExchangeId,
  makeExchangeId,
  signConsentToken,
} from '../protocol/index.ts'
import { samplePersonAgreement, samplePublicKey, sampleSeeds } from '../testing/index.ts'
import { systemRandomness } from '../platform/index.ts'
import type { AskOutcome } from './ask-outcome.ts'
import { askQuestion } from './ask-question.ts'

const typ = 'cloison-consent+jwt'

const diagnosis = {
  name: 'diagnosis',
  register: 'income',
  source: 'district',
  answerType: 'attribute',
  predicate: null,
  category: 'special',
} as const

/** An exchange under an agreement with one protected element, to which `clinic` attests consents. */
function openProtected(): Promise<InProcessExchange> {
  return openExchange({
    agreement: samplePersonAgreement({
      legalBasis: ['eu-gdpr:A6-1-e', 'eu-gdpr:A9-2-a'],
      dataElements: [diagnosis],
      caps: { ...defaultCaps, perSubjectPer30Days: 100 },
      consentIssuers: [
        {
          organisation: 'clinic',
          keyId: 'clinic/consent/1',
          publicKey: samplePublicKey('clinic'),
        },
      ],
    }),
    rowOf: () => ({ district: 'north' }),
  })
}

function freshId(): ExchangeId {
  return makeExchangeId(systemRandomness.bytes(16))
}

/** Claims that fit the first request of an exchange. */
function claimsOf(exchange: InProcessExchange, exchangeId: ExchangeId): ConsentTokenClaims {
  const seconds = Math.floor(exchange.clock.now() / 1000)
  const { agreement } = exchange.known
  return {
    iss: 'clinic',
    aud: 'tax',
    iat: seconds - 5,
    exp: seconds + 300,
    exchangeId,
    agreement: agreement.id,
    version: agreement.version,
    elements: ['diagnosis'],
    subject: exchange.request(1).subject,
    auth_time: seconds - 30,
  }
}

let keys = 0

function askWith(
  exchange: InProcessExchange,
  exchangeId: ExchangeId,
  consent: string | undefined,
): Promise<AskOutcome> {
  keys += 1
  const request = {
    ...exchange.request(1),
    exchangeId,
    idempotencyKey: `consent-test-${keys}`,
    ...(consent !== undefined && { consent }),
  }
  return askQuestion(request, exchange.consumerDeps)
}

async function codeWith(
  exchange: InProcessExchange,
  change: Partial<Record<keyof ConsentTokenClaims, unknown>>,
  seed: Uint8Array = sampleSeeds.clinic,
): Promise<string | undefined> {
  const exchangeId = freshId()
  const claims = { ...claimsOf(exchange, exchangeId), ...change }
  const consent = await signConsentToken(claims as ConsentTokenClaims, seed)
  const before = exchange.lookUps.length
  const { code, outcome } = await askWith(exchange, exchangeId, consent)
  assert.equal(exchange.lookUps.length, before + (outcome === 'permit' ? 1 : 0))
  return code
}

test('a protected element is answered with the person’s consent, which the entry cites', async () => {
  using exchange = await openProtected()
  const exchangeId = freshId()
  const consent = await signConsentToken(claimsOf(exchange, exchangeId), sampleSeeds.clinic)
  const outcome = await askWith(exchange, exchangeId, consent)
  assert.equal(outcome.outcome, 'permit')
  assert.deepEqual(outcome.results, [{ element: 'diagnosis', value: 'north' }])
  const { provider } = exchange
  const entry = await readEntry(
    provider.reader.logOf(provider.logKey.name),
    outcome.receipt?.index ?? -1,
    { ...provider, ...exchange.consumerDeps, recordKeys: provider.recordKeys },
  )
  assert.ok(entry !== undefined)
  assert.ok(entry.record.includes(`"consent":"${encodeBase64(consentDigest(consent))}"`))
})

test('without a consent, or with one for anything else, nobody is looked up', async () => {
  using exchange = await openProtected()
  assert.equal((await askWith(exchange, freshId(), undefined)).code, 'CONSENT_MISSING')
  const seconds = Math.floor(exchange.clock.now() / 1000)
  const stranger = exchange.request(2).subject
  const wrong: readonly Partial<Record<keyof ConsentTokenClaims, unknown>>[] = [
    { iss: 'tax' },
    { iss: 'housing' },
    { aud: 'housing' },
    { exchangeId: freshId() },
    { agreement: 'another-agreement' },
    { version: 2 },
    { elements: ['income'] },
    { subject: stranger },
    { auth_time: seconds - 901 },
    { auth_time: seconds + 61 },
    { exp: seconds - 1 },
    { exp: seconds },
    { iat: seconds - 5, exp: seconds + 896 },
    { iat: seconds + 61, exp: seconds + 300 },
  ]
  for (const change of wrong)
    assert.equal(await codeWith(exchange, change), 'CONSENT_INVALID', JSON.stringify(change))
  const names = Object.keys(claimsOf(exchange, freshId()))
  for (const name of names)
    assert.equal(await codeWith(exchange, { [name]: null }), 'CONSENT_INVALID', name)
  assert.equal(await codeWith(exchange, {}), undefined)
})

test('a consent by any other key is none: the consumer’s, the case source’s, the provider’s', async () => {
  using exchange = await openProtected()
  const seeds = [
    sampleSeeds.housing,
    sampleSeeds.cases,
    sampleSeeds.tax,
    exchange.consumer.key.seed,
    exchange.provider.key.seed,
  ]
  for (const seed of seeds) assert.equal(await codeWith(exchange, {}, seed), 'CONSENT_INVALID')
})

test('an issuer who holds a key of the consumer’s gateway is not independent, whatever the agreement says', async () => {
  using exchange = await openProtected()
  const { agreement } = exchange.known
  assert.ok(agreement.kind === 'person')
  const [issuer] = agreement.consentIssuers
  const known = exchange.providerDeps.consumers.get('housing')
  assert.ok(issuer !== undefined && known !== undefined)
  const ownKey = nobleEd25519.publicKey(sampleSeeds.clinic)
  const gatewayKeys = new Map([...known.gatewayKeys, ['housing/gateway/old', ownKey]])
  const consumers = new Map([['housing', { ...known, gatewayKeys }]])
  Object.assign(exchange.providerDeps, { consumers })
  assert.equal(await codeWith(exchange, {}), 'CONSENT_INVALID')
})

test('a key of an issuer that does not count any more opens nothing, from the next question on', async () => {
  using exchange = await openProtected()
  assert.equal(await codeWith(exchange, {}), undefined)
  let counts = true
  Object.assign(exchange.providerDeps, { isConsentKey: () => counts })
  assert.equal(await codeWith(exchange, {}), undefined)
  counts = false
  assert.equal(await codeWith(exchange, {}), 'CONSENT_INVALID')
})

test('headers with a key, another algorithm or none are refused', async () => {
  using exchange = await openProtected()
  const privateJwk = {
    kty: 'OKP',
    crv: 'Ed25519',
    x: encodeBase64Url(nobleEd25519.publicKey(sampleSeeds.clinic)),
    d: encodeBase64Url(sampleSeeds.clinic),
  }
  const key = await importJWK(privateJwk, 'EdDSA')
  const secret = nobleEd25519.publicKey(sampleSeeds.clinic)
  const text = (claims: ConsentTokenClaims): Uint8Array =>
    new TextEncoder().encode(JSON.stringify(claims))
  const part = (value: object): string =>
    encodeBase64Url(new TextEncoder().encode(JSON.stringify(value)))
  const signed =
    (header: object) =>
    (claims: ConsentTokenClaims): Promise<string> =>
      new CompactSign(text(claims)).setProtectedHeader({ alg: 'EdDSA', typ, ...header }).sign(key)
  const tokens: Readonly<Record<string, (claims: ConsentTokenClaims) => Promise<string>>> = {
    kid: signed({ kid: 'clinic/consent/1' }),
    jwk: signed({ jwk: { kty: 'OKP', crv: 'Ed25519', x: privateJwk.x } }),
    jku: signed({ jku: 'https://clinic.example/keys' }),
    x5c: signed({ x5c: ['AAAA'] }),
    typ: signed({ typ: 'JWT' }),
    caseTyp: signed({ typ: 'cloison-case+jwt' }),
    none: (claims) => Promise.resolve(`${part({ alg: 'none', typ })}.${part(claims)}.`),
    HS256: (claims) =>
      new SignJWT({ ...claims, subject: { ...claims.subject }, elements: [...claims.elements] })
        .setProtectedHeader({ alg: 'HS256', typ })
        .sign(secret),
  }
  for (const [name, make] of Object.entries(tokens)) {
    const exchangeId = freshId()
    const consent = await make(claimsOf(exchange, exchangeId))
    assert.equal((await askWith(exchange, exchangeId, consent)).code, 'CONSENT_INVALID', name)
  }
  const good = await signed({})(claimsOf(exchange, freshId()))
  assert.equal(good.split('.').length, 3)
})

test('a consent opens one answer, however many ask with it at once', async () => {
  using exchange = await openProtected()
  const exchangeId = freshId()
  const consent = await signConsentToken(claimsOf(exchange, exchangeId), sampleSeeds.clinic)
  const racing = Array.from({ length: 6 }, () => askWith(exchange, exchangeId, consent))
  const results = await Promise.allSettled(racing)
  const permits = results.filter(
    (one) => one.status === 'fulfilled' && one.value.outcome === 'permit',
  )
  assert.equal(permits.length, 1)
  assert.equal(exchange.lookUps.length, 1)
  assert.equal(
    await exchange.provider.reader.isConsentSpent(encodeBase64(consentDigest(consent))),
    true,
  )
})
