import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import test from 'node:test'

import { decodeHex, decodeUtf8, encodeBase64, utf8 } from '../../bytes/index.ts'
import { nobleEd25519 } from '../../crypto/index.ts'
import type { HttpClient, HttpRequest, HttpResponse } from '../../ports/index.ts'
import { cosign, formatCheckpoint, readOwnCheckpoint, signNote } from '../note/index.ts'
import {
  appendLeaves,
  batchNodeReader,
  consistencyProof,
  emptyTree,
  leafHash,
  rootHash,
} from '../tree/index.ts'
import { cosignatureCollector, onePerSigner, type WitnessOutcome } from './cosignatures.ts'
import { addCheckpoint, formatAddCheckpoint, type WitnessReply } from './witness-client.ts'

interface Step {
  readonly id?: string
  readonly request: string
  readonly status: number
  readonly contentType?: string
  readonly responseBody?: string
}

interface Vectors {
  readonly specExample: { readonly request: string; readonly response: string }
  readonly scenario: { readonly steps: readonly Step[] }
  readonly torchwood: { readonly steps: readonly Step[] }
}

function read(name: string): string {
  return readFileSync(new URL(`../../../vectors/${name}`, import.meta.url), 'utf8')
}

const { vectors }: { vectors: Vectors } = JSON.parse(read('c2sp-tlog-witness.json'))
const rfc6962: { vectors: { leaves: { entry: string }[] } } = JSON.parse(
  read('rfc6962-merkle.json'),
)

const hashes = rfc6962.vectors.leaves.map(({ entry }) => leafHash(decodeHex(entry)))
const nothing = { read: () => Promise.reject(new Error('nothing is stored')) }
const nodes = batchNodeReader(appendLeaves(emptyTree(), hashes).nodes, nothing)
const proof = (from: number, to: number): Promise<Uint8Array[]> => consistencyProof(from, to, nodes)

const witness = { name: 'w1', url: 'https://witness.example/w1' }

/** Answers every request with what `answer` makes of it, and keeps the requests. */
function httpOf(answer: (body: string, url: string) => Partial<HttpResponse>): {
  http: HttpClient
  requests: HttpRequest[]
} {
  const requests: HttpRequest[] = []
  const http: HttpClient = {
    send(request) {
      requests.push(request)
      const partial = answer(decodeUtf8(request.body ?? new Uint8Array()), request.url)
      return Promise.resolve({ status: 200, headers: {}, body: new Uint8Array(), ...partial })
    },
  }
  return { http, requests }
}

function replyTo(response: Partial<HttpResponse>): Promise<WitnessReply> {
  const { http } = httpOf(() => response)
  const request = { oldSize: 0, proof: [], checkpoint: 'c' }
  return addCheckpoint(witness, request, { http, timeoutMs: 1 })
}

test('requests are written as in the vectors, from old size, proof and checkpoint', () => {
  const requests = [
    vectors.specExample.request,
    ...vectors.scenario.steps.map((step) => step.request),
    ...vectors.torchwood.steps.map((step) => step.request),
  ]
  for (const request of requests) {
    const at = request.indexOf('\n\n')
    const [old = '', ...lines] = request.slice(0, at).split('\n')
    const parts = {
      oldSize: Number(old.slice(4)),
      proof: lines.map((line) => new Uint8Array(Buffer.from(line, 'base64'))),
      checkpoint: request.slice(at + 2),
    }
    assert.equal(formatAddCheckpoint(parts), request)
  }
  console.log(`c2sp-tlog-witness.json: ${requests.length}/33 requests`)
  const many = Array.from({ length: 64 }, () => new Uint8Array(32))
  assert.throws(() => formatAddCheckpoint({ oldSize: 1, proof: many, checkpoint: '' }), RangeError)
})

test('proofs of this writer are those of the accepted requests', async () => {
  for (const step of vectors.scenario.steps.filter(({ status }) => status === 200)) {
    const [old = '', ...lines] = step.request.slice(0, step.request.indexOf('\n\n')).split('\n')
    const size = Number(step.request.split('\n\n')[1]?.split('\n')[1])
    const made = await proof(Number(old.slice(4)), size)
    assert.deepEqual(made.map(encodeBase64), lines, step.id ?? '')
  }
})

test('answers of the vectors are understood', async () => {
  const steps = [...vectors.scenario.steps, ...vectors.torchwood.steps]
  for (const { status, contentType, responseBody = '', id = '' } of steps) {
    const headers: Record<string, string> = contentType ? { 'content-type': contentType } : {}
    const body = utf8(status === 200 && responseBody === '' ? '— w AAECAwQ=\n' : responseBody)
    const reply = await replyTo({ status, headers, body })
    const expected: Record<number, string> = { 200: 'lines', 409: 'conflict' }
    assert.equal(reply.outcome, expected[status] ?? 'refused', id)
    if (reply.outcome === 'refused') assert.equal(reply.status, status)
    if (reply.outcome === 'conflict') assert.equal(`${reply.size}\n`, responseBody)
    if (reply.outcome === 'lines' && responseBody) assert.equal(reply.lines.join(''), responseBody)
  }
  const example = await replyTo({ body: utf8(vectors.specExample.response) })
  assert.ok(example.outcome === 'lines')
  assert.equal(example.lines.length, 3)
  console.log(`c2sp-tlog-witness.json: ${steps.length + 1}/33 answers`)
})

test('answers that are not what their code promises are malformed or refusals, never accepted', async () => {
  const size = { 'content-type': 'text/x.tlog.size' }
  const sized = (body: string): Promise<WitnessReply> =>
    replyTo({ status: 409, headers: size, body: utf8(body) })
  for (const body of [
    '',
    '3',
    '03\n',
    '+3\n',
    '-1\n',
    ' 3\n',
    '3\n\n',
    '3 \n',
    '0x3\n',
    '9007199254740992\n',
    '3\r\n',
  ]) {
    assert.deepEqual(await sized(body), { outcome: 'malformed' }, JSON.stringify(body))
  }
  assert.deepEqual(await sized('9007199254740991\n'), { outcome: 'conflict', size: 2 ** 53 - 1 })
  assert.deepEqual(await replyTo({ status: 409, body: utf8('3\n') }), {
    outcome: 'refused',
    status: 409,
  })
  assert.deepEqual(await replyTo({ status: 301 }), { outcome: 'refused', status: 301 })
  const line = '— w AAECAwQ=\n'
  const bad = [
    '',
    '\n',
    line.trimEnd(),
    `${line}\n`,
    `x${line}`,
    `${line}- w AAECAwQ=\n`,
    line.repeat(65),
  ]
  for (const body of bad) {
    assert.deepEqual(
      await replyTo({ body: utf8(body) }),
      { outcome: 'malformed' },
      body.slice(0, 40),
    )
  }
  assert.deepEqual(await replyTo({ body: Uint8Array.of(0xff, 10) }), { outcome: 'malformed' })
  const gzip = { 'content-encoding': 'gzip' }
  assert.deepEqual(await replyTo({ headers: gzip, body: utf8(line) }), { outcome: 'malformed' })
  assert.equal((await replyTo({ body: utf8(line.repeat(64)) })).outcome, 'lines')
})

/** A witness that keeps its word, for one log; `size` is what it cosigned last. */
class FakeWitness {
  readonly name: string
  size = 0
  grease = false
  time = 1_782_000_000

  constructor(name: string) {
    this.name = name
  }

  answer(body: string): Partial<HttpResponse> {
    const at = body.indexOf('\n\n')
    const { size, text } = readOwnCheckpoint(body.slice(at + 2))
    const old = Number(body.slice(4, body.indexOf('\n')))
    if (old > size) return { status: 400 }
    if (old !== this.size) {
      const headers = { 'content-type': 'text/x.tlog.size' }
      return { status: 409, headers, body: utf8(`${this.size}\n`) }
    }
    this.size = size
    this.time += 1
    const grease = this.grease ? '— grease.example AAECAwABAgMEBQYHCAkK\n' : ''
    return { status: 200, body: utf8(grease + this.line(text)) }
  }

  line(text: string): string {
    const seed = new Uint8Array(32).fill(this.name.length)
    return cosign(text, { name: this.name, seed, timeSeconds: this.time }, nobleEd25519)
  }
}

function checkpointOf(size: number): string {
  const { tree } = appendLeaves(emptyTree(), hashes.slice(0, size))
  const text = formatCheckpoint({ origin: 'log.example/2026h2', size, root: rootHash(tree) })
  const signer = { name: 'log.example/2026h2', type: 0x01, seed: new Uint8Array(32) } as const
  return signNote(text, [signer], nobleEd25519)
}

function collectorOf(witnesses: readonly FakeWitness[]) {
  const { http, requests } = httpOf((body, url) => {
    const found = witnesses.find(({ name }) => url === `https://${name}/add-checkpoint`)
    return found?.answer(body) ?? { status: 404 }
  })
  const collector = cosignatureCollector({
    http,
    witnesses: witnesses.map(({ name }) => ({ name, url: `https://${name}/` })),
    proof,
    accept: (line, _checkpoint, { name }) => line.startsWith(`— ${name} `),
    timeoutMs: 1000,
  })
  return { collector, requests }
}

function bodies(requests: readonly HttpRequest[]): readonly string[] {
  return requests.map(({ body }) => decodeUtf8(body ?? new Uint8Array()).split('\n')[0] ?? '')
}

test('a witness that is elsewhere is asked once more, with the proof from where it is', async () => {
  const w = new FakeWitness('w.example')
  w.size = 3
  const { collector, requests } = collectorOf([w])
  const { lines, outcomes } = await collector.collect(checkpointOf(7))
  assert.deepEqual(bodies(requests), ['old 0', 'old 3'])
  const second = decodeUtf8(requests[1]?.body ?? new Uint8Array())
  assert.equal(
    second.slice(0, second.indexOf('\n\n')),
    ['old 3', ...(await proof(3, 7)).map(encodeBase64)].join('\n'),
  )
  assert.deepEqual(lines, [w.line(readOwnCheckpoint(checkpointOf(7)).text)])
  assert.equal(outcomes[0]?.result.outcome, 'cosigned')
  await collector.collect(checkpointOf(8))
  await collector.collect(checkpointOf(8))
  assert.deepEqual(bodies(requests).slice(2), ['old 7', 'old 8'], 'its size is remembered')
})

test('lines of unknown keys are ignored and never handed on', async () => {
  const w = new FakeWitness('w.example')
  w.grease = true
  const { collector } = collectorOf([w])
  const { lines } = await collector.collect(checkpointOf(5))
  assert.equal(lines.length, 1)
  assert.ok(lines[0]?.startsWith('— w.example '))
})

test('an answer without a good line is no cosignature, and the size is not taken as its own', async () => {
  const w = new FakeWitness('w.example')
  const { http, requests } = httpOf((body) => w.answer(body))
  const witnesses = [{ name: 'w.example', url: 'https://w.example' }]
  const deps = { http, witnesses, proof, accept: () => false, timeoutMs: 1 }
  const collector = cosignatureCollector(deps)
  const { lines, outcomes } = await collector.collect(checkpointOf(5))
  assert.deepEqual([lines, outcomes[0]?.result], [[], { outcome: 'unverified' }])
  await collector.collect(checkpointOf(5))
  assert.deepEqual(bodies(requests), ['old 0', 'old 0', 'old 5'])
})

test('a witness ahead of the log is reported: the log was put back', async () => {
  const w = new FakeWitness('w.example')
  w.size = 8
  const { collector, requests } = collectorOf([w])
  const { lines, outcomes } = await collector.collect(checkpointOf(5))
  assert.deepEqual(lines, [])
  assert.deepEqual(outcomes[0]?.result, { outcome: 'ahead', size: 8 })
  assert.equal(requests.length, 1, 'there is no proof to retry with')
})

test('a second conflict ends the attempt', async () => {
  let size = 0
  const conflict = (): Partial<HttpResponse> => {
    size += 1
    return { status: 409, headers: { 'content-type': 'text/x.tlog.size' }, body: utf8(`${size}\n`) }
  }
  const { http, requests } = httpOf(conflict)
  const deps = { http, witnesses: [witness], proof, accept: () => true, timeoutMs: 1 }
  const { outcomes } = await cosignatureCollector(deps).collect(checkpointOf(7))
  assert.deepEqual(outcomes[0]?.result, { outcome: 'refused', status: 409 })
  assert.equal(requests.length, 2)
})

test('one witness that fails does not keep the others from cosigning', async () => {
  const witnesses = ['a.example', 'b.example', 'c.example'].map((name) => new FakeWitness(name))
  const { http } = httpOf((body, url) => {
    if (url.includes('a.example')) throw new Error('no route')
    if (url.includes('b.example')) return { status: 403 }
    return witnesses[2]?.answer(body) ?? {}
  })
  const deps = {
    http,
    witnesses: witnesses.map(({ name }) => ({ name, url: `https://${name}` })),
    proof,
    accept: () => true,
    timeoutMs: 1,
  }
  const { lines, outcomes } = await cosignatureCollector(deps).collect(checkpointOf(2))
  const results: WitnessOutcome['outcome'][] = outcomes.map(({ result }) => result.outcome)
  assert.deepEqual(results, ['unreachable', 'refused', 'cosigned'])
  assert.equal(lines.length, 1)
})

test('of several lines of one signer the last counts', () => {
  const w = new FakeWitness('w.example')
  const old = w.line('t\n')
  const other = new FakeWitness('other.example').line('t\n')
  w.time += 5
  const fresh = w.line('t\n')
  assert.deepEqual(onePerSigner([old, other, fresh]), [fresh, other])
})
