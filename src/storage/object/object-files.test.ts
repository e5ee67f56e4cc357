import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import * as fc from 'fast-check'
import { utf8 } from '../../bytes/index.ts'
import { logPublisher } from '../../log/index.ts'
import { folderFiles, undiciHttpClient } from '../../platform/index.ts'
import type { Files } from '../../ports/index.ts'
import { filesContract, sampleLog } from '../../testing/index.ts'
import { fakeObjectStore, type ObjectFault } from '../../testing/object-store/index.ts'
import { objectFiles } from './object-files.ts'

const store = await fakeObjectStore()
const http = undiciHttpClient()
const dir = mkdtempSync(join(tmpdir(), 'cloison-object-'))
after(async () => {
  rmSync(dir, { recursive: true, force: true })
  await store[Symbol.asyncDispose]()
  await http[Symbol.asyncDispose]()
})
let places = 0
const waits: number[] = []

function open(prefix: string): Promise<Files> {
  const { endpoint, bucket } = store
  const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'a-secret', sessionToken: 't' }
  return objectFiles(
    { endpoint, bucket, prefix, region: 'eu-test-1', credentials },
    {
      http,
      clock: { now: () => 1_782_000_000_000 },
      timers: { sleep: (ms) => Promise.resolve(void waits.push(ms)) },
      timeoutMs: 300,
    },
  )
}

function newPlace(): string {
  places += 1
  return `place-${places}/log`
}

filesContract('S3 protocol, on a fake that honours If-None-Match and If-Match', () =>
  open(newPlace()),
)

const unknowns: readonly ObjectFault[] = [
  'slow-down',
  'lost-request',
  'lost-answer',
  'failed-after',
]

test('every request is signed, with its conditions and the digest of its body', () => {
  assert.deepEqual(store.complaints, [])
  assert.ok(store.requests.some(({ method }) => method === 'PUT'))
})

test('a write whose outcome is unknown is read again: it is there once, with the right bytes', async () => {
  const fault = fc.constantFrom(...unknowns, 'conflict' as const, undefined)
  const faults = fc.array(fault, { maxLength: 4 })
  await fc.assert(
    fc.asyncProperty(faults, faults, async (first, second) => {
      const place = newPlace()
      const files = await open(place)
      store.faults.push(...first)
      await files.create('tile/0/000', utf8('tile'))
      store.faults.length = 0
      assert.deepEqual(store.objects.get(`${place}/tile/0/000`), utf8('tile'))
      await files.replace('checkpoint', utf8('one'))
      store.faults.push(...second)
      await files.replace('checkpoint', utf8('two'))
      store.faults.length = 0
      assert.deepEqual(store.objects.get(`${place}/checkpoint`), utf8('two'))
    }),
    { numRuns: 40 },
  )
})

test('a store that does not answer is given up after six tries, each later than the one before', async () => {
  for (const fault of [...unknowns, 'mute', 'truncated'] as const) {
    const place = newPlace()
    const files = await open(place)
    store.objects.set(`${place}/tile/0/000`, utf8('there'))
    waits.length = 0
    store.faults.push(...Array.from({ length: 6 }, () => fault))
    await assert.rejects(files.read('tile/0/000'), { code: 'STORE_UNREACHABLE' }, fault)
    assert.deepEqual(waits, [100, 200, 400, 800, 1_600], fault)
    assert.deepEqual(store.faults, [])
    assert.deepEqual(await files.read('tile/0/000'), utf8('there'))
  }
})

test('an answer that ends early is no answer', async () => {
  const place = newPlace()
  const files = await open(place)
  store.objects.set(`${place}/checkpoint`, utf8('whole'))
  store.faults.push('truncated')
  assert.deepEqual(await files.read('checkpoint'), utf8('whole'))
  store.faults.push('truncated')
  assert.deepEqual(await files.list(''), ['checkpoint'])
})

test('other bytes under an immutable name are refused as damage, whatever the store answers', async () => {
  for (const fault of [undefined, ...unknowns, 'conflict' as const]) {
    const place = newPlace()
    const files = await open(place)
    store.objects.set(`${place}/tile/0/000`, utf8('other'))
    store.faults.push(fault)
    await assert.rejects(files.create('tile/0/000', utf8('mine')), { code: 'FILE_DIFFERS' })
    assert.deepEqual(store.objects.get(`${place}/tile/0/000`), utf8('other'))
  }
})

test('the checkpoint replaces the one that was read, and no other', async () => {
  for (const fault of [undefined, 'lost-answer', 'failed-after', 'slow-down'] as const) {
    const place = newPlace()
    const [first, second] = [await open(place), await open(place)]
    await first.replace('checkpoint', utf8('one'))
    assert.deepEqual(await second.read('checkpoint'), utf8('one'))
    await first.replace('checkpoint', utf8('two'))
    store.faults.push(fault)
    await assert.rejects(second.replace('checkpoint', utf8('fork')), { code: 'FILE_DIFFERS' })
    assert.deepEqual(store.objects.get(`${place}/checkpoint`), utf8('two'))
    // Who reads anew may go on from there.
    await second.read('checkpoint')
    await second.replace('checkpoint', utf8('three'))
    await assert.rejects(first.replace('checkpoint', utf8('late')), { code: 'FILE_DIFFERS' })
  }
})

test('of two writers to an empty place exactly one makes the first checkpoint', async () => {
  const place = newPlace()
  const writers = [await open(place), await open(place)]
  for (const writer of writers) assert.equal(await writer.read('checkpoint'), undefined)
  const outcomes = await Promise.allSettled(
    writers.map((writer, number) => writer.replace('checkpoint', utf8(`by ${number}`))),
  )
  assert.deepEqual(outcomes.map(({ status }) => status).toSorted(), ['fulfilled', 'rejected'])
})

test('what a publisher writes there, through faults, is what it writes into a folder', async () => {
  const log = sampleLog(600)
  const place = newPlace()
  const folder = folderFiles(join(dir, 'log'))
  const files = await open(place)
  const publishers = [folder, files].map((one) =>
    logPublisher({ files: one, log: log.publishable }),
  )
  for (const size of [1, 255, 300, 600]) {
    store.faults.push(undefined, 'lost-answer', undefined, undefined, 'slow-down', 'failed-after')
    for (const publisher of publishers) await publisher.publish(log.headAt(size).checkpoint)
  }
  const paths = await folder.list('')
  assert.deepEqual(await files.list(''), paths)
  for (const path of paths) assert.deepEqual(await files.read(path), await folder.read(path), path)
  const types = store.requests.filter(({ method }) => method === 'PUT').at(-1)?.headers
  assert.equal(types?.['cache-control'], 'public, max-age=1')
})

test('a store that denies access, or answers with something else, is told at once', async () => {
  const files = await open(newPlace())
  const other = await objectFiles(
    {
      endpoint: store.endpoint,
      bucket: 'not-there',
      prefix: '',
      region: 'eu-test-1',
      credentials: { accessKeyId: 'A', secretAccessKey: 'b' },
    },
    { http, clock: { now: () => 0 }, timers: { sleep: () => Promise.resolve() } },
  )
  await assert.rejects(other.list(''), { code: 'STORE_ANSWER' })
  await assert.rejects(other.create('tile/0/000', utf8('x')), { code: 'STORE_ANSWER' })
  assert.equal(await files.read('tile/0/000'), undefined)
})
