import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { utf8 } from '../../bytes/index.ts'
import { logPublisher, type PublishedMemory } from '../../log/index.ts'
import { bestEd25519, folderFiles } from '../../platform/index.ts'
import type { Files, HttpClient } from '../../ports/index.ts'
import { sampleLog } from '../../testing/index.ts'
import { checkPublished } from './check-published.ts'
import { checkWitness } from './check-witnesses.ts'
import { confirmHead } from './confirm-head.ts'
import type { OwnLog } from './own-log.ts'
import { NodeError } from '../node-error.ts'

const most = 600
const log = sampleLog(most)
const ed25519 = bestEd25519()

const folder = mkdtempSync(join(tmpdir(), 'cloison-start-'))
after(() => rmSync(folder, { recursive: true, force: true }))
let made = 0

function ownAt(size: number, from = log): OwnLog {
  const { name: origin } = log.key
  const reader = from.readerAt(size)
  return { origin, keys: [log.key], ed25519, reader, head: from.headAt(size) }
}

function memoryOf(size: number | undefined): PublishedMemory {
  return { size: async () => size, remember: async () => undefined }
}

/** A folder that was published to at each of these sizes. */
async function publishedAt(sizes: readonly number[]): Promise<{ dir: string; files: Files }> {
  made += 1
  const dir = join(folder, String(made))
  const files = folderFiles(dir)
  const publisher = logPublisher({ files, log: log.publishable })
  for (const size of sizes) await publisher.publish(log.headAt(size).checkpoint)
  return { dir, files }
}

test('a folder that trails the head is good, at and around the borders of tiles', async () => {
  for (const size of [0, 1, 255, 256, 257, 511, 512, 600]) {
    const { files } = await publishedAt([size])
    for (const head of [size, Math.min(most, size + 1), most]) {
      const folder = { files, memory: memoryOf(size) }
      assert.equal(await checkPublished(folder, ownAt(head)), size, `${size} of ${head}`)
    }
  }
  const { files } = await publishedAt([])
  assert.equal(await checkPublished({ files, memory: memoryOf(undefined) }, ownAt(3)), undefined)
})

test('a state older than the folder, and a folder older than what was published, are refused', async () => {
  for (const [published, head] of [
    [1, 0],
    [256, 255],
    [257, 256],
    [600, 100],
  ] as const) {
    const { files } = await publishedAt([published])
    const folder = { files, memory: memoryOf(undefined) }
    await assert.rejects(checkPublished(folder, ownAt(head)), { code: 'LOG_REGRESSED' })
  }
  const { files } = await publishedAt([200])
  const behind = { files, memory: memoryOf(201) }
  await assert.rejects(checkPublished(behind, ownAt(most)), { code: 'LOG_REGRESSED' })
  const empty = { ...(await publishedAt([])), memory: memoryOf(1) }
  await assert.rejects(checkPublished(empty, ownAt(most)), { code: 'LOG_REGRESSED' })
})

test('a checkpoint put back beside newer tiles still shows how far the log was', async () => {
  const { files } = await publishedAt([100, 300])
  await files.replace('checkpoint', utf8(log.headAt(100).checkpoint))
  const folder = { files, memory: memoryOf(100) }
  await assert.rejects(checkPublished(folder, ownAt(100)), { code: 'LOG_REGRESSED' })
})

test('a folder of another history, with a wrong edge or a foreign checkpoint is refused', async () => {
  const { files } = await publishedAt([300])
  const folder = { files, memory: memoryOf(300) }
  const other = sampleLog(most, { branch: 'b', forksAt: 299 })
  await assert.rejects(checkPublished(folder, ownAt(most, other)), { code: 'LOG_FORKED' })
  for (const path of ['tile/0/001.p/44', 'tile/1/000.p/1', 'tile/entries/001.p/44']) {
    const damaged = await publishedAt([300])
    const bytes = await damaged.files.read(path)
    assert.ok(bytes !== undefined, path)
    writeFileSync(
      join(damaged.dir, path),
      bytes.map((byte, at) => (at === 5 ? byte ^ 1 : byte)),
    )
    const edge = { files: damaged.files, memory: memoryOf(300) }
    await assert.rejects(checkPublished(edge, ownAt(most)), {
      code: 'LOG_DAMAGED',
      message: new RegExp(path),
    })
    await damaged.files.remove(path)
    await assert.rejects(checkPublished(edge, ownAt(most)), { code: 'LOG_DAMAGED' })
  }
  await files.replace('checkpoint', utf8('nothing that anybody signed\n'))
  await assert.rejects(checkPublished(folder, ownAt(most)), { code: 'LOG_DAMAGED' })
})

function httpThatSays(body: string | undefined, status = 200): HttpClient {
  return {
    send: async () => {
      if (body === undefined) throw new Error('unreachable')
      return { status, headers: {}, body: utf8(body) }
    },
  }
}

test('a witness counts for what this log signed, and for nothing else', async () => {
  const witness = { name: 'w', url: 'http://w.localhost' }
  const at = (size: number, published: number, says: HttpClient): ReturnType<typeof checkWitness> =>
    checkWitness(witness, { ...ownAt(size), published }, says)
  const note = (size: number): HttpClient => httpThatSays(log.headAt(size).checkpoint)
  assert.deepEqual(await at(400, 300, note(300)), { name: 'w', size: 300, reached: true })
  await assert.rejects(at(400, 400, note(401)), { code: 'LOG_REGRESSED', message: /witness w/ })
  await assert.rejects(at(400, 299, note(300)), { code: 'LOG_REGRESSED', message: /folder/ })
  const other = sampleLog(most, { branch: 'b', forksAt: 10 })
  const forked = httpThatSays(other.headAt(300).checkpoint)
  await assert.rejects(at(400, 400, forked), { code: 'LOG_FORKED' })
  // A witness cannot make this log up: what it says without this log's signature proves nothing.
  const made = httpThatSays(log.headAt(500).checkpoint.replace('\n500\n', '\n501\n'))
  assert.deepEqual(await at(400, 400, made), { name: 'w', size: undefined, reached: true })
  assert.equal((await at(400, 400, httpThatSays('', 404))).reached, true)
  assert.equal((await at(400, 400, httpThatSays(undefined))).reached, false)
})

test('nothing is confirmed before the quorum is there, and evidence ends the waiting', async () => {
  const reports: unknown[] = []
  let rounds = 0
  const deps = {
    checkWitnesses: async () => undefined,
    publish: async () => {
      rounds += 1
      throw new TypeError('the disk is full')
    },
    isConfirmed: () => rounds >= 5,
    isStopped: () => false,
    timers: { sleep: async () => undefined },
    report: (cause: unknown) => void reports.push(cause),
  }
  assert.equal(await confirmHead(deps), 'confirmed')
  assert.equal(rounds, 5)
  assert.equal(reports.length, 1, 'a failure that repeats is told once')
  assert.equal(await confirmHead({ ...deps, isStopped: () => true }), 'stopped')
  const evidence = new NodeError('LOG_REGRESSED', 'an older state was put back')
  const checkWitnesses = (): Promise<void> => Promise.reject(evidence)
  await assert.rejects(confirmHead({ ...deps, checkWitnesses }), { code: 'LOG_REGRESSED' })
  const publish = (): Promise<void> => Promise.reject(evidence)
  await assert.rejects(confirmHead({ ...deps, publish }), { code: 'LOG_REGRESSED' })
})
