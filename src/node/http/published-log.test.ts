import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { gunzipSync } from 'node:zlib'
import Fastify, { type FastifyInstance, type LightMyRequestResponse } from 'fastify'
import * as fc from 'fast-check'
import { logPublisher } from '../../log/index.ts'
import { resourcePath } from '../../log/verify/index.ts'
import { folderFiles } from '../../platform/index.ts'
import type { Files } from '../../ports/index.ts'
import { sampleLog } from '../../testing/index.ts'
import { servePublished } from './published-log.ts'
import { publishedPath } from './published-path.ts'

const dir = mkdtempSync(join(tmpdir(), 'cloison-served-'))
after(() => rmSync(dir, { recursive: true, force: true }))
const log = sampleLog(700)
const root = join(dir, 'log')
const files = folderFiles(root)
const publisher = logPublisher({ files, log: log.publishable })
for (const size of [300, 600]) await publisher.publish(log.headAt(size).checkpoint)
const text = new TextEncoder()
await files.create('governance/7', text.encode(`{"index":7,"record":"${'x'.repeat(900)}"}`))
// Written already for the next checkpoint, which is not out yet.
await files.create('tile/entries/002.p/188', text.encode('beyond'))
await files.create('tile/0/002.p/188', text.encode('beyond'))
await files.create('governance/600', text.encode('{}'))
writeFileSync(join(root, 'secret'), 'not for anyone')
writeFileSync(join(dir, 'secret'), 'not for anyone')

function app(over: Files = files): FastifyInstance {
  const made = Fastify()
  servePublished(made, { files: over, logPath: '/log/2026h2' })
  return made
}

const served = app()

function get(path: string, headers: Record<string, string> = {}): Promise<LightMyRequestResponse> {
  return served.inject({ url: `/log/2026h2/${path}`, headers })
}

test('every published file is served with its bytes, type and life time', async () => {
  const immutable = 'public, max-age=31536000, immutable'
  const expected: readonly (readonly [string, string, string])[] = [
    ['checkpoint', 'text/plain; charset=utf-8', 'public, max-age=1'],
    ['tile/0/000', 'application/octet-stream', immutable],
    ['tile/0/001.p/44', 'application/octet-stream', immutable],
    ['tile/0/002.p/88', 'application/octet-stream', immutable],
    ['tile/1/000.p/2', 'application/octet-stream', immutable],
    ['tile/entries/000', 'application/octet-stream', immutable],
    ['tile/entries/002.p/88', 'application/octet-stream', immutable],
    ['governance/7', 'application/json', immutable],
  ]
  for (const [path, type, cache] of expected) {
    const { statusCode, headers, rawPayload } = await get(path)
    assert.equal(statusCode, 200, path)
    assert.deepEqual([headers['content-type'], headers['cache-control']], [type, cache], path)
    assert.deepEqual(new Uint8Array(rawPayload), await files.read(path), path)
    assert.equal(headers['access-control-allow-origin'], '*')
  }
})

test('nothing beyond the published checkpoint is served, and the next checkpoint brings it', async () => {
  const early = ['tile/entries/002.p/188', 'tile/0/002.p/188', 'governance/600']
  for (const path of early) {
    const { statusCode, headers, body } = await get(path)
    assert.deepEqual([statusCode, headers['cache-control']], [404, 'no-store'], path)
    assert.ok(!body.includes('beyond'))
  }
  const folder = join(dir, 'growing')
  const growing = folderFiles(folder)
  const grower = logPublisher({ files: growing, log: log.publishable })
  const server = app(growing)
  const status = async (): Promise<number> =>
    (await server.inject('/log/2026h2/tile/0/000')).statusCode
  await growing.create('tile/0/000', new Uint8Array(await tile(0)))
  assert.equal(await status(), 404)
  await grower.publish(log.headAt(255).checkpoint)
  assert.equal(await status(), 404)
  await grower.publish(log.headAt(256).checkpoint)
  assert.equal(await status(), 200)
})

async function tile(index: number): Promise<Uint8Array> {
  return (await log.publishable.readTile(0, index)) ?? assert.fail()
}

test('no path but those of the log is there, however it is written', async () => {
  const nowhere = [
    'secret',
    '../secret',
    '..%2fsecret',
    '%2e%2e/secret',
    'tile/../secret',
    'tile/%2e%2e/secret',
    'tile//0',
    'tile/0/x001',
    'tile/0/x000/000',
    'tile/0/000.p/0',
    'tile/0/000.p/256',
    'tile/00/000',
    'tile/63/000',
    'tile/64/000',
    'governance/8',
    'governance/07',
    'governance/07x',
    'governance/9007199254740993',
    'checkpoint.tmp-1',
    'checkpoint%00',
    'CHECKPOINT',
    '',
  ]
  for (const path of nowhere) {
    const { statusCode, body } = await get(path)
    assert.equal(statusCode, 404, path)
    assert.ok(!body.includes('not for anyone'))
  }
})

test('no request reads a file that no log publishes', async () => {
  const asked: string[] = []
  const spied: Files = {
    ...files,
    read: (path) => {
      asked.push(path)
      return files.read(path)
    },
  }
  const server = app(spied)
  const part = fc.constantFrom(
    '..',
    '.',
    '%2e%2e',
    'secret',
    'tile',
    '0',
    'entries',
    '000',
    '..%2f',
  )
  await fc.assert(
    fc.asyncProperty(fc.array(part, { maxLength: 6 }), async (parts) => {
      await server.inject(`/log/2026h2/${parts.join('/')}`)
    }),
    { numRuns: 300 },
  )
  for (const path of asked) assert.ok(publishedPath(path) !== undefined, path)
})

test('the size that a tile needs is the number of entries up to its end', () => {
  const resource = fc.record({
    kind: fc.constantFrom('tile' as const, 'entries' as const),
    level: fc.integer({ min: 0, max: 3 }),
    index: fc.integer({ min: 0, max: 2 ** 20 }),
    width: fc.integer({ min: 1, max: 256 }),
  })
  fc.assert(
    fc.property(resource, (one) => {
      const level = one.kind === 'entries' ? 0 : one.level
      const needed = publishedPath(resourcePath({ ...one, level }))?.neededSize
      assert.equal(needed, (one.index * 256 + one.width) * 256 ** level)
    }),
  )
})

test('a file that the reader has already is not sent again', async () => {
  const first = await get('tile/0/000')
  const etag = String(first.headers.etag)
  const again = await get('tile/0/000', { 'if-none-match': etag })
  assert.deepEqual([again.statusCode, again.body], [304, ''])
  assert.equal(again.headers['cache-control'], first.headers['cache-control'])
  const other = await get('tile/0/001', { 'if-none-match': etag })
  assert.equal(other.statusCode, 200)
  const head = await served.inject({ method: 'HEAD', url: '/log/2026h2/tile/0/000' })
  assert.deepEqual([head.statusCode, head.body], [200, ''])
  assert.deepEqual([head.headers['content-length'], head.headers.etag], ['8192', etag])
})

test('one range of bytes is served, and one beyond the end is refused', async () => {
  const whole = new Uint8Array((await get('tile/0/000')).rawPayload)
  const part = await get('tile/0/000', { range: 'bytes=32-63' })
  assert.equal(part.statusCode, 206)
  assert.equal(part.headers['content-range'], 'bytes 32-63/8192')
  assert.deepEqual(new Uint8Array(part.rawPayload), whole.subarray(32, 64))
  const beyond = await get('tile/0/000', { range: 'bytes=8192-' })
  assert.deepEqual([beyond.statusCode, beyond.headers['content-range']], [416, 'bytes */8192'])
  for (const range of ['bytes=0-1,4-5', 'bytes=x', 'entries=0-1']) {
    const all = await get('tile/0/000', { range })
    assert.deepEqual([all.statusCode, all.rawPayload.length], [200, 8192], range)
  }
  const stale = await get('tile/0/000', { range: 'bytes=0-1', 'if-range': '"another"' })
  assert.equal(stale.statusCode, 200)
})

test('gzip is sent to those who take it, where it helps, and undone it is the same file', async () => {
  for (const path of ['tile/entries/000', 'governance/7']) {
    const plain = await get(path)
    const coded = await get(path, { 'accept-encoding': 'gzip, deflate, br' })
    assert.equal(coded.headers['content-encoding'], 'gzip', path)
    assert.deepEqual(gunzipSync(coded.rawPayload), plain.rawPayload)
    assert.ok(coded.rawPayload.length < plain.rawPayload.length)
    assert.notEqual(coded.headers.etag, plain.headers.etag)
    assert.equal(plain.headers.vary, 'accept-encoding')
    const etag = String(coded.headers.etag)
    const headers = { 'accept-encoding': 'gzip', 'if-none-match': etag }
    assert.equal((await get(path, headers)).statusCode, 304)
  }
  const plainOnly = ['identity', 'gzip;q=0', 'br', '', 'gzip;q=0.1, identity;q=0.9']
  for (const accepted of plainOnly) {
    const { headers } = await get('tile/entries/000', { 'accept-encoding': accepted })
    assert.equal(headers['content-encoding'], undefined, accepted)
  }
  // Hashes do not compress, and a part is one of the plain file.
  const tileHeaders = { 'accept-encoding': 'gzip' }
  assert.equal((await get('tile/0/000', tileHeaders)).headers['content-encoding'], undefined)
  const part = await get('tile/entries/000', { ...tileHeaders, range: 'bytes=0-1' })
  assert.deepEqual([part.statusCode, part.headers['content-encoding']], [206, undefined])
})
