import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import test from 'node:test'
import { decodeHex, utf8 } from '../bytes/index.ts'
import { cosign, formatCheckpoint, formatVerifierKey, signNote } from '../log/index.ts'
import { emptyRoot, openNote, parseNote, parseVerifierKey } from '../log/verify/index.ts'
import { bestEd25519 } from '../platform/index.ts'
import { memoryWitnessStore } from '../storage/witness/index.ts'
import { addCheckpoint } from './add-checkpoint.ts'
import type { ForkEvidence, WitnessDeps } from './add-checkpoint.ts'
import { parseAddCheckpoint } from './add-checkpoint-request.ts'
import { monitorPath } from './witness-app.ts'
import type { WitnessStore } from './witness-store.ts'

interface Step {
  readonly id?: string
  readonly request: string
  readonly status: number
  readonly statusIfBase64IsStrict?: number
  readonly contentType?: string
  readonly responseBody?: string
  readonly time?: number
  readonly sizeAfter: number
}

interface Party {
  readonly vkey: string
}

interface Vectors {
  readonly specExample: {
    readonly request: string
    readonly old: number
    readonly proofHashes: number
    readonly origin: string
    readonly size: number
    readonly response: string
    readonly responseSignatures: readonly { name: string; keyId: string; bytes: number }[]
  }
  readonly monitorPaths: readonly { origin: string; path: string }[]
  readonly scenario: {
    readonly log: Party & { readonly origin: string }
    readonly witness: { readonly name: string; readonly seed: string; readonly vkey: string }
    readonly steps: readonly Step[]
  }
  readonly malformedRequests: readonly { id: string; request?: string; requestHex?: string }[]
  readonly torchwood: {
    readonly log: Party & { readonly origin: string }
    readonly steps: readonly Step[]
  }
}

const file = new URL('../../vectors/c2sp-tlog-witness.json', import.meta.url)
const { vectors }: { vectors: Vectors } = JSON.parse(readFileSync(file, 'utf8'))
const ed25519 = bestEd25519()
const { name, seed } = vectors.scenario.witness
const signer = { name, seed: decodeHex(seed) }

function depsFor({ origin, vkey }: Party & { origin: string }, store: WitnessStore): WitnessDeps {
  const logs = new Map([[origin, [parseVerifierKey(vkey)]]])
  return { logs, signer, store, clock: { now: () => 1_782_000_000_999 }, ed25519 }
}

async function runSteps(
  steps: readonly Step[],
  deps: WitnessDeps,
  origin: string,
): Promise<number> {
  for (const [i, step] of steps.entries()) {
    const { id = `step ${i}`, time, contentType, responseBody } = step
    const clock = time === undefined ? deps.clock : { now: () => time * 1000 + 999 }
    const reply = await addCheckpoint(utf8(step.request), { ...deps, clock })
    assert.equal(reply.status, step.statusIfBase64IsStrict ?? step.status, id)
    assert.equal(reply.contentType, contentType, id)
    if (responseBody !== undefined) assert.equal(reply.body, responseBody, id)
    assert.equal((await deps.store.latest(origin))?.size ?? 0, step.sizeAfter, id)
  }
  return steps.length
}

test('every request of the vectors gets the exact answer of the specification', async () => {
  const { scenario, torchwood, malformedRequests, monitorPaths, specExample } = vectors
  const store = memoryWitnessStore()
  const deps = depsFor(scenario.log, store)
  let run = await runSteps(scenario.steps, deps, scenario.log.origin)
  const before = await store.latest(scenario.log.origin)
  for (const { id, request = '', requestHex } of malformedRequests) {
    const body = requestHex === undefined ? utf8(request) : decodeHex(requestHex)
    assert.equal((await addCheckpoint(body, deps)).status, 400, id)
    assert.deepEqual(await store.latest(scenario.log.origin), before, id)
    run += 1
  }
  const other = depsFor(torchwood.log, memoryWitnessStore())
  run += await runSteps(torchwood.steps, other, torchwood.log.origin)
  for (const { origin, path } of monitorPaths) {
    assert.equal(monitorPath(origin), path)
    run += 1
  }
  const parsed = parseAddCheckpoint(utf8(specExample.request))
  assert.ok(parsed !== undefined)
  assert.deepEqual(
    [parsed.oldSize, parsed.proof.length],
    [specExample.old, specExample.proofHashes],
  )
  const answer = parseNote(`text\n\n${specExample.response}`).signatures
  const shape = answer.map((line) => {
    return { name: line.name, keyId: line.keyId, bytes: line.signature.length + 4 }
  })
  assert.deepEqual(shape, specExample.responseSignatures)
  run += 1
  const lists = [scenario.steps, malformedRequests, torchwood.steps, monitorPaths]
  const total = lists.reduce((sum, list) => sum + list.length, 1)
  assert.equal(run, total)
  console.log(`c2sp-tlog-witness.json: ${run}/${total} vectors`)
})

test('one changed byte of an accepted request is never cosigned as it was', async () => {
  const { scenario } = vectors
  const first = scenario.steps.find(({ id }) => id === 'first')
  assert.ok(first !== undefined)
  const bytes = utf8(first.request)
  for (let i = 0; i < bytes.length; i += 1) {
    const changed = bytes.with(i, (bytes[i] ?? 0) ^ (1 << (i % 8)))
    const deps = depsFor(scenario.log, memoryWitnessStore())
    assert.notEqual((await addCheckpoint(changed, deps)).status, 200, `byte ${i}`)
  }
})

const origin = 'race.example/log'
const logSeed = new Uint8Array(32).fill(9)
const logKey = parseVerifierKey(formatVerifierKey(origin, 1, ed25519.publicKey(logSeed)))

function request(old: number, size: number, root: Uint8Array): Uint8Array {
  const text = formatCheckpoint({ origin, size, root })
  const note = signNote(text, [{ name: origin, type: 1, seed: logSeed }], ed25519)
  return utf8(`old ${old}\n\n${note}`)
}

function raceDeps(store: WitnessStore): WitnessDeps {
  const logs = new Map([[origin, [logKey]]])
  return { logs, signer, store, clock: { now: () => 1_782_000_000_000 }, ed25519 }
}

test('of two checkpoints from one old size with different roots exactly one is cosigned', async () => {
  for (let round = 0; round < 20; round += 1) {
    const store = memoryWitnessStore()
    const deps = raceDeps(store)
    const roots = [1, 2].map((byte) => new Uint8Array(32).fill(byte))
    const replies = await Promise.all(roots.map((root) => addCheckpoint(request(0, 5, root), deps)))
    assert.deepEqual(
      replies.map(({ status }) => status).toSorted((a, b) => a - b),
      [200, 409],
    )
    assert.equal(replies.find(({ status }) => status === 409)?.body, '5\n')
  }
})

test('the store has the checkpoint before the cosignature leaves, and none leaves if it fails', async () => {
  const failing: WitnessStore = {
    latest: () => Promise.resolve(undefined),
    swap: () => Promise.reject(new Error('disk full')),
  }
  const body = request(0, 5, new Uint8Array(32))
  await assert.rejects(addCheckpoint(body, raceDeps(failing)), /disk full/)
  const events: string[] = []
  const inner = memoryWitnessStore()
  const watched: WitnessStore = {
    ...inner,
    async swap(...args) {
      const outcome = await inner.swap(...args)
      events.push('stored')
      return outcome
    },
  }
  await addCheckpoint(body, raceDeps(watched)).then(() => events.push('answered'))
  assert.deepEqual(events, ['stored', 'answered'])
})

test('what is stored is a note with the signatures of log and witness alone', async () => {
  const store = memoryWitnessStore()
  const stranger = '\u2014 stranger.example AAAAAAAA\n'
  const body = new Uint8Array([...request(0, 5, new Uint8Array(32)), ...utf8(stranger)])
  const reply = await addCheckpoint(body, raceDeps(store))
  assert.equal(reply.status, 200)
  const note = (await store.latest(origin))?.note ?? ''
  const witness = parseVerifierKey(formatVerifierKey(name, 4, ed25519.publicKey(signer.seed)))
  const { verified, unknown } = openNote(note, [logKey, witness], { ed25519 })
  assert.deepEqual([verified.length, unknown.length], [2, 0])
})

test('a checkpoint with extension lines is malformed, however well signed', async () => {
  const text = `${formatCheckpoint({ origin, size: 0, root: emptyRoot() })}more\n`
  const note = signNote(text, [{ name: origin, type: 1, seed: logSeed }], ed25519)
  const reply = await addCheckpoint(utf8(`old 0\n\n${note}`), raceDeps(memoryWitnessStore()))
  assert.equal(reply.status, 400)
})

test('grease is a line of an unknown key beside the cosignature, which clients ignore', async () => {
  const places = new Set<number>()
  for (const first of [0, 1]) {
    const grease = { bytes: (length: number) => new Uint8Array(length).fill(first) }
    const deps = { ...raceDeps(memoryWitnessStore()), grease }
    const { body } = await addCheckpoint(request(0, 5, new Uint8Array(32)), deps)
    const text = formatCheckpoint({ origin, size: 5, root: new Uint8Array(32) })
    const expected = cosign(text, { ...signer, timeSeconds: 1_782_000_000 }, ed25519)
    assert.equal(body.split('\n').length, 3)
    places.add(body.indexOf(expected))
    const witness = parseVerifierKey(formatVerifierKey(name, 4, ed25519.publicKey(signer.seed)))
    const opened = openNote(`${text}\n${body}`, [witness], { ed25519 })
    assert.deepEqual([opened.cosignatures.length, opened.unknown.length], [1, 1])
  }
  assert.equal(places.size, 2)
})

test('two checkpoints of one size are reported as evidence, a bad proof is not', async () => {
  const found: ForkEvidence[] = []
  const deps = { ...raceDeps(memoryWitnessStore()), onFork: (one: ForkEvidence) => found.push(one) }
  await addCheckpoint(request(0, 5, new Uint8Array(32).fill(1)), deps)
  assert.equal((await addCheckpoint(request(5, 9, new Uint8Array(32)), deps)).status, 422)
  assert.equal(found.length, 0)
  assert.equal((await addCheckpoint(request(5, 5, new Uint8Array(32)), deps)).status, 422)
  assert.equal(found[0]?.origin, origin)
  for (const note of [found[0].cosigned, found[0].submitted]) {
    assert.ok(openNote(note, [logKey], { ed25519 }).verified.length === 1)
  }
})
