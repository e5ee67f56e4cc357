import assert from 'node:assert/strict'
import test, { beforeEach } from 'node:test'

import * as fc from 'fast-check'
import { component, createSignatureSync, verifySignature } from 'http-message-sig'
import type { MessageDescriptor, RequestDescriptor, SignatureComponent } from 'http-message-sig'
import { httpbis } from 'http-message-signatures'
import type { Request, SignConfig } from 'http-message-signatures'

import { encodeBase64, utf8 } from '../../bytes/index.ts'
import { nobleEd25519 } from '../../crypto/index.ts'
import { gatewayKeyId } from '../gateway-key-id.ts'
import { parseOrganisationId } from '../organisation-id.ts'
import { signRequest, signResponse } from './sign-message.ts'
import type { SigningOptions } from './sign-message.ts'
import type { Component } from './signature-base.ts'
import { requestComponents, responseComponents } from './signature-profile.ts'
import type { SignedRequest, SignedResponse } from './signed-message.ts'
import { verifyRequest, verifyResponse } from './verify-message.ts'
import type { VerifyingOptions } from './verify-message.ts'

/** One of the libraries looks at the clock itself, so each test makes its messages at its own time. */
let now = 0
let created = 0
beforeEach(() => {
  now = Date.now()
  created = Math.floor(now / 1000)
})
const seed = new Uint8Array(32).fill(7)
const publicKey = nobleEd25519.publicKey(seed)
const keyId = gatewayKeyId(parseOrganisationId('social'), publicKey)
const ours: VerifyingOptions = {
  keyOf: (id) => (id === keyId ? publicKey : undefined),
  get nowMs() {
    return now
  },
  ed25519: nobleEd25519,
}
const TYPE = 'application/json'
const PARAMETERS = ['created', 'expires', 'nonce', 'keyid', 'tag']

const messages = fc.record({
  method: fc.constantFrom('POST', 'GET', 'PUT'),
  authority: fc.constantFrom('tax.localhost:8411', 'tax.example', '127.0.0.1:8411'),
  path: fc.stringMatching(/^\/[a-z0-9-]{0,10}(?:\/[A-Za-z0-9_~-]{1,10}){0,3}$/),
  body: fc.uint8Array({ maxLength: 60 }),
  nonce: fc.uint8Array({ minLength: 16, maxLength: 16 }),
  status: fc.integer({ min: 200, max: 599 }),
})
type Sample = typeof messages extends fc.Arbitrary<infer Value> ? Value : never
const few = { numRuns: 12 }

function options(sample: Sample): SigningOptions {
  const { nonce } = sample
  return { key: { keyId, seed }, createdAtMs: now, nonce, ed25519: nobleEd25519 }
}

function requestOf(sample: Sample): SignedRequest {
  const { method, authority, path, body } = sample
  const unsigned = { method, authority, path, body, contentType: TYPE }
  return { method, authority, path, body, headers: signRequest(unsigned, options(sample)) }
}

function responseOf(sample: Sample, request: SignedRequest): SignedResponse {
  const { status, body } = sample
  const headers = signResponse({ status, body, contentType: TYPE }, request, options(sample))
  return { status, body, headers }
}

/** The fields as plain strings, without the signature's own unless told. */
function plain(headers: SignedRequest['headers'], withSignature: boolean): Record<string, string> {
  const own = ['signature', 'signature-input']
  const entries = Object.entries(headers).filter(([name]) => withSignature || !own.includes(name))
  return Object.fromEntries(entries.map(([name, value]) => [name, String(value)]))
}

function signatureFields(headers: Record<string, unknown>): unknown[] {
  return [headers['signature-input'], headers['signature']]
}

// http-message-sig

function requestDescriptor(request: SignedRequest, withSignature: boolean): RequestDescriptor {
  const headers = plain(request.headers, withSignature)
  const fields = Object.entries(headers).map(([name, value]) => ({ name, value }))
  const targetUri = `https://${request.authority}${request.path}`
  return { kind: 'request', method: request.method, targetUri, fields }
}

function responseDescriptor(
  response: SignedResponse,
  request: SignedRequest,
  withSignature: boolean,
): MessageDescriptor {
  const headers = plain(response.headers, withSignature)
  const fields = Object.entries(headers).map(([name, value]) => ({ name, value }))
  const { status } = response
  return { kind: 'response', status, fields, request: requestDescriptor(request, true) }
}

function toComponent({ name, req }: Component): SignatureComponent {
  return req === true ? component(name, { req: true }) : name
}

function signedByMessageSig(
  message: MessageDescriptor,
  covered: readonly Component[],
  sample: Sample,
): unknown[] {
  const { signatureInput, signature } = createSignatureSync(message, {
    label: 'sig1',
    components: covered.map(toComponent),
    parameters: {
      created: created,
      expires: created + 60,
      nonce: encodeBase64(sample.nonce),
      keyid: keyId,
      tag: 'cloison-v1',
    },
    signer: { algorithm: 'ed25519', sign: (base) => nobleEd25519.sign(base, seed) },
  })
  return [signatureInput, signature]
}

async function acceptedByMessageSig(
  message: MessageDescriptor,
  covered: readonly Component[],
): Promise<boolean> {
  try {
    await verifySignature(message, {
      label: 'sig1',
      policy: {
        algorithms: ['ed25519'],
        requiredComponents: covered.map(toComponent),
        requiredParameters: PARAMETERS,
        now: created,
        maxAge: 60,
      },
      resolveVerifier: () => ({
        algorithm: 'ed25519',
        verify: (base, signature) => nobleEd25519.verify(signature, base, publicKey),
      }),
    })
    return true
  } catch {
    return false
  }
}

test('http-message-sig makes the same signatures, and accepts ours, for requests and responses', async () => {
  await fc.assert(
    fc.asyncProperty(messages, async (sample) => {
      const request = requestOf(sample)
      const bare = requestDescriptor(request, false)
      const theirs = signedByMessageSig(bare, requestComponents, sample)
      assert.deepEqual(theirs, signatureFields(request.headers))
      const whole = requestDescriptor(request, true)
      assert.ok(await acceptedByMessageSig(whole, requestComponents))
      assert.ok(verifyRequest(request, ours).ok)

      const response = responseOf(sample, request)
      const bareResponse = responseDescriptor(response, request, false)
      const theirResponse = signedByMessageSig(bareResponse, responseComponents, sample)
      assert.deepEqual(theirResponse, signatureFields(response.headers))
      const wholeResponse = responseDescriptor(response, request, true)
      assert.ok(await acceptedByMessageSig(wholeResponse, responseComponents))
      assert.ok(verifyResponse(response, request, ours).ok)
    }),
    few,
  )
})

// http-message-signatures

const theirKey = {
  id: keyId,
  sign: (base: Buffer): Promise<Buffer> =>
    Promise.resolve(Buffer.from(nobleEd25519.sign(base, seed))),
}
const theirLookup = {
  keyLookup: () =>
    Promise.resolve({
      id: keyId,
      verify: (base: Buffer, signature: Buffer) =>
        Promise.resolve(nobleEd25519.verify(signature, base, publicKey)),
    }),
  requiredParams: PARAMETERS,
  tolerance: 5,
}

function config(covered: readonly Component[], sample: Sample): SignConfig {
  return {
    key: theirKey,
    name: 'sig1',
    params: PARAMETERS,
    fields: covered.map(({ name, req }) => (req === true ? `"${name}";req` : `"${name}"`)),
    paramValues: {
      created: new Date(created * 1000),
      expires: new Date((created + 60) * 1000),
      nonce: encodeBase64(sample.nonce),
      tag: 'cloison-v1',
    },
  }
}

function theirRequest(request: SignedRequest, withSignature: boolean): Request {
  const url = `https://${request.authority}${request.path}`
  return { method: request.method, url, headers: plain(request.headers, withSignature) }
}

test('http-message-signatures makes the same signatures, and accepts ours', async () => {
  await fc.assert(
    fc.asyncProperty(messages, async (sample) => {
      const request = requestOf(sample)
      const theirs = await httpbis.signMessage(
        config(requestComponents, sample),
        theirRequest(request, false),
      )
      const lower = Object.fromEntries(
        Object.entries(theirs.headers).map(([name, value]) => [name.toLowerCase(), value]),
      )
      assert.deepEqual(signatureFields(lower), signatureFields(request.headers))
      assert.ok(await httpbis.verifyMessage(theirLookup, theirRequest(request, true)))

      const response = responseOf(sample, request)
      const { status } = response
      const sent = theirRequest(request, true)
      const bare = { status, headers: plain(response.headers, false) }
      const theirResponse = await httpbis.signMessage(
        config(responseComponents, sample),
        bare,
        sent,
      )
      const lowerResponse = Object.fromEntries(
        Object.entries(theirResponse.headers).map(([name, value]) => [name.toLowerCase(), value]),
      )
      assert.deepEqual(signatureFields(lowerResponse), signatureFields(response.headers))
      const whole = { status, headers: plain(response.headers, true) }
      assert.ok(await httpbis.verifyMessage(theirLookup, whole, sent))
    }),
    few,
  )
})

test('what the other implementations refuse for its content, this one refuses', async () => {
  await fc.assert(
    fc.asyncProperty(messages, fc.nat(), async (sample, part) => {
      const request = requestOf(sample)
      const [one, other] = [sample.body, utf8(`${sample.path} and more`)]
      const changes: readonly SignedRequest[] = [
        { ...request, method: 'DELETE' },
        { ...request, authority: 'housing.example' },
        { ...request, path: `${request.path}x` },
        { ...request, headers: { ...request.headers, 'content-type': 'text/plain' } },
      ]
      const changed = changes[part % changes.length] ?? request
      assert.ok(!verifyRequest(changed, ours).ok)
      assert.ok(!(await acceptedByMessageSig(requestDescriptor(changed, true), requestComponents)))
      assert.ok(!(await httpbis.verifyMessage(theirLookup, theirRequest(changed, true))))
      // A body is beyond the signature: only the profile compares it with its digest.
      assert.equal(
        verifyRequest({ ...request, body: other }, ours).ok,
        Buffer.compare(one, other) === 0,
      )
    }),
    few,
  )
})
