import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { canonicalBytes, decodeBase64 } from '../../src/bytes/index.ts'
import { bestEd25519, systemClock, systemRandomness } from '../../src/platform/index.ts'
import {
  gatewayKeyId,
  makeExchangeId,
  parseOrganisationId,
  type QuestionCore,
  signCaseToken,
  type SignatureKey,
  signRequest,
  verifyResponse,
} from '../../src/protocol/index.ts'
import { type AskedQuestion, askingConsumer } from '../fault/asking-consumer.ts'
import { type Expected, openWire, questionPath, type WireBench } from './wire-bench.ts'
import type { WireRequest } from './wire-client.ts'

/*
 * What is wrong inside a receipt's proof, a note or a tile is the verifier's own matter, tried letter
 * by letter in src/log/verify/receipt.test.ts, note.test.ts and audit/verify-log.test.ts. Here are the
 * cases that come over the wire.
 */

const ed25519 = bestEd25519()
const malformed: Expected = [400, 'MALFORMED', 'noise']
let bench: WireBench

before(async () => {
  bench = await openWire()
})

after(() => bench[Symbol.asyncDispose]())

/** The canonical text of a fresh question, changed as text and signed as it then is. */
function signedText(change: (text: string) => string | Uint8Array) {
  return async (): Promise<WireRequest> => {
    const { body } = await bench.question(0)
    const changed = change(Buffer.from(body).toString('utf8'))
    return bench.delivery({ body: typeof changed === 'string' ? Buffer.from(changed) : changed })
  }
}

/** The same with a change of the parsed question, canonical again. */
function signedMembers(change: (members: Record<string, unknown>) => object) {
  return signedText((text) =>
    Buffer.from(canonicalBytes(JSON.parse(JSON.stringify(change(JSON.parse(text)))))),
  )
}

test('a body that is not canonical JSON in the closed form is refused, though it is rightly signed', async () => {
  const bodies: Readonly<Record<string, () => Promise<WireRequest>>> = {
    'a space': signedText((text) => text.replace('":', '": ')),
    'a newline at the end': signedText((text) => `${text}\n`),
    'a byte order mark': signedText((text) => `\ufeff${text}`),
    'keys in another order': signedText((text) =>
      text.replace(/^\{("agreement":"[^"]+"),/, '{"v":1,$1,').replace(/,"v":1/, ''),
    ),
    'a key twice': signedText((text) => text.replace('"v":1', '"v":1,"v":1')),
    'another key twice': signedText((text) =>
      text.replace('{', '{"agreement":"housing-tax-fixture",'),
    ),
    'a number in another form': signedText((text) => text.replace('"v":1', '"v":1.0')),
    'a number beyond integers': signedText((text) => text.replace('"v":1', '"v":1e400')),
    'an escape that is not needed': signedText((text) => text.replace('housing', '\\u0068ousing')),
    'a lone surrogate': signedText((text) => text.replace('RENT-', 'RENT-\\ud800')),
    'text that is not NFC': signedText((text) => text.replace('RENT-', 'RENT-e\u0301')),
    'no UTF-8': signedText((text) => Buffer.from(text.replace('RENT-', 'RENT-\u00e9'), 'latin1')),
    'deep nesting': signedText((text) =>
      text.replace('"v":1', `"v":${'['.repeat(40)}1${']'.repeat(40)}`),
    ),
    'bottomless nesting': signedText(() => '['.repeat(60_000)),
    'bottomless but balanced': signedText(() => '['.repeat(30_000) + ']'.repeat(30_000)),
    'a prototype': signedText((text) => text.replace('"v":1', '"v":1,"__proto__":{"a":1}')),
    nothing: signedText(() => ''),
    'a word': signedText(() => 'null'),
    'a list of questions': signedText((text) => `[${text},${text}]`),
    'no JSON': signedText((text) => text.slice(0, -1)),
    'an unknown key': signedMembers((members) => ({ ...members, extra: 1 })),
    'a missing key': signedMembers(({ case: _case, ...members }) => members),
    'another version': signedMembers((members) => ({ ...members, v: 2 })),
    'two subjects': signedMembers((members) => ({
      ...members,
      subject: [members['subject'], members['subject']],
    })),
    'a criterion for a subject': signedMembers((members) => ({
      ...members,
      subject: { scheme: 'demo-nin', value: '*', where: 'income < 9000' },
    })),
    'no element': signedMembers((members) => ({ ...members, elements: [] })),
    'an element twice': signedMembers((members) => ({
      ...members,
      elements: ['income_below_limit', 'income_below_limit'],
    })),
    'seventeen elements': signedMembers((members) => ({
      ...members,
      elements: Array.from({ length: 17 }, (_, number) => `element_${number}`),
    })),
    'a number as identifier': signedMembers((members) => ({
      ...members,
      subject: { scheme: 'demo-nin', value: 12 },
    })),
    'control characters': signedMembers((members) => ({
      ...members,
      case: { reference: 'RENT\u0000', token: '' },
    })),
    'an exchange id of 15 bytes': signedMembers((members) => ({
      ...members,
      exchangeId: 'A'.repeat(20),
    })),
    'a time that is no integer': signedMembers((members) => ({ ...members, createdAtMs: 1.5 })),
  }
  await bench.holdTable(
    Object.fromEntries(Object.entries(bodies).map(([name, make]) => [name, [malformed, make]])),
  )
})

/** A delivery whose fields are changed after signing. */
function changedHeaders(
  change: (headers: Record<string, string>) => Record<string, string | string[]>,
) {
  return async (): Promise<WireRequest> => {
    const { headers, body } = bench.delivery(await bench.question(0))
    return { headers: change(headers), body }
  }
}

function signedWith(
  options: Partial<Parameters<typeof signRequest>[1]>,
  target: Partial<Parameters<typeof signRequest>[0]> = {},
) {
  return async (): Promise<WireRequest> => {
    const { body } = await bench.question(0)
    const headers = signRequest(
      {
        method: 'POST',
        authority: bench.authority,
        path: questionPath,
        contentType: 'application/json',
        body,
        ...target,
      },
      {
        key: bench.consumer.key,
        createdAtMs: systemClock.now(),
        nonce: systemRandomness.bytes(16),
        ed25519,
        ...options,
      },
    )
    return { headers, body }
  }
}

function strangerKey(organisation: string): SignatureKey {
  const seed = systemRandomness.bytes(32)
  const keyId = gatewayKeyId(parseOrganisationId(organisation), ed25519.publicKey(seed))
  return { keyId, seed }
}

function replaceIn(
  name: string,
  from: string | RegExp,
  to: string | ((found: string, part: string) => string),
) {
  return changedHeaders((headers) => {
    const value = headers[name] ?? ''
    return { ...headers, [name]: value.replace(from, typeof to === 'string' ? () => to : to) }
  })
}

const later = (seconds: number) => (_: string, expires: string) =>
  `expires=${Number(expires) + seconds}`

test('a signature that is not exactly the profile’s, or not the peer’s, is refused as noise', async () => {
  const invalid: Expected = [401, 'SIGNATURE_INVALID', 'noise']
  const unknown: Expected = [401, 'PEER_UNKNOWN', 'noise']
  await bench.holdTable({
    'another body than the signed': [
      invalid,
      async () => {
        const { headers } = bench.delivery(await bench.question(0))
        return { headers, body: (await bench.question(1)).body }
      },
    ],
    'one bit of the body': [
      invalid,
      async () => {
        const { headers, body } = bench.delivery(await bench.question(0))
        const changed = body.slice()
        changed[30] = (changed[30] ?? 0) ^ 1
        return { headers, body: changed }
      },
    ],
    'another digest': [
      invalid,
      replaceIn('content-digest', /:(.)/, (_, first) => (first === 'A' ? ':B' : ':A')),
    ],
    'the digest in another algorithm': [invalid, replaceIn('content-digest', 'sha-256', 'sha-512')],
    'no digest': [malformed, changedHeaders(({ 'content-digest': _digest, ...rest }) => rest)],
    'no signature': [malformed, changedHeaders(({ signature: _signature, ...rest }) => rest)],
    'no signature input': [
      malformed,
      changedHeaders(({ 'signature-input': _input, ...rest }) => rest),
    ],
    'nothing but a body': [
      malformed,
      changedHeaders((headers) => ({ 'content-type': headers['content-type'] ?? '' })),
    ],
    'another signature': [
      invalid,
      changedHeaders((headers) => ({
        ...headers,
        signature: `sig1=:${Buffer.alloc(64, 1).toString('base64')}:`,
      })),
    ],
    'a short signature': [
      malformed,
      changedHeaders((headers) => ({ ...headers, signature: 'sig1=:AAAA:' })),
    ],
    'a later expiry': [invalid, replaceIn('signature-input', /expires=(\d+)/, later(30))],
    'a life of ten minutes': [malformed, replaceIn('signature-input', /expires=(\d+)/, later(540))],
    'another nonce': [
      invalid,
      replaceIn('signature-input', /nonce="[^"]+"/, 'nonce="AAAAAAAAAAAAAAAAAAAAAA=="'),
    ],
    'a short nonce': [malformed, replaceIn('signature-input', /nonce="[^"]+"/, 'nonce="AAAA"')],
    'an algorithm to negotiate': [
      malformed,
      replaceIn('signature-input', ';tag=', ';alg="hmac-sha256";tag='),
    ],
    'another tag': [malformed, replaceIn('signature-input', 'cloison-v1', 'cloison-v2')],
    'fewer components': [malformed, replaceIn('signature-input', ' "content-digest"', '')],
    'another order': [
      malformed,
      replaceIn('signature-input', '"@method" "@authority"', '"@authority" "@method"'),
    ],
    'the label twice': [
      malformed,
      changedHeaders((headers) => ({
        ...headers,
        'signature-input': `${headers['signature-input']}, ${headers['signature-input']}`,
      })),
    ],
    'a label that nobody expects': [
      malformed,
      changedHeaders((headers) => ({
        ...headers,
        'signature-input': (headers['signature-input'] ?? '').replace('sig1', 'sig2'),
        signature: (headers['signature'] ?? '').replace('sig1', 'sig2'),
      })),
    ],
    'a stranger': [unknown, signedWith({ key: strangerKey('social') })],
    'a stranger in the peer’s name': [unknown, signedWith({ key: strangerKey('housing') })],
    'a stranger under the peer’s key id': [
      invalid,
      async () =>
        signedWith({
          key: { keyId: bench.consumer.key.keyId, seed: systemRandomness.bytes(32) },
        })(),
    ],
    'another authority': [invalid, signedWith({}, { authority: 'tax.example:443' })],
    'another path': [invalid, signedWith({}, { path: '/v1/ask' })],
    'another method': [invalid, signedWith({}, { method: 'PUT' })],
  })
})

test('a stray signature neither helps nor harms', async () => {
  const stray = `(" @method");keyid="x"`.replace(' ', '')
  const value = Buffer.alloc(64, 7).toString('base64')
  const beside = (headers: Record<string, string>): Record<string, string> => ({
    ...headers,
    'signature-input': `proxy=${stray}, ${headers['signature-input']}`,
    signature: `proxy=:${value}:, ${headers['signature']}`,
  })
  const good = bench.delivery(await bench.question(0))
  assert.equal((await bench.send({ ...good, headers: beside(good.headers) })).status, 200)
  const lines = bench.delivery(await bench.question(0))
  const twoLines = {
    ...lines.headers,
    'signature-input': [`proxy=${stray}`, lines.headers['signature-input'] ?? ''],
    signature: [`proxy=:${value}:`, lines.headers['signature'] ?? ''],
  }
  assert.equal((await bench.send({ ...lines, headers: twoLines })).status, 200)
  const bad = bench.delivery(await bench.question(0))
  const helped = { ...beside(bad.headers), signature: `sig1=:${value}:, proxy=:${value}:` }
  const refused = await bench.send({ ...bad, headers: helped })
  assert.equal(JSON.parse(refused.body).code, 'SIGNATURE_INVALID')
})

test('what an authenticated peer gets wrong is a denial with an entry', async () => {
  const denied = (code: string, status = 403): Expected => [status, code, 'entry']
  const asked = (change: (core: QuestionCore) => QuestionCore) => async (): Promise<WireRequest> =>
    bench.delivery(await bench.question(2, change))
  const claims = (core: QuestionCore) => {
    const iat = Math.floor(systemClock.now() / 1000)
    return {
      iss: bench.provider.consumer.caseIssuer,
      aud: 'tax',
      iat,
      exp: iat + 600,
      case: core.case.reference,
      subject: core.subject,
      official: core.official.pseudonym,
      purpose: core.purpose,
      open: true,
    }
  }
  const withToken =
    (change: Partial<ReturnType<typeof claims>>, seed = bench.provider.consumer.caseSeed) =>
    async (): Promise<WireRequest> => {
      const { core } = await bench.question(2)
      const token = await signCaseToken({ ...claims(core), ...change }, decodeBase64(seed))
      return asked((one) => ({ ...one, case: { ...one.case, token } }))()
    }
  /** The case system vouches for whatever identifier is typed; the provider does not take its word. */
  const about =
    (value: string, scheme = 'demo-nin') =>
    async (): Promise<WireRequest> => {
      const subject = { scheme, value }
      const { core } = await bench.question(2)
      const token = await signCaseToken(
        { ...claims(core), subject },
        decodeBase64(bench.provider.consumer.caseSeed),
      )
      return asked((one) => ({ ...one, subject, case: { ...one.case, token } }))()
    }
  const past = Math.floor(systemClock.now() / 1000) - 700
  await bench.holdTable({
    'signed three minutes ago': [
      denied('CLOCK_SKEW'),
      async () => signedWith({ createdAtMs: systemClock.now() - 180_000 })(),
    ],
    'signed in three minutes': [
      denied('CLOCK_SKEW'),
      async () => signedWith({ createdAtMs: systemClock.now() + 180_000 })(),
    ],
    expired: [
      denied('CLOCK_SKEW'),
      async () => signedWith({ createdAtMs: systemClock.now() - 30_000, ttlSeconds: 2 })(),
    ],
    'wrong check digits': [denied('SUBJECT_ID_INVALID'), about('1000001900')],
    'an identifier too short': [denied('SUBJECT_ID_INVALID'), about('100001')],
    'digits of another script': [denied('SUBJECT_ID_INVALID'), about('١٠٠٠٠٠١٩٠٠')],
    'a blank in the identifier': [
      denied('SUBJECT_ID_INVALID'),
      about(`${bench.place(2).subject.value} `),
    ],
    'another scheme': [denied('PRECONDITION_FAILED'), about('100001', 'other-nin')],
    'a placeholder': [denied('PRECONDITION_FAILED'), about('1111111111')],
    'another purpose': [
      denied('PURPOSE_MISMATCH'),
      asked((core) => ({ ...core, purpose: 'https://cloison.eu/purpose/care' })),
    ],
    'another legal basis': [
      denied('LEGAL_BASIS_MISSING'),
      asked((core) => ({ ...core, legalBasis: 'eu-gdpr:A6-1-a' })),
    ],
    'an element that is not agreed': [
      denied('ELEMENT_NOT_AGREED'),
      asked((core) => ({ ...core, elements: ['annual_income'] })),
    ],
    'no token': [
      denied('CASE_REQUIRED'),
      asked((core) => ({ ...core, case: { ...core.case, token: '' } })),
    ],
    'a token that is none': [
      denied('CASE_REQUIRED'),
      asked((core) => ({ ...core, case: { ...core.case, token: 'a.b.c' } })),
    ],
    'a token by another key': [
      denied('CASE_REQUIRED'),
      withToken({}, Buffer.alloc(32, 3).toString('base64')),
    ],
    'an expired token': [denied('CASE_REQUIRED'), withToken({ iat: past, exp: past + 600 })],
    'a token for another provider': [denied('CASE_REQUIRED'), withToken({ aud: 'social' })],
    'a token of another case': [denied('CASE_REQUIRED'), withToken({ case: 'RENT-9999' })],
    'a token of a closed case': [denied('CASE_CLOSED'), withToken({ open: false })],
    'a token of another official': [
      denied('OFFICIAL_NOT_ASSIGNED'),
      withToken({ official: 'official-0007' }),
    ],
    'a token about another person': [
      denied('SUBJECT_NOT_PARTY'),
      withToken({ subject: { scheme: 'demo-nin', value: '1000000244' } }),
    ],
    'an official who is not enrolled': [
      denied('OFFICIAL_UNKNOWN'),
      async () => {
        const official = 'a-new-official'
        const { core } = await bench.question(2)
        const token = await signCaseToken(
          { ...claims(core), official },
          decodeBase64(bench.provider.consumer.caseSeed),
        )
        return asked((one) => ({
          ...one,
          official: { ...one.official, pseudonym: official },
          case: { ...one.case, token },
        }))()
      },
    ],
    'an official who proved who they are long ago': [
      denied('OFFICIAL_UNKNOWN'),
      asked((core) => ({
        ...core,
        official: { ...core.official, authTimeMs: systemClock.now() - 3_600_000 },
      })),
    ],
  })
  await bench.holdTable({
    'an unknown agreement': [
      [404, 'AGREEMENT_UNKNOWN', 'noise'],
      asked((core) => ({ ...core, agreement: 'another-agreement' })),
    ],
    'an unknown version': [
      [404, 'AGREEMENT_UNKNOWN', 'noise'],
      asked((core) => ({ ...core, version: 2 })),
    ],
  })
})

test('a receipt that is missing, of another question, of another log or of another entry opens nothing', async () => {
  const denied: Expected = [403, 'ASKED_RECEIPT_MISSING', 'entry']
  const withReceipt =
    (change: (own: AskedQuestion['receipt'], other: AskedQuestion) => object | undefined) =>
    async (): Promise<WireRequest> => {
      const own = await bench.question(3)
      const askedReceipt = change(own.receipt, await bench.question(4))
      const { core } = own
      const members = { ...core, lastSeenCheckpoint: null }
      const whole = askedReceipt === undefined ? members : { ...members, askedReceipt }
      return bench.delivery({ body: canonicalBytes(JSON.parse(JSON.stringify(whole))) })
    }
  const elsewhere = askingConsumer({
    ...bench.provider.consumer,
    logSeed: Buffer.alloc(32, 9).toString('base64'),
  })
  const otherOrigin = askingConsumer({
    ...bench.provider.consumer,
    origin: 'housing.localhost/log/2025h2',
  })
  await bench.holdTable({
    none: [denied, withReceipt(() => undefined)],
    'of another question': [denied, withReceipt((_, other) => other.receipt)],
    'with the proof of another': [
      denied,
      withReceipt((own, other) => ({ ...own, proof: other.receipt.proof })),
    ],
    'with another r': [denied, withReceipt((own, other) => ({ ...own, r: other.receipt.r }))],
    'with another record': [
      denied,
      withReceipt((own, other) => ({ ...own, record: other.receipt.record })),
    ],
    'with a record that was never logged': [
      denied,
      withReceipt((own) => ({ ...own, record: own.record.replace('"v":1', '"v":1') + ' ' })),
    ],
    'with no proof in it': [denied, withReceipt((own) => ({ ...own, proof: 'none' }))],
    'of a log with another key': [
      denied,
      async () => bench.delivery((await elsewhere.ask([bench.place(3)]))[0] ?? assert.fail()),
    ],
    'of a log of another name': [
      denied,
      async () => bench.delivery((await otherOrigin.ask([bench.place(3)]))[0] ?? assert.fail()),
    ],
  })
})

test('the same bytes twice are a replay, and an exchange id is good for one question', async () => {
  const first = bench.delivery(await bench.question(5))
  assert.equal((await bench.send(first)).status, 200)
  await bench.holdTable({ 'the same bytes': [[403, 'REPLAYED', 'entry'], async () => first] })
  const exchangeId = makeExchangeId(systemRandomness.bytes(16))
  const one = await bench.question(6, (core) => ({ ...core, exchangeId }))
  assert.equal((await bench.send(bench.delivery(one))).status, 200)
  await bench.holdTable({
    'another question under the same id': [
      [409, 'EXCHANGE_CONFLICT', 'entry'],
      async () => bench.delivery(await bench.question(7, (core) => ({ ...core, exchangeId }))),
    ],
  })
  const before = await bench.health()
  const again = await bench.send(bench.delivery(one))
  assert.equal(again.status, 200, 'the first question is still answered, with the same bytes')
  assert.equal((await bench.health()).logSize, before.logSize)
})

test('a refusal is signed for its request where there is one to sign for', async () => {
  const { headers, body } = bench.delivery(
    await bench.question(1, (core) => ({ ...core, purpose: 'x' })),
  )
  const reply = await bench.send({ headers, body })
  const key = decodeBase64(bench.provider.consumer.providerGatewayKey)
  const verdict = verifyResponse(
    { status: reply.status, headers: reply.headers, body: Buffer.from(reply.body) },
    { method: 'POST', authority: bench.authority, path: questionPath, headers },
    { keyOf: () => key, nowMs: systemClock.now(), ed25519 },
  )
  assert.ok(verdict.ok)
})

test('after all of it good questions are answered, the log verifies and nothing was quoted', () =>
  bench.assertGoodEnd())
