import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type DoctorCheck, fine, says } from './doctor-check.ts'
import { KeptExaminations } from './kept-examinations.ts'

interface Ground {
  nowMs: number
  looks: number
  readonly kept: KeptExaminations
  /** Ends the look that is under way. */
  end: () => void
}

function ground(): Ground {
  const made: Ground = {
    nowMs: 1_000,
    looks: 0,
    end: () => undefined,
    kept: new KeptExaminations(
      () => {
        made.looks += 1
        const found = `look ${made.looks}`
        return new Promise<readonly DoctorCheck[]>((resolve) => {
          made.end = () => resolve([fine('store.path', says('doctorSays.said', { said: found }))])
        })
      },
      { now: () => made.nowMs },
    ),
  }
  return made
}

const foundIn = ({ checks }: { readonly checks: readonly DoctorCheck[] }): string | undefined =>
  checks[0]?.found

test('the first who asks waits, the next is told what was found then, and when', async () => {
  const on = ground()
  const [one, two] = [on.kept.of(undefined, false), on.kept.of(undefined, false)]
  on.end()
  assert.deepEqual([foundIn(await one), foundIn(await two), on.looks], ['look 1', 'look 1', 1])
  on.nowMs += 59_999
  const later = await on.kept.of(undefined, false)
  assert.deepEqual([foundIn(later), later.lookedAtMs, on.looks], ['look 1', 1_000, 1])
})

test('what has aged is told at once and looked at anew for the next who asks', async () => {
  const on = ground()
  const first = on.kept.of(undefined, false)
  on.end()
  await first
  on.nowMs += 60_000
  assert.equal(foundIn(await on.kept.of(undefined, false)), 'look 1')
  assert.equal(on.looks, 2)
  const fresh = on.kept.of(undefined, true)
  on.end()
  assert.equal(foundIn(await fresh), 'look 2')
  assert.equal(foundIn(await on.kept.of(undefined, false)), 'look 2')
})

test('a fresh look is one of now, and the way to a peer is kept apart', async () => {
  const on = ground()
  const first = on.kept.of(undefined, false)
  on.end()
  await first
  const fresh = on.kept.of(undefined, true)
  on.end()
  assert.equal(foundIn(await fresh), 'look 2')
  const peer = on.kept.of('tax', false)
  on.end()
  assert.equal(foundIn(await peer), 'look 3')
})
