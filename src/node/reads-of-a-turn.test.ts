import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readsOfATurn } from './reads-of-a-turn.ts'

test('what is read in one turn is read in one state, in order, and each caller gets its own', async () => {
  const told: string[] = []
  const together = readsOfATurn({
    async inOneState(reads) {
      told.push('begin')
      await reads()
      told.push('end')
    },
  })
  const read = (name: string): Promise<string> =>
    together(async () => {
      told.push(name)
      await Promise.resolve()
      if (name === 'bad') throw new RangeError('bad')
      return name
    })
  const settled = await Promise.allSettled([read('a'), read('bad'), read('c')])
  assert.deepEqual(
    settled.map((one) => (one.status === 'fulfilled' ? one.value : 'rejected')),
    ['a', 'rejected', 'c'],
  )
  assert.equal(await read('d'), 'd')
  assert.deepEqual(told.slice(0, 5), ['begin', 'a', 'bad', 'c', 'end'])
  assert.deepEqual(told.slice(5, 7), ['begin', 'd'])
})

test('a store that cannot be read rejects everybody who waits for it', async () => {
  const together = readsOfATurn({ inOneState: () => Promise.reject(new RangeError('no store')) })
  const [a, b] = [together(() => Promise.resolve(1)), together(() => Promise.resolve(2))]
  await assert.rejects(a, RangeError)
  await assert.rejects(b, RangeError)
})
