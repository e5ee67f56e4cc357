import assert from 'node:assert/strict'
import { createPublicKey, verify } from 'node:crypto'
import { readFileSync } from 'node:fs'
import test from 'node:test'

import { parseDictionary, serializeInnerList } from 'structured-headers'

import { decodeHex, encodeHex, utf8 } from '../../bytes/index.ts'
import { nobleEd25519 } from '../../crypto/index.ts'
import { ProtocolError } from '../protocol-error.ts'
import type { FieldLine, MessageModel, RequestModel } from './http-message.ts'
import { signatureBase } from './signature-base.ts'
import type { Component } from './signature-base.ts'

interface MessageVector {
  readonly scheme?: 'https' | 'http'
  readonly method?: string
  readonly target?: string
  readonly status?: number
  readonly fields: FieldLine[]
}
interface SignatureVector {
  readonly id: string
  readonly message: string
  readonly label?: string
  readonly signatureInput?: string
  readonly signatureBase: string
  readonly signatureBytes: string
}
interface Ed25519Vectors {
  readonly key: { publicKey: string; seed: string }
  readonly messages: Record<string, MessageVector>
  readonly valid: SignatureVector[]
  readonly rejected: SignatureVector[]
}
interface ResponseVector {
  readonly id: string
  readonly request: MessageVector
  readonly response: MessageVector
  readonly label: string
  readonly signatureInput: string
  readonly signatureBase: string
  readonly signatureBytes: string
  readonly rejectedSignatureBase: string
}
interface ResponseVectors {
  readonly key: { publicKeyPem: string }
  readonly responses: ResponseVector[]
}

const vectors = new URL('../../../vectors/', import.meta.url)
const { vectors: ed25519 }: { vectors: Ed25519Vectors } = JSON.parse(
  readFileSync(new URL('rfc9421-ed25519.json', vectors), 'utf8'),
)
const { vectors: responses }: { vectors: ResponseVectors } = JSON.parse(
  readFileSync(new URL('rfc9421-request-response.json', vectors), 'utf8'),
)

function modelOf(vector: MessageVector, request?: RequestModel): MessageModel {
  const { fields, status } = vector
  if (status !== undefined) {
    return request === undefined ? { status, fields } : { status, fields, request }
  }
  return requestOf(vector)
}

function requestOf({
  scheme = 'https',
  method = '',
  target = '',
  fields,
}: MessageVector): RequestModel {
  const url = new URL(target, `${scheme}://${fields.find(([name]) => name === 'Host')?.[1]}`)
  return { method, scheme, authority: url.host, path: url.pathname, query: url.search, fields }
}

/** Components and parameters of a Signature-Input member, as a general verifier reads them. */
function inputOf(field: string, label: string): { components: Component[]; parameters: string } {
  const [items, given] = parseDictionary(field).get(label) ?? []
  assert.ok(Array.isArray(items) && given !== undefined)
  const components = items.map(([name, parameters]) => {
    assert.ok(typeof name === 'string')
    return parameters.get('req') === true ? { name, req: true as const } : { name }
  })
  return { components, parameters: serializeInnerList([items, given]) }
}

function rebuilt(vector: SignatureVector): string {
  const { components, parameters } = inputOf(vector.signatureInput ?? '', vector.label ?? '')
  const message = ed25519.messages[vector.message]
  assert.ok(message !== undefined)
  return signatureBase(modelOf(message), components, parameters)
}

function verifies(base: string, vector: SignatureVector): boolean {
  const signature = decodeHex(vector.signatureBytes)
  return nobleEd25519.verify(signature, utf8(base), decodeHex(ed25519.key.publicKey))
}

test('bases are those of RFC 9421, and their signatures are made and verified', () => {
  let run = 0
  for (const vector of ed25519.valid) {
    const base = rebuilt(vector)
    assert.equal(base, vector.signatureBase, vector.id)
    assert.ok(verifies(base, vector), vector.id)
    const signature = nobleEd25519.sign(utf8(base), decodeHex(ed25519.key.seed))
    assert.equal(encodeHex(signature), vector.signatureBytes, vector.id)
    run += 1
  }
  for (const vector of ed25519.rejected) {
    if (vector.signatureInput !== undefined) {
      assert.equal(rebuilt(vector), vector.signatureBase, vector.id)
    }
    assert.ok(!verifies(vector.signatureBase, vector), vector.id)
    run += 1
  }
  const total = ed25519.valid.length + ed25519.rejected.length
  assert.equal(run, total)
  console.log(`rfc9421-ed25519.json: ${run}/${total} vectors`)
})

test('one byte of a message changed gives a base that its signature does not fit', () => {
  for (const vector of ed25519.valid) {
    const base = rebuilt(vector)
    assert.ok(!verifies(base.replace('created=16188844', 'created=16188845'), vector), vector.id)
  }
})

test('bases with components of the request are those of RFC 9421, section 2.4', () => {
  let run = 0
  for (const vector of responses.responses) {
    const { components, parameters } = inputOf(vector.signatureInput, vector.label)
    const model = modelOf(vector.response, requestOf(vector.request))
    const base = signatureBase(model, components, parameters)
    assert.equal(base, vector.signatureBase, vector.id)
    const key = {
      key: createPublicKey(responses.key.publicKeyPem),
      dsaEncoding: 'ieee-p1363' as const,
    }
    const signature = decodeHex(vector.signatureBytes)
    assert.ok(verify('sha256', utf8(base), key, signature), vector.id)
    assert.ok(!verify('sha256', utf8(vector.rejectedSignatureBase), key, signature), vector.id)
    run += 1
  }
  console.log(`rfc9421-request-response.json: ${run}/${responses.responses.length} vectors`)
})

const request: RequestModel = {
  method: 'GET',
  scheme: 'https',
  authority: 'Example.com:443',
  path: '',
  query: '?a=b',
  fields: [
    ['X-List', '  one '],
    ['x-list', '\ttwo'],
    ['X-Empty', ''],
  ],
}

test('derived components and fields are normalised as the RFC says', () => {
  const names = ['@method', '@authority', '@scheme', '@target-uri', '@path', '@query']
  const components = [...names, '@request-target', 'x-list', 'x-empty'].map((name) => ({ name }))
  assert.equal(
    signatureBase(request, components, '()'),
    [
      '"@method": GET',
      '"@authority": example.com',
      '"@scheme": https',
      '"@target-uri": https://example.com/?a=b',
      '"@path": /',
      '"@query": ?a=b',
      '"@request-target": /?a=b',
      '"x-list": one, two',
      '"x-empty": ',
      '"@signature-params": ()',
    ].join('\n'),
  )
  const plain = signatureBase({ ...request, query: '' }, [{ name: '@query' }], '()')
  assert.match(plain, /^"@query": \?\n/)
})

test('a component that is unknown, absent, doubled or on the wrong message is refused', () => {
  const response = { status: 200, fields: request.fields }
  const cases: readonly (readonly [MessageModel, readonly Component[]])[] = [
    [request, [{ name: '@status' }]],
    [request, [{ name: '@query-param' }]],
    [request, [{ name: 'x-absent' }]],
    [request, [{ name: 'X-List' }]],
    [request, [{ name: '@method' }, { name: '@method' }]],
    [request, [{ name: '@method', req: true }]],
    [response, [{ name: '@method' }]],
    [response, [{ name: '@method', req: true }]],
  ]
  for (const [message, components] of cases) {
    assert.throws(
      () => signatureBase(message, components, '()'),
      (error) => error instanceof ProtocolError && error.code === 'COMPONENT_REFUSED',
      JSON.stringify(components),
    )
  }
})

test('a field named @method never stands for the method, and folds and other scripts are refused', () => {
  const named = { ...request, fields: [['@method', 'DELETE'] as const] }
  assert.match(signatureBase(named, [{ name: '@method' }], '()'), /^"@method": GET\n/)
  for (const value of ['one\r\n two', 'one\n two', 'on\u00e9', 'one\u0000', 'one\u007f']) {
    const fields: FieldLine[] = [['x-list', value]]
    assert.throws(
      () => signatureBase({ ...request, fields }, [{ name: 'x-list' }], '()'),
      (error) => error instanceof ProtocolError && !error.message.includes(value),
      JSON.stringify(value),
    )
  }
})
