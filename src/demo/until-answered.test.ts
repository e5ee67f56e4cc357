import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decodeUtf8, utf8 } from '../bytes/index.ts'
import { PlatformError, systemTimers } from '../platform/index.ts'
import type { HttpClient, Timers } from '../ports/index.ts'
import { parseOrganisationId } from '../protocol/index.ts'
import { openDemoYears } from './demo-tables.ts'
import { type Patience, untilAnswered } from './until-answered.ts'

function late(): PlatformError {
  return new PlatformError('PEER_UNREACHABLE', 'No complete response arrived.')
}

/** Time that passes while something sleeps, and never otherwise. */
function patienceOf(withinMs: number): Patience {
  let nowMs = 0
  const sleep = async (ms: number): Promise<void> => void (nowMs += ms)
  const timers: Timers = { ...systemTimers, sleep }
  return { clock: { now: () => nowMs }, timers, withinMs }
}

test('what is not answered completely is asked again, until the time is over', async () => {
  let asked = 0
  const third = (): Promise<string> => {
    asked += 1
    return asked < 3 ? Promise.reject(late()) : Promise.resolve('answer')
  }
  assert.equal(await untilAnswered(third, patienceOf(1_000)), 'answer')
  assert.equal(asked, 3)
  asked = -1_000
  await assert.rejects(untilAnswered(third, patienceOf(1_000)), { code: 'PEER_UNREACHABLE' })
  assert.equal(asked, -1_000 + 6)
})

test('a failure of another kind is not asked again', async () => {
  let asked = 0
  const failing = (): Promise<string> => {
    asked += 1
    return Promise.reject(new PlatformError('RESPONSE_TOO_LARGE', 'Too long.'))
  }
  await assert.rejects(untilAnswered(failing, patienceOf(1_000)), { code: 'RESPONSE_TOO_LARGE' })
  assert.equal(asked, 1)
})

test('a year whose opening was taken up without a complete response is asked for again, by the same act', async () => {
  const acts = new Map<string, Set<string>>()
  const http: HttpClient = {
    async send({ url, body = new Uint8Array() }) {
      const before = acts.get(url)
      acts.set(url, new Set([...(before ?? []), decodeUtf8(body)]))
      if (before === undefined) throw late()
      return { status: 409, headers: {}, body: utf8('{"code":"BUDGET_TOO_EARLY"}') }
    },
  }
  const founded = new Map(
    ['tax', 'housing'].map((id) => [
      id,
      { id: parseOrganisationId(id), dpoSeed: new Uint8Array(32).fill(7) },
    ]),
  )
  await openDemoYears({ founded, basePort: 9_000, pagesToken: 'token' }, http)
  assert.deepEqual(
    [...acts.values()].map(({ size }) => size),
    [1, 1],
  )
})
