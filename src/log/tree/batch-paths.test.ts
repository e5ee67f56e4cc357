import assert from 'node:assert/strict'
import test from 'node:test'
import * as fc from 'fast-check'
import { encodeHex, utf8 } from '../../bytes/index.ts'
import { batchPaths } from './batch-paths.ts'
import { leafHash } from './merkle.ts'
import { batchNodeReader, type NodeReader } from './node-reader.ts'
import { inclusionProof } from './proof.ts'
import { appendLeaves, emptyTree } from './tree.ts'

const hashes = Array.from({ length: 1_400 }, (_, index) => leafHash(utf8(`entry ${index}`)))
const everything = appendLeaves(emptyTree(), hashes).nodes
const nothing: NodeReader = { read: () => Promise.reject(new Error('nothing is stored')) }
/** A larger tree's nodes are those of every smaller one. */
const reader = batchNodeReader(everything, nothing)
const write = (hash: Uint8Array): string => `${encodeHex(hash)}\n`

async function proofText(size: number, index: number): Promise<string> {
  return (await inclusionProof(size, index, reader)).map(write).join('')
}

test('the path of every entry of a batch is its audit path, whatever the sizes before and after', async () => {
  const sizes = fc.tuple(fc.nat(1_100), fc.integer({ min: 1, max: 300 }))
  await fc.assert(
    fc.asyncProperty(sizes, fc.nat(), async ([before, added], pick) => {
      const { tree } = appendLeaves(emptyTree(), hashes.slice(0, before))
      const size = before + added
      const { nodes } = appendLeaves(tree, hashes.slice(before, size))
      const paths = await batchPaths({ size, nodes, reader, write })
      for (const index of [before, size - 1, before + (pick % added)])
        assert.equal(paths.path(index), await proofText(size, index))
    }),
    { numRuns: 150 },
  )
})

test('each hash is written once, however many paths it is part of', async () => {
  const { tree } = appendLeaves(emptyTree(), hashes.slice(0, 1_000))
  const { nodes } = appendLeaves(tree, hashes.slice(1_000, 1_400))
  const lines: string[] = []
  const counting = (hash: Uint8Array): string => {
    lines.push(encodeHex(hash))
    return write(hash)
  }
  const paths = await batchPaths({ size: 1_400, nodes, reader, write: counting })
  for (let index = 1_000; index < 1_400; index += 1)
    assert.equal(paths.path(index), await proofText(1_400, index))
  assert.ok(lines.length < 2 * 400 + 600, `${lines.length} hashes written`)
})

test('an entry before the batch or behind the tree has no path here', async () => {
  const { tree } = appendLeaves(emptyTree(), hashes.slice(0, 1_000))
  const { nodes } = appendLeaves(tree, hashes.slice(1_000, 1_010))
  const paths = await batchPaths({ size: 1_010, nodes, reader, write })
  for (const index of [0, 500, 767, 1_010, 5_000]) assert.equal(paths.path(index), undefined)
  assert.equal(paths.path(768), await proofText(1_010, 768), 'its tile is not full yet')
})
