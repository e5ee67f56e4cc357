import assert from 'node:assert/strict'
import test from 'node:test'

import * as fc from 'fast-check'

import { encodeBase64, utf8 } from '../../bytes/index.ts'
import { hmacSha256, nobleEd25519 } from '../../crypto/index.ts'
import type { Ed25519 } from '../../crypto/index.ts'
import { gatewayKeyId } from '../gateway-key-id.ts'
import { parseOrganisationId } from '../organisation-id.ts'
import { ProtocolError } from '../protocol-error.ts'
import { contentDigest } from './content-digest.ts'
import { formatParameters, requestComponents } from './signature-profile.ts'
import { signRequest, signResponse } from './sign-message.ts'
import type { SigningOptions } from './sign-message.ts'
import type { SignedRequest, SignedResponse } from './signed-message.ts'
import { verifyRequest, verifyResponse } from './verify-message.ts'
import type { SignatureVerdict, VerifyingOptions } from './verify-message.ts'

const NOW = 1_790_000_000_000
const nonce = new Uint8Array(16).map((_, i) => i)

function signer(organisation: string, fill: number): SigningOptions & { publicKey: Uint8Array } {
  const seed = new Uint8Array(32).fill(fill)
  const publicKey = nobleEd25519.publicKey(seed)
  const keyId = gatewayKeyId(parseOrganisationId(organisation), publicKey)
  return { key: { keyId, seed }, createdAtMs: NOW, nonce, ed25519: nobleEd25519, publicKey }
}

const social = signer('social', 1)
const tax = signer('tax', 2)
const mallory = signer('mallory', 3)

function expecting(...known: readonly (typeof social)[]): VerifyingOptions {
  const keys = new Map(known.map(({ key, publicKey }) => [key.keyId, publicKey]))
  return { keyOf: (keyId) => keys.get(keyId), nowMs: NOW, ed25519: nobleEd25519 }
}

const asked = {
  method: 'POST',
  authority: 'tax.localhost:8411',
  path: '/v1/person-questions',
  contentType: 'application/json',
  body: utf8('{"v":1}'),
}

function signed(options: SigningOptions = social, message = asked): SignedRequest {
  const { method, authority, path, body } = message
  return { method, authority, path, body, headers: signRequest(message, options) }
}

function answered(request: SignedRequest, options: SigningOptions = tax): SignedResponse {
  const body = utf8('{"outcome":"permit"}')
  const unsigned = { status: 200, contentType: 'application/json', body }
  return { status: 200, body, headers: signResponse(unsigned, request, options) }
}

function withHeaders(request: SignedRequest, headers: SignedRequest['headers']): SignedRequest {
  return { ...request, headers: { ...request.headers, ...headers } }
}

function header(message: SignedRequest | SignedResponse, name: string): string {
  const value = message.headers[name]
  assert.ok(typeof value === 'string')
  return value
}

function outcome(verdict: SignatureVerdict): string {
  return verdict.ok ? 'ok' : verdict.code
}

function check(request: SignedRequest, options = expecting(social)): string {
  return outcome(verifyRequest(request, options))
}

/** The request with its Signature-Input edited and, unless told, signed again over the edited text. */
function withInput(edit: (input: string) => string, resign = true): SignedRequest {
  const request = signed()
  const input = edit(header(request, 'signature-input'))
  const base = [
    `"@method": ${request.method}`,
    `"@authority": ${request.authority}`,
    `"@path": ${request.path}`,
    `"content-type": ${header(request, 'content-type')}`,
    `"content-digest": ${header(request, 'content-digest')}`,
    `"@signature-params": ${input.replace('sig1=', '')}`,
  ].join('\n')
  const signature = nobleEd25519.sign(utf8(base), social.key.seed)
  const again = resign ? { signature: `sig1=:${encodeBase64(signature)}:` } : {}
  return withHeaders(request, { 'signature-input': input, ...again })
}

test('a signed request is verified, and tells signer, nonce and times', () => {
  const request = signed({ ...social, createdAtMs: NOW + 999, ttlSeconds: 30 })
  assert.deepEqual(verifyRequest(request, expecting(social)), {
    ok: true,
    keyId: social.key.keyId,
    nonce,
    createdAtMs: NOW,
    expiresAtMs: NOW + 30_000,
  })
  assert.equal(check(withInput((input) => input)), 'ok')
})

test('a signed response is verified against the request that was sent', () => {
  const request = signed()
  const verdict = verifyResponse(answered(request), request, expecting(tax))
  assert.equal(outcome(verdict), 'ok')
  assert.ok(verdict.ok && verdict.keyId === tax.key.keyId)
})

test('row 1: verification cannot be skipped: any byte of any signed part changed is refused', () => {
  const request = signed()
  const parts = ['signature', 'signature-input', 'content-digest', 'content-type'] as const
  const part = fc.constantFrom(...parts, 'method' as const, 'path' as const, 'body' as const)
  fc.assert(
    fc.property(part, fc.nat(), fc.integer({ min: 1, max: 255 }), (name, at, mask) => {
      let changed: SignedRequest
      if (name === 'body') {
        const index = at % request.body.length
        changed = { ...request, body: request.body.with(index, (request.body[index] ?? 0) ^ mask) }
      } else {
        const text = name === 'method' || name === 'path' ? request[name] : header(request, name)
        const index = at % text.length
        const other = String.fromCharCode(text.charCodeAt(index) ^ mask)
        const edited = text.slice(0, index) + other + text.slice(index + 1)
        const field = name === 'method' || name === 'path'
        changed = field ? { ...request, [name]: edited } : withHeaders(request, { [name]: edited })
      }
      assert.notEqual(check(changed), 'ok')
    }),
    { numRuns: 150 },
  )
  const accepting: Ed25519 = { ...nobleEd25519, verify: () => true }
  const flipped = withHeaders(request, { signature: `sig1=:${'A'.repeat(86)}==:` })
  assert.equal(check(flipped), 'SIGNATURE_INVALID')
  assert.equal(check(flipped, { ...expecting(social), ed25519: accepting }), 'ok')
})

test('row 2: every covered component is required, in the one order, with nothing beside', () => {
  for (const { name } of requestComponents) {
    const without = withInput((input) => input.replace(new RegExp(` ?"${name}"`), ''))
    assert.equal(check(without), 'MALFORMED', name)
    const doubled = withInput((input) => input.replace(`"${name}"`, `"${name}" "${name}"`))
    assert.equal(check(doubled), 'MALFORMED', name)
  }
  const added = withInput((input) => input.replace('"content-digest"', '"content-digest" "date"'))
  assert.equal(check(withHeaders(added, { date: 'now' })), 'MALFORMED')
  const reordered = withInput((input) =>
    input.replace('"@method" "@authority"', '"@authority" "@method"'),
  )
  assert.equal(check(reordered), 'MALFORMED')
  for (const name of ['content-type', 'content-digest', 'signature', 'signature-input']) {
    assert.equal(check(withHeaders(signed(), { [name]: undefined })), 'MALFORMED', name)
  }
})

test('row 3: nonce, created and expires are required and bounded, and the nonce is handed on', () => {
  const edits: readonly (readonly [string | RegExp, string])[] = [
    [/created=\d+;/, ''],
    [/expires=\d+;/, ''],
    [/nonce="[^"]*";/, ''],
    [/nonce="[^"]*"/, 'nonce="AAECAwQFBgcICQoLDA0O"'],
    [/nonce="[^"]*"/, 'nonce="AAECAwQFBgcICQoLDA0ODx=="'],
    [/nonce="[^"]*"/, 'nonce=:AAECAwQFBgcICQoLDA0ODw==:'],
    [/created=(\d+)/, 'created=$1.0'],
    [/created=(\d+)/, 'created=-$1'],
    [/created=(\d+)/, 'created=0$1'],
    [/expires=\d+/, `expires=${NOW / 1000}`],
    [/expires=\d+/, `expires=${NOW / 1000 + 121}`],
    [/expires=(\d+)/, 'expires="$1"'],
  ]
  for (const [from, to] of edits) {
    assert.equal(check(withInput((input) => input.replace(from, to))), 'MALFORMED', to)
  }
  assert.equal(
    check(withInput((input) => input.replace(/expires=\d+/, 'expires=1790000120'))),
    'ok',
  )
  const first = verifyRequest(signed(), expecting(social))
  const second = verifyRequest(signed(), expecting(social))
  assert.ok(first.ok && second.ok)
  assert.deepEqual(first.nonce, second.nonce, 'a replay guard sees that it is the same')
})

test('row 3: a signature counts only near its time, and only its owner can be told so', () => {
  const at = (nowMs: number, request = signed()): string =>
    check(request, { ...expecting(social), nowMs })
  assert.equal(at(NOW - 60_000), 'ok')
  assert.equal(at(NOW - 60_001), 'CLOCK_SKEW')
  assert.equal(at(NOW + 60_000), 'ok')
  assert.equal(at(NOW + 60_001), 'CLOCK_SKEW')
  const brief = signed({ ...social, ttlSeconds: 10 })
  assert.equal(at(NOW + 15_000, brief), 'ok')
  assert.equal(at(NOW + 15_001, brief), 'CLOCK_SKEW')
  const late = verifyRequest(signed(), { ...expecting(social), nowMs: NOW + 10 ** 9 })
  assert.ok(!late.ok && late.code === 'CLOCK_SKEW' && late.keyId === social.key.keyId)
  const forged = withHeaders(signed(), { signature: `sig1=:${'A'.repeat(86)}==:` })
  assert.equal(at(NOW + 10 ** 9, forged), 'SIGNATURE_INVALID')
})

test('row 4: labels carry no meaning: keyid names the signer, another label does not count', () => {
  const relabelled = withHeaders(signed(), {
    'signature-input': header(signed(), 'signature-input').replace('sig1=', 'social='),
    signature: header(signed(), 'signature').replace('sig1=', 'social='),
  })
  assert.equal(check(relabelled), 'MALFORMED')
  const verdict = verifyRequest(signed(mallory), expecting(social, mallory))
  assert.ok(verdict.ok && verdict.keyId === mallory.key.keyId, 'sig1 does not make it social')
})

test('row 5: among several signatures only the expected one counts; strays neither help nor harm', () => {
  const request = signed()
  const input = header(request, 'signature-input')
  const signature = header(request, 'signature')
  const stray = header(signed(mallory), 'signature-input').replace('sig1=', 'proxy=')
  const strays: readonly (readonly [string, string])[] = [
    [`proxy=();created=1`, 'proxy=:AAAA:'],
    [stray, 'proxy=:AAAA:'],
    [`proxy=("x"  "y");tag="a,b, sig1=(),\\"c";b=?0`, 'other=:AAAA:, third'],
    [`proxy=%"sig1=%2c,";x=1`, 'proxy=token;a="\\\\,sig1=:"'],
  ]
  for (const [strayInput, straySignature] of strays) {
    for (const join of [
      (mine: string, theirs: string) => `${mine}, ${theirs}`,
      (mine: string, theirs: string) => `${theirs},\t${mine}`,
      (mine: string, theirs: string) => [theirs, mine],
    ]) {
      const beside = withHeaders(request, {
        'signature-input': join(input, strayInput),
        signature: join(signature, straySignature),
      })
      assert.equal(check(beside), 'ok', strayInput)
    }
    const alone = withHeaders(request, { 'signature-input': strayInput, signature: straySignature })
    assert.equal(check(alone), 'MALFORMED', strayInput)
  }
  const twice = withHeaders(request, { 'signature-input': `${input}, ${input}` })
  assert.equal(check(twice), 'MALFORMED')
  const twoSignatures = withHeaders(request, { signature: `sig1=:AAAA:, ${signature}` })
  assert.equal(check(twoSignatures), 'MALFORMED')
  const unknownBesideKnown = withHeaders(signed(mallory), {
    'signature-input': `${header(signed(mallory), 'signature-input')}, ${input.replace('sig1', 's')}`,
    signature: `${header(signed(mallory), 'signature')}, ${signature.replace('sig1', 's')}`,
  })
  assert.equal(check(unknownBesideKnown), 'PEER_UNKNOWN')
})

test('row 6: a signature for another protocol, by its tag, is refused', () => {
  for (const tag of ['cloison-v2', 'web-bot-auth', '']) {
    const request = withInput((input) => input.replace('tag="cloison-v1"', `tag="${tag}"`))
    assert.equal(check(request), 'MALFORMED', tag)
  }
  assert.equal(check(withInput((input) => input.replace(';tag="cloison-v1"', ''))), 'MALFORMED')
  assert.equal(check(withInput((input) => `${input};tag="x"`)), 'MALFORMED')
})

test('row 7: the content digest is compared with the body, not only signed', () => {
  const request = signed()
  assert.equal(check({ ...request, body: utf8('{"v":2}') }), 'SIGNATURE_INVALID')
  const swapped = { ...request, body: utf8('{"v":2}') }
  const redigested = withHeaders(swapped, { 'content-digest': contentDigest(swapped.body) })
  assert.equal(check(redigested), 'SIGNATURE_INVALID')
})

test('row 8: after a rotation the former key counts no longer, in the name of either key', () => {
  const rotated = signer('social', 4)
  assert.equal(check(signed(), expecting(rotated)), 'PEER_UNKNOWN')
  const borrowed = signed({ ...social, key: { ...social.key, keyId: rotated.key.keyId } })
  assert.equal(check(borrowed, expecting(rotated)), 'SIGNATURE_INVALID')
  assert.equal(check(signed(rotated), expecting(rotated)), 'ok')
})

test('rows 9 and 10: no algorithm can be named, and a MAC keyed with the public key is no signature', () => {
  for (const alg of ['ed25519', 'hmac-sha256', 'none']) {
    const request = withInput((input) => input.replace(';keyid', `;alg="${alg}";keyid`))
    assert.equal(check(request), 'MALFORMED', alg)
    assert.equal(check(withInput((input) => `${input};alg="${alg}"`)), 'MALFORMED', alg)
  }
  const mac = hmacSha256(social.publicKey, utf8(header(signed(), 'signature-input')))
  const macs = [mac, new Uint8Array([...mac, ...mac])]
  for (const [index, bytes] of macs.entries()) {
    const request = withHeaders(signed(), { signature: `sig1=:${encodeBase64(bytes)}:` })
    assert.equal(check(request), index === 0 ? 'MALFORMED' : 'SIGNATURE_INVALID')
  }
})

test('row 11: verification never signs again to compare', () => {
  const verifyOnly: Ed25519 = {
    ...nobleEd25519,
    sign: () => assert.fail('signed'),
    publicKey: () => assert.fail('derived'),
  }
  assert.equal(check(signed(), { ...expecting(social), ed25519: verifyOnly }), 'ok')
})

test('row 12: a response counts for its own request only: each covered part of it is bound', () => {
  const request = signed()
  const response = answered(request)
  const otherNonce = signed({ ...social, nonce: nonce.with(0, 99) })
  const others: Record<string, SignedRequest> = {
    method: { ...request, method: 'PUT' },
    authority: { ...request, authority: 'housing.localhost:8413' },
    path: { ...request, path: '/v1/ask' },
    'content-digest': withHeaders(request, { 'content-digest': contentDigest(utf8('other')) }),
    'signature-input': otherNonce,
  }
  for (const [part, other] of Object.entries(others)) {
    const verdict = verifyResponse(response, other, expecting(tax))
    assert.equal(outcome(verdict), 'SIGNATURE_INVALID', part)
  }
  const signatureOnly = withHeaders(request, { signature: `sig1=:${'A'.repeat(86)}==:` })
  assert.equal(outcome(verifyResponse(response, signatureOnly, expecting(tax))), 'ok')
  const status = verifyResponse({ ...response, status: 403 }, request, expecting(tax))
  assert.equal(outcome(status), 'SIGNATURE_INVALID')
  const reflected = { status: 200, body: request.body, headers: request.headers }
  assert.equal(outcome(verifyResponse(reflected, request, expecting(social))), 'MALFORMED')
  const unbound = withHeaders(request, { 'signature-input': undefined })
  assert.equal(outcome(verifyResponse(response, unbound, expecting(tax))), 'MALFORMED')
})

test('row 13: the authority is the configured one; a Host field changes nothing', () => {
  assert.equal(check(withHeaders(signed(), { host: 'evil.example' })), 'ok')
  assert.equal(check({ ...signed(), authority: 'housing.localhost:8413' }), 'SIGNATURE_INVALID')
  const relayed = withHeaders(
    { ...signed(), authority: 'housing.localhost:8413' },
    { host: asked.authority },
  )
  assert.equal(check(relayed), 'SIGNATURE_INVALID')
  assert.equal(check({ ...signed(), authority: 'Tax.localhost' }), 'MALFORMED')
})

test('row 14: a field named like a derived component is refused', () => {
  for (const name of ['@method', '@path', '@authority', 'x y', 'Content-Digest', 'caf\u00e9', '']) {
    assert.equal(check(withHeaders(signed(), { [name]: 'POST' })), 'MALFORMED', name)
  }
})

test('row 15: a line fold, a control or another script in a signed field is refused', () => {
  for (const text of ['\r\n ', '\n\t', '\u0000', '\u00a0', '\u00e9', '\uff21']) {
    const type = withHeaders(signed(), { 'content-type': `application/${text}json` })
    assert.equal(check(type), 'MALFORMED', JSON.stringify(text))
    const input = header(signed(), 'signature-input').replace(' ', ` ${text}`)
    assert.equal(check(withHeaders(signed(), { 'signature-input': input })), 'MALFORMED')
  }
})

test('row 16: a field padded, repeated or with several values is refused', () => {
  const request = signed()
  const digest = header(request, 'content-digest')
  const other = `sha-512=:${'A'.repeat(86)}==:`
  for (const value of [` ${digest}`, `${digest} `, [digest, digest], [digest, other], []]) {
    const padded = withHeaders(request, { 'content-digest': value })
    assert.equal(check(padded), 'MALFORMED', JSON.stringify(value))
  }
  const joined = withHeaders(request, { 'content-digest': `${digest}, ${other}` })
  assert.equal(check(joined), 'SIGNATURE_INVALID')
  const types = ['application/json', 'text/html']
  assert.equal(check(withHeaders(request, { 'content-type': types })), 'MALFORMED')
  const spaced = withInput((input) => input.replace(';created', '; created'), false)
  assert.equal(check(spaced), 'MALFORMED')
})

test('row 17: what is no structured field is refused, however it is spoilt', () => {
  const input = header(signed(), 'signature-input')
  const spoilt = [
    '',
    'sig1',
    'sig1=',
    'sig1=1',
    'sig1=:AAAA:',
    `${input},`,
    `${input})`,
    `${input};`,
  ]
  spoilt.push(input.slice(0, -1), input.replace('(', '('), `SIG1=${input}`, `{"sig1":1}`)
  for (const text of spoilt) {
    if (text === input) continue
    const verdict = check(withHeaders(signed(), { 'signature-input': text }))
    assert.equal(verdict, 'MALFORMED', text)
  }
  const valid = header(signed(), 'signature')
  for (const text of ['sig1', 'sig1=()', 'sig1=AAAA', `${valid};a=1`, valid.replace('==:', ':')]) {
    assert.equal(check(withHeaders(signed(), { signature: text })), 'MALFORMED', text)
  }
  const long = withHeaders(signed(), { 'signature-input': `${input}, x="${'a'.repeat(9000)}"` })
  assert.equal(check(long), 'MALFORMED')
})

test('row 18: nothing can shadow what is signed: no query, no fragment, no form', () => {
  for (const path of ['/v1/person-questions?agreement=other', '/v1#x', 'v1', '', '/v1/\u00e9']) {
    assert.equal(check({ ...signed(), path }), 'MALFORMED', path)
    assert.throws(() => signRequest({ ...asked, path }, social), ProtocolError, path)
  }
  for (const type of ['application/x-www-form-urlencoded', 'Multipart/form-data; boundary=a']) {
    assert.equal(check(withHeaders(signed(), { 'content-type': type })), 'MALFORMED', type)
    assert.throws(() => signRequest({ ...asked, contentType: type }, social), ProtocolError, type)
  }
})

test('row 19: a refusal tells no value, and not which check failed after the key was known', () => {
  const request = signed()
  const wrongBody = { ...request, body: utf8('{"v":2}') }
  const wrongSignature = withHeaders(request, { signature: `sig1=:${'A'.repeat(86)}==:` })
  const secret = '8504131234'
  const told = [
    { ...request, path: `/${secret}?` },
    withHeaders(request, { 'content-type': `${secret}\u00e9` }),
    withHeaders(request, { [`@${secret}`]: secret }),
    withInput((input) => input.replace('cloison-v1', secret)),
    { ...request, method: secret },
  ].map((bad) => verifyRequest(bad, expecting(social)))
  for (const verdict of told) assert.ok(!verdict.ok && !verdict.reason.includes(secret))
  assert.equal(check(wrongBody), check(wrongSignature))
})

test('signing refuses what verifying would refuse', () => {
  assert.throws(() => signed({ ...social, ttlSeconds: 121 }), RangeError)
  assert.throws(() => signed({ ...social, ttlSeconds: 0 }), RangeError)
  assert.throws(() => signed({ ...social, createdAtMs: 1.5 }), RangeError)
  assert.throws(() => signed({ ...social, nonce: new Uint8Array(15) }), RangeError)
  const key = { ...social.key, keyId: 'social' }
  assert.throws(() => signed({ ...social, key }), RangeError)
  assert.throws(() => signed(social, { ...asked, method: 'post' }), ProtocolError)
  assert.throws(() => signed(social, { ...asked, authority: 'Tax' }), ProtocolError)
  const unsigned = { status: 100, contentType: 'application/json', body: asked.body }
  assert.throws(() => signResponse(unsigned, signed(), tax), ProtocolError)
})

test('a keyid that names no gateway key is malformed, whoever would vouch for it', () => {
  const { key, ...options } = social
  for (const keyId of ['social', 'social/log/00000000', 'Social/gateway/00000000', '*']) {
    const parameters = formatParameters('request', {
      created: NOW / 1000,
      expires: NOW / 1000 + 60,
      nonce,
      keyId,
    })
    const request = withInput(() => `sig1=${parameters}`)
    const anyone = { ...expecting(social), keyOf: () => options.publicKey }
    assert.equal(check(request, anyone), 'MALFORMED', keyId)
  }
  assert.equal(key.keyId, 'social/gateway/' + key.keyId.slice(-8))
})
