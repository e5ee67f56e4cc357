import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { utf8 } from '../bytes/index.ts'
import type { Files } from '../ports/index.ts'

const badPaths = [
  '..',
  '../secret',
  'tile/../../secret',
  'tile/..',
  './a',
  '/etc/passwd',
  'tile//0',
  'tile/',
]

/**
 * What a publisher relies on, run on every driver of {@link Files}. `open` gives empty files each
 * time; what two of them were given the same place for is the driver's own test.
 */
export function filesContract(driver: string, open: () => Promise<Files>): void {
  writingLaws(driver, open)
  placeLaws(driver, open)
}

function writingLaws(driver: string, open: () => Promise<Files>): void {
  test(`${driver}: what was written is read back, and what was not is undefined`, async () => {
    const files = await open()
    assert.equal(await files.read('checkpoint'), undefined)
    await files.replace('checkpoint', utf8('one'))
    await files.create('tile/0/x001/002', utf8('two'))
    assert.deepEqual(await files.read('checkpoint'), utf8('one'))
    assert.deepEqual(await files.read('tile/0/x001/002'), utf8('two'))
    assert.equal(await files.read('tile/0/x001'), undefined)
    assert.equal(await files.read('checkpoint/x'), undefined)
    await files.create('empty', new Uint8Array(0))
    assert.deepEqual(await files.read('empty'), new Uint8Array(0))
  })

  test(`${driver}: an immutable file is written once; the same again is fine, another is refused`, async () => {
    const files = await open()
    for (const _ of [1, 2]) await files.create('tile/0/000', utf8('first'))
    await assert.rejects(files.create('tile/0/000', utf8('other')), { code: 'FILE_DIFFERS' })
    assert.deepEqual(await files.read('tile/0/000'), utf8('first'))
  })

  test(`${driver}: a replaced file is the last one that was written`, async () => {
    const files = await open()
    for (const text of ['a', 'bb', 'bb', 'ccc']) {
      await files.replace('checkpoint', utf8(text))
      assert.deepEqual(await files.read('checkpoint'), utf8(text))
    }
  })

  test(`${driver}: a removed file is gone, removing it again is fine, and it can be made anew`, async () => {
    const files = await open()
    await files.create('tile/0/000.p/7', utf8('partial'))
    for (const _ of [1, 2]) await files.remove('tile/0/000.p/7')
    assert.equal(await files.read('tile/0/000.p/7'), undefined)
    await files.create('tile/0/000.p/7', utf8('again'))
    assert.deepEqual(await files.read('tile/0/000.p/7'), utf8('again'))
    await files.replace('checkpoint', utf8('a'))
    await files.remove('checkpoint')
    await files.replace('checkpoint', utf8('b'))
    assert.deepEqual(await files.read('checkpoint'), utf8('b'))
  })
}

function placeLaws(driver: string, open: () => Promise<Files>): void {
  test(`${driver}: a folder is listed with all below it, sorted, and without its neighbours`, async () => {
    const files = await open()
    const partials = Array.from({ length: 23 }, (_, width) => `tile/0/000.p/${width + 1}`)
    const all = [...partials, 'checkpoint', 'tile/0/000', 'tile/0/000.pp/1', 'tile/1/000.p/1']
    for (const path of all) await files.create(path, utf8(path))
    assert.deepEqual(await files.list(''), all.toSorted())
    assert.deepEqual(await files.list('tile/0/000.p'), partials.toSorted())
    assert.deepEqual(await files.list('tile/7'), [])
  })

  test(`${driver}: a path that is not plain is refused by every call`, async () => {
    const files = await open()
    for (const path of badPaths) {
      const calls = [
        async () => files.read(path),
        async () => files.replace(path, utf8('x')),
        async () => files.create(path, utf8('x')),
        async () => files.remove(path),
        async () => files.list(path),
      ]
      for (const call of calls) await assert.rejects(call, { code: 'FILE_PATH_REFUSED' }, path)
    }
    assert.deepEqual(await files.list(''), [])
  })

  test(`${driver}: any bytes come back as they were`, async () => {
    const files = await open()
    let number = 0
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 9_000 }), async (bytes) => {
        number += 1
        await files.create(`tile/0/${number}`, bytes)
        assert.deepEqual(await files.read(`tile/0/${number}`), bytes)
      }),
      { numRuns: 20 },
    )
  })
}
