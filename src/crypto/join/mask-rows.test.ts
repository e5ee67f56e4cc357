import assert from 'node:assert/strict'
import { createHash, createHmac } from 'node:crypto'
import { test } from 'node:test'

import { concatBytes, encodeHex, utf8 } from '../../bytes/index.ts'
import { aesCtr, sodiumJoinGroup, sodiumSealedBox, systemRandomness } from '../../platform/index.ts'
import type { CounterMode, Randomness } from '../../ports/index.ts'
import { packedAt } from './join-group.ts'
import { gatherMaskedRows, maskBatchCeiling, maskTokens } from './mask-rows.ts'
import type { GroupTokens, MaskDeps } from './mask-rows.ts'
import { nobleJoinGroup } from './noble-join-group.ts'
import { openSlot, sealSlots } from './token-slots.ts'

const inspector = { secret: new Uint8Array(32).fill(7) }
const group = sodiumJoinGroup() ?? nobleJoinGroup

function made(): MaskDeps {
  const sealedBox = sodiumSealedBox()
  assert.ok(sealedBox !== undefined)
  return { group, randomness: systemRandomness, cipher: aesCtr, sealedBox }
}

function request(deps: MaskDeps) {
  return {
    planHash: new Uint8Array(32).fill(1),
    scalar: new Uint8Array(32).fill(2),
    saltKey: new Uint8Array(32).fill(3),
    inspectorKey: deps.sealedBox.publicKey(inspector.secret),
  }
}

function tokensOf(groups: readonly (readonly string[])[]): GroupTokens {
  const all = groups.flat().map((one) => utf8(one))
  return {
    counts: groups.map(({ length }) => length),
    longest: Math.max(0, ...all.map(({ length }) => length)),
    [Symbol.iterator]: () => all[Symbol.iterator](),
  }
}

const people = [['P1', 'Pauline-2'], [], ['P3', 'P4 of a long name']]

test('gives point, leaf and slot of every token, in the order of the groups', () => {
  const deps = made()
  const asked = request(deps)
  const masked = gatherMaskedRows(maskTokens(asked, tokensOf(people), deps))
  const key = deps.sealedBox.open(inspector.secret, masked.sealKey)
  assert.ok(key !== undefined)
  assert.deepEqual(masked.counts, [2, 0, 2])
  assert.equal(masked.stride, 32)
  const tag = utf8(`CLOISON-PSI-v1-${'01'.repeat(32)}`)
  for (const [row, name] of people.flat().entries()) {
    const token = utf8(name)
    const point = group.mask(asked.scalar, nobleJoinGroup.hash([token], tag))
    assert.deepEqual(packedAt(masked.points, row), point)
    // By another implementation, byte by byte.
    const salt = createHmac('sha256', asked.saltKey)
      .update(Uint8Array.of(0, 0, 0, row))
      .digest()
    const head = Uint8Array.of(1, 0, row < 2 ? 0 : 2)
    const leaf = createHash('sha256').update(concatBytes(Uint8Array.of(0), salt, head, token))
    assert.equal(encodeHex(packedAt(masked.leaves, row)), leaf.digest('hex'))
    const sealed = masked.slots.subarray(row * 32, (row + 1) * 32)
    assert.deepEqual(openSlot(aesCtr, key, { number: row, sealed }), token)
    assert.equal(openSlot(aesCtr, new Uint8Array(32), { number: row, sealed }), undefined)
    assert.equal(openSlot(aesCtr, key, { number: row + 1, sealed }), undefined)
  }
})

test('what it gives has no token in it; with a cipher that does not encrypt, it has', () => {
  const deps = made()
  // Long enough for no random bytes to have one of them in it.
  const names = [['resident one'], [], ['resident 00002', 'resident of a long name']]
  const holds = (cipher: CounterMode): boolean => {
    const run = maskTokens(request(deps), tokensOf(names), { ...deps, cipher })
    const masked = gatherMaskedRows(run)
    const all = Buffer.concat([masked.points, masked.leaves, masked.slots, masked.sealKey])
    return names.flat().some((name) => all.includes(name))
  }
  assert.equal(holds(aesCtr), false)
  assert.equal(holds({ apply: (_key, _block, bytes) => bytes.slice() }), true)
})

test('batches are as one run, and the key of the slots is overwritten behind them', () => {
  const deps = made()
  const drawn: Uint8Array[] = []
  const randomness: Randomness = {
    bytes: (length) => {
      const bytes = systemRandomness.bytes(length)
      drawn.push(bytes)
      return bytes
    },
  }
  // Points by a quick stand-in: only where batches begin and end matters here.
  const copied = {
    ...group,
    hash: (tokens: readonly Uint8Array[]) => new Uint8Array(tokens.length * 32).fill(9),
    mask: (_scalar: Uint8Array, points: Uint8Array) => points.slice(),
  }
  const names = Array.from({ length: maskBatchCeiling + 3 }, (_, at) => `P${at}`)
  const tokens = tokensOf([names.slice(0, 1), names.slice(1)])
  const run = maskTokens(request(deps), tokens, { ...deps, randomness, group: copied })
  const key = deps.sealedBox.open(inspector.secret, run.sealKey)
  assert.ok(key !== undefined)
  const sizes: number[] = []
  const slots: Uint8Array[] = []
  for (const batch of run.batches) {
    sizes.push(batch.points.length / 32)
    slots.push(batch.slots)
    assert.deepEqual(packedAt(batch.points, 0), new Uint8Array(32).fill(9))
  }
  assert.deepEqual(sizes, [maskBatchCeiling, 3])
  const whole = sealSlots(aesCtr, key, {
    stride: run.stride,
    first: 0,
    tokens: [...tokens],
  })
  assert.deepEqual(new Uint8Array(Buffer.concat(slots)), whole)
  assert.deepEqual(drawn, [new Uint8Array(32)])
})

test('the key is overwritten as well when the rows are not asked for to the end', () => {
  const deps = made()
  const drawn = new Uint8Array(32).fill(5)
  const run = maskTokens(request(deps), tokensOf(people), {
    ...deps,
    randomness: { bytes: () => drawn },
  })
  for (const _batch of run.batches) break
  assert.deepEqual(drawn, new Uint8Array(32))
})
