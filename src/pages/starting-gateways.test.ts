import assert from 'node:assert/strict'
import { test } from 'node:test'
import { utf8 } from '../bytes/index.ts'
import { PlatformError } from '../platform/index.ts'
import type { HttpClient, HttpResponse } from '../ports/index.ts'
import { englishOf, gateSentences } from '../sentences/index.ts'
import { someGatewayStarts } from './starting-gateways.ts'

const gateways = [9111, 9112, 9113, 9114].map((port) => ({ adminUrl: `http://127.0.0.1:${port}` }))

/** Three gateways that are well, and the inspector's, which answers as given. */
function inspectorThat(answer: () => HttpResponse): HttpClient {
  return {
    async send({ url }) {
      return url === 'http://127.0.0.1:9114/readyz' ? answer() : ready([])
    },
  }
}

function ready(ailments: readonly string[]): HttpResponse {
  const body = utf8(JSON.stringify({ ailments, ready: ailments.length === 0 }))
  return { status: ailments.length === 0 ? 200 : 503, headers: {}, body }
}

function unreachable(code: string): PlatformError {
  const cause = Object.assign(new Error('no answer'), { code })
  return new PlatformError('PEER_UNREACHABLE', 'No complete response arrived.', { cause })
}

function saying(id: keyof typeof gateSentences): HttpResponse {
  return ready([englishOf(gateSentences, { id, values: { minutes: 3 } })])
}

test('a gateway without confirmed head, and one that does not listen yet, are starting', async () => {
  const waiting = inspectorThat(() => saying('gateSays.unconfirmed'))
  assert.equal(await someGatewayStarts(gateways, waiting), true)
  const silent = inspectorThat(() => {
    throw unreachable('ECONNREFUSED')
  })
  assert.equal(await someGatewayStarts(gateways, silent), true)
})

test('a gateway that is well, shut for another reason or stuck is not starting', async () => {
  const others = [
    inspectorThat(() => ready([])),
    inspectorThat(() => saying('gateSays.minutes')),
    inspectorThat(() => saying('gateSays.evidence')),
    inspectorThat(() => {
      throw unreachable('ECONNRESET')
    }),
    inspectorThat(() => ({ status: 200, headers: {}, body: utf8('no JSON') })),
  ]
  for (const http of others) assert.equal(await someGatewayStarts(gateways, http), false)
})
