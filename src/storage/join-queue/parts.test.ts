import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import * as fc from 'fast-check'
import { concatBytes, decodeHex } from '../../bytes/index.ts'
import { aesGcm, folderFiles, systemRandomness, systemTimers } from '../../platform/index.ts'
import type { Files } from '../../ports/index.ts'
import { type JobStanding, JoinQueueError } from './index.ts'
import { partOrderBytes, placeBytes, readPartOrder, readPlace } from './part-order.ts'
import type { PartOrder } from './part-order.ts'
import { computePart, computeRemotely } from './remote-parts.ts'
import { SealedParts } from './sealed-parts.ts'

const bytes32 = fc.uint8Array({ minLength: 32, maxLength: 32 })
const input = fc.array(bytes32, { maxLength: 5 }).map((points) => concatBytes(...points))
const order: fc.Arbitrary<PartOrder> = fc.oneof(
  fc.record(
    { kind: fc.constant('mask' as const), scalar: bytes32, input },
    { noNullPrototype: true },
  ),
  fc.record({ kind: fc.constant('base' as const), input }, { noNullPrototype: true }),
  fc.record(
    { kind: fc.constant('share' as const), point: bytes32, input },
    { noNullPrototype: true },
  ),
  fc.record({ kind: fc.constant('check' as const), input }, { noNullPrototype: true }),
)
const id = '00112233445566778899aabbccddeeff'
const other = 'ff112233445566778899aabbccddeeff'
const key = systemRandomness.bytes(32)
const aead = aesGcm(systemRandomness)

const root = mkdtempSync(join(tmpdir(), 'cloison-parts-'))
after(() => rmSync(root, { recursive: true }))

function freshFiles(): Files {
  return folderFiles(mkdtempSync(join(root, 'files-')))
}

function partsIn(files: Files, own = key): SealedParts {
  return new SealedParts({ files, aead, key: own })
}

test('an order is read as it was written, and what is no order is refused', () => {
  fc.assert(fc.property(order, (one) => assert.deepEqual(readPartOrder(partOrderBytes(one)), one)))
  const whole = partOrderBytes({ kind: 'base', input: new Uint8Array(64) })
  const wrong = [
    whole.subarray(0, 32),
    whole.subarray(0, 40),
    whole.with(0, 0),
    whole.with(0, 5),
    // An operand where there is none.
    whole.with(7, 1),
    new Uint8Array(33 + 32 * 65_537).fill(1, 0, 1),
  ]
  for (const bytes of wrong)
    assert.throws(() => readPartOrder(bytes), { code: 'PART_MALFORMED' }, String(bytes.length))
})

test('the place that a check finds is read as it was written', () => {
  for (const place of [-1, 0, 1, 65_535]) assert.equal(readPlace(placeBytes(place)), place)
  assert.throws(() => readPlace(new Uint8Array(3)), { code: 'PART_MALFORMED' })
})

test('a half opens as itself alone: not changed, not as the other half, of another part or under another key', async () => {
  const files = freshFiles()
  const parts = partsIn(files)
  const text = decodeHex('c10150')
  await parts.write(id, 'order', text)
  assert.deepEqual(await parts.read(id, 'order'), text)
  const sealed = (await files.read(`parts/${id}.order`)) ?? new Uint8Array()
  await files.replace(`parts/${id}.result`, sealed)
  await files.replace(`parts/${other}.order`, sealed)
  const refused = { code: 'PART_NOT_OPENED' }
  await assert.rejects(parts.read(id, 'result'), refused)
  await assert.rejects(parts.read(other, 'order'), refused)
  await assert.rejects(partsIn(files, systemRandomness.bytes(32)).read(id, 'order'), refused)
  for (const at of [0, 14, sealed.length - 1]) {
    await files.replace(`parts/${id}.order`, sealed.with(at, (sealed[at] ?? 0) ^ 1))
    await assert.rejects(parts.read(id, 'order'), refused)
  }
  await parts.remove(id)
  await assert.rejects(parts.read(id, 'order'), refused)
})

/** Whoever posts has the part computed at once, unless `standing` says otherwise. */
function queueOver(parts: SealedParts, standing: JobStanding = 'done') {
  const posted: string[] = []
  return {
    posted,
    async post(part: string): Promise<string> {
      posted.push(part)
      if (standing === 'done') await computePart(part, parts, ({ input: all }) => all.slice(0, 32))
      return part
    },
    standing: () => Promise.resolve(standing),
  }
}

test('a part is computed by whoever takes it, and nothing of it stays behind', async () => {
  const files = freshFiles()
  const parts = partsIn(files)
  const queue = queueOver(parts)
  const points = systemRandomness.bytes(96)
  const deps = { parts, queue, randomness: systemRandomness, timers: systemTimers }
  const made = await computeRemotely({ kind: 'base', input: points }, deps)
  assert.deepEqual(made, points.slice(0, 32))
  assert.deepEqual(await files.list(''), [])
  assert.equal(queue.posted.length, 1)
})

test('a part that no worker computes fails, and nothing of it stays behind', async () => {
  const files = freshFiles()
  const parts = partsIn(files)
  const deps = {
    parts,
    queue: queueOver(parts, 'failed'),
    randomness: systemRandomness,
    timers: systemTimers,
  }
  const failed = computeRemotely({ kind: 'base', input: new Uint8Array(32) }, deps)
  await assert.rejects(
    failed,
    (cause) => cause instanceof JoinQueueError && cause.code === 'PART_FAILED',
  )
  assert.deepEqual(await files.list(''), [])
})

test('no object holds a scalar or a point in the clear', async () => {
  const files = freshFiles()
  const seen: Uint8Array[] = []
  const spying: Files = {
    read: (path) => files.read(path),
    remove: (path) => files.remove(path),
    list: (folder) => files.list(folder),
    create: (path, bytes) => files.create(path, bytes),
    replace: (path, bytes) => {
      seen.push(bytes)
      return files.replace(path, bytes)
    },
  }
  const scalar = systemRandomness.bytes(32)
  const deps = {
    parts: partsIn(spying),
    queue: queueOver(partsIn(spying)),
    randomness: systemRandomness,
    timers: systemTimers,
  }
  await computeRemotely({ kind: 'mask', scalar, input: scalar }, deps)
  assert.equal(seen.length, 2)
  const text = Buffer.from(scalar).toString('latin1')
  for (const bytes of seen) assert.ok(!Buffer.from(bytes).toString('latin1').includes(text))
})
