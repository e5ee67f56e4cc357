import assert from 'node:assert/strict'
import test from 'node:test'
import { utf8 } from '../../bytes/index.ts'
import { nobleEd25519, sha256 } from '../../crypto/index.ts'
import { gatewayKeyId } from '../gateway-key-id.ts'
import { parseOrganisationId } from '../organisation-id.ts'
import { signRequest, signRequestHead } from './sign-message.ts'
import { verifyRequest, verifyRequestHead } from './verify-message.ts'

const nowMs = 1_790_000_000_000
const seed = new Uint8Array(32).fill(1)
const publicKey = nobleEd25519.publicKey(seed)
const keyId = gatewayKeyId(parseOrganisationId('social'), publicKey)
const options = {
  key: { keyId, seed },
  createdAtMs: nowMs,
  nonce: new Uint8Array(16),
  ed25519: nobleEd25519,
}
const expecting = {
  keyOf: (id: string) => (id === keyId ? publicKey : undefined),
  nowMs,
  ed25519: nobleEd25519,
}
const body = utf8('a list of points')
const head = {
  method: 'POST',
  authority: 'tax.localhost:8411',
  path: '/v1/joins/00/m2',
  contentType: 'application/octet-stream',
}
const headers = signRequestHead({ ...head, bodySha256: sha256(body) }, options)

test('a head is signed as the whole request is', () => {
  assert.deepEqual(headers, signRequest({ ...head, body }, options))
  assert.equal(verifyRequest({ ...head, headers, body }, expecting).ok, true)
})

test('a head is verified before the body has come, and says which body it is for', () => {
  const verdict = verifyRequestHead({ ...head, headers }, expecting)
  assert.ok(verdict.ok)
  assert.deepEqual(verdict.bodySha256, sha256(body))
  assert.equal(verdict.keyId, keyId)
})

test('a head with another digest, another signer or another time is refused', () => {
  const codeOf = (changes: Record<string, string>, nowHereMs = nowMs): string => {
    const changed = { ...head, headers: { ...headers, ...changes } }
    const verdict = verifyRequestHead(changed, { ...expecting, nowMs: nowHereMs })
    return verdict.ok ? 'ok' : verdict.code
  }
  const other = signRequestHead({ ...head, bodySha256: sha256(utf8('other')) }, options)
  assert.equal(codeOf({ 'content-digest': other['content-digest'] ?? '' }), 'SIGNATURE_INVALID')
  assert.equal(codeOf({ 'content-digest': 'md5=:AAAA:' }), 'SIGNATURE_INVALID')
  assert.equal(codeOf({}, nowMs + 61_000), 'CLOCK_SKEW')
  assert.equal(codeOf({ signature: 'sig1=:AAAA:' }), 'MALFORMED')
  const unknown = { ...expecting, keyOf: () => undefined }
  const verdict = verifyRequestHead({ ...head, headers }, unknown)
  assert.ok(!verdict.ok && verdict.code === 'PEER_UNKNOWN')
})

test('a rightly signed head whose digest is in another form is refused', () => {
  const twice = signRequestHead({ ...head, bodySha256: new Uint8Array(31) }, options)
  const verdict = verifyRequestHead({ ...head, headers: twice }, expecting)
  assert.ok(!verdict.ok && verdict.code === 'SIGNATURE_INVALID')
})
