import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import test from 'node:test'

import { decodeHex, utf8 } from '../../bytes/index.ts'
import { nobleEd25519 } from '../../crypto/index.ts'
import { gatewayKeyId } from '../gateway-key-id.ts'
import { parseOrganisationId } from '../organisation-id.ts'
import { signatureBase } from './signature-base.ts'
import { requestComponents, responseComponents } from './signature-profile.ts'
import { signRequest, signResponse } from './sign-message.ts'
import type { SigningOptions } from './sign-message.ts'
import { requestModel, responseModel } from './signed-message.ts'
import type { SignedRequest } from './signed-message.ts'
import { verifyRequest, verifyResponse } from './verify-message.ts'
import type { VerifyingOptions } from './verify-message.ts'

interface Key {
  readonly organisation: string
  readonly seed: string
  readonly publicKey: string
  readonly keyId: string
}
interface Change {
  readonly method?: string
  readonly authority?: string
  readonly path?: string
  readonly body?: string
  readonly headers?: Record<string, string>
  readonly nowMs?: number
  readonly keys?: readonly ('social' | 'tax')[]
}
interface Sample {
  readonly contentType: string
  readonly body: string
  readonly nonce: string
  readonly signatureBase: string
  readonly headers: Record<string, string>
}
interface Vectors {
  readonly nowMs: number
  readonly keys: { social: Key; tax: Key }
  readonly request: Sample & { method: string; authority: string; path: string }
  readonly response: Sample & { status: number }
  readonly accepted: readonly { id: string; headers: Record<string, string> }[]
  readonly rejected: readonly { id: string; code: string; change: Change }[]
}

const file = new URL('../../../vectors/cloison-message-signature-v1.json', import.meta.url)
const { vectors }: { vectors: Vectors } = JSON.parse(readFileSync(file, 'utf8'))
const { keys, request, response, nowMs } = vectors
const sent: SignedRequest = { ...request, body: utf8(request.body) }

function signing(key: Key, { nonce }: Sample): SigningOptions {
  return {
    key: { keyId: key.keyId, seed: decodeHex(key.seed) },
    createdAtMs: nowMs,
    nonce: decodeHex(nonce),
    ed25519: nobleEd25519,
  }
}

function verifying({
  keys: named = ['social', 'tax'],
  nowMs: at = nowMs,
}: Change): VerifyingOptions {
  const known = new Map(named.map((name) => [keys[name].keyId, decodeHex(keys[name].publicKey)]))
  return { keyOf: (keyId) => known.get(keyId), nowMs: at, ed25519: nobleEd25519 }
}

function changed(change: Change): SignedRequest {
  const { method = sent.method, authority = sent.authority, path = sent.path } = change
  const body = change.body === undefined ? sent.body : utf8(change.body)
  return { method, authority, path, body, headers: { ...sent.headers, ...change.headers } }
}

test('every vector of the profile is made, verified or refused as it says', () => {
  let run = 0
  for (const { organisation, publicKey, keyId } of Object.values(keys)) {
    assert.equal(gatewayKeyId(parseOrganisationId(organisation), decodeHex(publicKey)), keyId)
  }
  const unsigned = { ...request, body: sent.body }
  assert.deepEqual(signRequest(unsigned, signing(keys.social, request)), request.headers)
  assert.ok(verifyRequest(sent, verifying({})).ok)
  const model = requestModel(sent, ['content-type', 'content-digest'])
  const parameters = request.headers['signature-input']?.slice('sig1='.length) ?? ''
  assert.equal(signatureBase(model, requestComponents, parameters), request.signatureBase)
  run += 1

  const answer = { ...response, body: utf8(response.body) }
  assert.deepEqual(signResponse(answer, sent, signing(keys.tax, response)), response.headers)
  assert.ok(verifyResponse(answer, sent, verifying({ keys: ['tax'] })).ok)
  const answerParameters = response.headers['signature-input']?.slice('sig1='.length) ?? ''
  const base = signatureBase(responseModel(answer, sent), responseComponents, answerParameters)
  assert.equal(base, response.signatureBase)
  run += 1

  for (const { id, headers } of vectors.accepted) {
    assert.ok(verifyRequest(changed({ headers }), verifying({})).ok, id)
    run += 1
  }
  for (const { id, code, change } of vectors.rejected) {
    const verdict = verifyRequest(changed(change), verifying(change))
    assert.equal(verdict.ok ? 'ok' : verdict.code, code, id)
    run += 1
  }
  const total = 2 + vectors.accepted.length + vectors.rejected.length
  assert.equal(run, total)
  console.log(`cloison-message-signature-v1.json: ${run}/${total} vectors`)
})

test('one byte of a signed vector changed fails', () => {
  const headers = { signature: request.headers['signature']?.replace(/:./, ':_') ?? '' }
  assert.ok(!verifyRequest(changed({ headers }), verifying({})).ok)
})
