import assert from 'node:assert/strict'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { describe, test } from 'node:test'
import { manualClock } from './manual-clock.ts'
import { seededRandom } from './seeded-random.ts'
import { VirtualScheduler } from './virtual-scheduler.ts'

function scheduler(seed: string): VirtualScheduler {
  return new VirtualScheduler({ startMs: 5_000, random: seededRandom(seed), nextTurn })
}

async function runAll(one: VirtualScheduler): Promise<void> {
  while (await one.step()) {
    // Until nothing is left.
  }
}

/** Ten events of one millisecond, as the order in which they ran. */
async function orderOf(seed: string): Promise<string> {
  const one = scheduler(seed)
  const order: number[] = []
  for (let place = 0; place < 10; place += 1) one.after(3, `${place}`, () => void order.push(place))
  await runAll(one)
  return order.join('')
}

describe('virtual time', () => {
  test('passes only with events, in their order of time', async () => {
    const one = scheduler('order')
    const seen: string[] = []
    const note = (text: string) => (): void => void seen.push(`${text} at ${one.nowMs}`)
    one.after(20, 'late', note('late'))
    one.after(0, 'now', note('now'))
    one.after(7, 'soon', () => one.after(5, 'then', note('then')))
    assert.equal(one.nowMs, 5_000)
    await runAll(one)
    assert.deepEqual(seen, ['now at 5000', 'then at 5012', 'late at 5020'])
    assert.equal(one.events, 4)
    assert.equal(await one.step(), false)
  })

  test('everything that follows from an event comes to rest before the next', async () => {
    const one = scheduler('rest')
    const seen: number[] = []
    one.after(0, 'first', () => {
      void (async () => {
        for (let turn = 0; turn < 50; turn += 1) await Promise.resolve()
        seen.push(1)
      })()
    })
    one.after(0, 'second', () => void seen.push(2))
    one.after(1, 'third', () => void seen.push(3))
    await runAll(one)
    assert.ok(seen.indexOf(1) < seen.indexOf(3))
    assert.equal(seen.length, 3)
  })

  test('an event that takes real time is waited for', async () => {
    const one = scheduler('real')
    const seen: string[] = []
    one.after(0, 'slow', async () => {
      await nextTurn()
      await nextTurn()
      seen.push('slow')
    })
    one.after(1, 'quick', () => void seen.push('quick'))
    await runAll(one)
    assert.deepEqual(seen, ['slow', 'quick'])
  })

  test('events of one millisecond run in an order of the seed, always the same', async () => {
    assert.equal(await orderOf('a'), await orderOf('a'))
    const orders = new Set<string>()
    for (const seed of ['a', 'b', 'c', 'd']) orders.add(await orderOf(seed))
    assert.equal(orders.size, 4)
  })

  test('the hash of a trace tells any difference in it', async () => {
    const hashOf = async (labels: readonly string[]): Promise<string> => {
      const one = scheduler('hash')
      for (const [place, label] of labels.entries()) one.after(place, label, () => undefined)
      await runAll(one)
      return one.traceHash()
    }
    const many = Array.from({ length: 1_200 }, (_, place) => `event ${place}`)
    assert.equal(await hashOf(many), await hashOf(many))
    assert.notEqual(await hashOf(many), await hashOf(many.with(3, 'another')))
    assert.notEqual(await hashOf(many), await hashOf(many.slice(0, -1)))
  })

  test('a clock follows it, with its own skew and jumps', async () => {
    const one = scheduler('clock')
    const clock = manualClock(() => one.nowMs, 300)
    assert.equal(clock.now(), 5_300)
    clock.jump(-1_000)
    assert.equal(clock.now(), 4_300)
    one.after(50, 'later', () => undefined)
    await runAll(one)
    assert.equal(clock.now(), 4_350)
  })
})

describe('seeded draws', () => {
  test('are the same for the same seed, and others for another', () => {
    const drawn = (seed: string): string => seededRandom(seed).bytes(32).join()
    assert.equal(drawn('one'), drawn('one'))
    assert.notEqual(drawn('one'), drawn('two'))
  })

  test('of a fork do not depend on what was drawn before', () => {
    const early = seededRandom('seed').fork('part')
    const late = seededRandom('seed')
    late.bytes(100)
    assert.deepEqual(late.fork('part').bytes(16), early.bytes(16))
    assert.notDeepEqual(late.fork('other').bytes(16), seededRandom('seed').fork('part').bytes(16))
  })

  test('stay in their range and reach all of it', () => {
    const random = seededRandom('range')
    const seen = new Map<number, number>()
    for (let turn = 0; turn < 6_000; turn += 1) {
      const drawn = random.between(3, 8)
      seen.set(drawn, (seen.get(drawn) ?? 0) + 1)
    }
    assert.deepEqual(
      [...seen.keys()].toSorted((a, b) => a - b),
      [3, 4, 5, 6, 7, 8],
    )
    for (const count of seen.values()) assert.ok(Math.abs(count - 1_000) < 150, String(count))
    const hits = Array.from({ length: 4_000 }, () => random.chance(0.25)).filter(Boolean).length
    assert.ok(Math.abs(hits - 1_000) < 150, String(hits))
    assert.throws(() => random.pick([]), RangeError)
  })
})
