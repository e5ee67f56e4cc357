import assert from 'node:assert/strict'
import test from 'node:test'
import { naiveLog } from './naive-log.ts'

test('the naive builder lays out a log as C2SP tlog-tiles asks', () => {
  const { files } = naiveLog(257)
  const paths = ['tile/0/000', 'tile/0/001.p/1', 'tile/1/000.p/1']
  const bundles = ['tile/entries/000', 'tile/entries/001.p/1']
  const openings = [0, 200].map((entry) => `governance/${entry}`)
  assert.deepEqual(
    [...files.keys()].sort(),
    ['checkpoint', ...paths, ...bundles, ...openings].sort(),
  )
})
