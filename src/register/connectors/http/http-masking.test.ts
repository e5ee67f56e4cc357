import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'

import { concatBytes, utf8 } from '../../../bytes/index.ts'
import { contractDescription, maskPlan } from '../../../testing/index.ts'
import { httpMasking } from './http-masking.ts'

const folder = mkdtempSync(join(tmpdir(), 'cloison-remote-'))
after(() => rmSync(folder, { recursive: true }))
const tokenFile = join(folder, 'token')
writeFileSync(tokenFile, 'a-token-of-the-test\n')

/** Masked rows of a server that gives one reply to everything. */
async function masksAt(answer: (response: ServerResponse) => void) {
  const server = createServer((_request, response) => answer(response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
  try {
    const asked = { plan: maskPlan(), seed: 5 }
    const { counts, batches } = await httpMasking({ url, tokenFile }, contractDescription, asked)
    const points: Uint8Array[] = []
    for await (const batch of batches) points.push(batch.points)
    return { counts, points: concatBytes(...points) }
  } finally {
    server.closeAllConnections()
    server.close()
  }
}

test('masked rows over HTTP are of their one form, and no person is in them twice', async () => {
  const head = { counts: [2], stride: 16, sealKey: '00'.repeat(80) }
  const point = (number: number): Uint8Array => new Uint8Array(32).fill(number)
  const reply = (part: object, ...rows: readonly Uint8Array[]): Uint8Array =>
    concatBytes(utf8(`${JSON.stringify({ ...head, ...part })}\n`), ...rows)
  const rest = new Uint8Array(96)
  const { counts, points } = await masksAt((response) => {
    // In pieces, as a network gives them.
    const bytes = reply({}, point(1), point(2), rest)
    response.write(bytes.subarray(0, 7))
    setTimeout(() => response.end(bytes.subarray(7)), 20)
  })
  assert.deepEqual([counts, points], [[2], concatBytes(point(1), point(2))])
  const refused: readonly (readonly [Uint8Array, string])[] = [
    [reply({}, point(1), point(1), rest), 'RECORDS_INVALID'],
    [reply({ counts: [100_001] }), 'RECORDS_INVALID'],
    [reply({}, point(1), point(2), rest, Uint8Array.of(0)), 'UNAVAILABLE'],
    [reply({}, point(1), point(2), rest.subarray(1)), 'UNAVAILABLE'],
    [reply({ counts: [1, 1] }, point(1), point(2), rest), 'UNAVAILABLE'],
    [reply({ stride: 8 }, point(1), point(2), rest), 'UNAVAILABLE'],
    [reply({ subjects: ['P0001', 'P0002'] }, point(1), point(2), rest), 'UNAVAILABLE'],
    [utf8('x'.repeat(70_000)), 'UNAVAILABLE'],
  ]
  for (const [bytes, code] of refused)
    await assert.rejects(
      masksAt((response) => response.end(bytes)),
      { code },
    )
  for (const [status, code] of [
    [404, 'JOINS_NOT_GRANTED'],
    [422, 'RECORDS_INVALID'],
    [500, 'UNAVAILABLE'],
  ] as const) {
    await assert.rejects(
      masksAt((response) => response.writeHead(status).end()),
      { code },
    )
  }
})
