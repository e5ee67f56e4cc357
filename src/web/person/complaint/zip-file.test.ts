import assert from 'node:assert/strict'
import { test } from 'node:test'
import { crc32 } from 'node:zlib'
import * as fc from 'fast-check'
import { zipFile } from './zip-file.ts'

/** Reads the archive by its central directory, with the CRC of another implementation. */
function unzip(zip: Uint8Array): readonly { readonly name: string; readonly bytes: Uint8Array }[] {
  const view = Buffer.from(zip)
  const end = view.length - 22
  assert.equal(view.readUInt32LE(end), 0x06_05_4b_50)
  let at = view.readUInt32LE(end + 16)
  return Array.from({ length: view.readUInt16LE(end + 10) }, () => {
    assert.equal(view.readUInt32LE(at), 0x02_01_4b_50)
    const [sum, size] = [view.readUInt32LE(at + 16), view.readUInt32LE(at + 24)]
    const [nameLength, local] = [view.readUInt16LE(at + 28), view.readUInt32LE(at + 42)]
    assert.equal(view.readUInt32LE(local), 0x04_03_4b_50)
    assert.deepEqual(
      view.subarray(local + 4, local + 30),
      view.subarray(at + 6, at + 32),
      'both headers say the same',
    )
    const from = local + 30 + nameLength
    const bytes = view.subarray(from, from + size)
    assert.equal(crc32(bytes), sum)
    const name = view.toString('utf8', at + 46, at + 46 + nameLength)
    at += 46 + nameLength
    return { name, bytes: Uint8Array.from(bytes) }
  })
}

test('an archive gives its files back, by name and to the byte', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 5 }), (contents) => {
      const files = contents.map((bytes, at) => ({ name: `folder/file-${at}.json`, bytes }))
      assert.deepEqual(
        unzip(zipFile(files)),
        files.map(({ name, bytes }) => ({ name, bytes: Uint8Array.from(bytes) })),
      )
    }),
  )
})
