import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { groupCommit } from './group-commit.ts'

interface Write {
  readonly batch: readonly number[]
  /** Lets the write succeed with these results, or fail. */
  end(results: readonly string[] | Error): Promise<void>
}

/** A writer whose every write waits for the test. */
function heldWriter(): {
  readonly writes: Write[]
  readonly write: (batch: readonly number[]) => Promise<readonly string[]>
} {
  const writes: Write[] = []
  return {
    writes,
    write(batch) {
      const { promise, resolve, reject } = Promise.withResolvers<readonly string[]>()
      writes.push({
        batch,
        async end(results) {
          if (results instanceof Error) reject(results)
          else resolve(results)
          await settle()
        },
      })
      return promise
    },
  }
}

/** Lets everything that can go on go on. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve()
}

const results = (batch: readonly number[]): readonly string[] => batch.map((one) => `done ${one}`)

test('an idle writer starts at once, and what comes meanwhile is the next batch, in order', async () => {
  const { writes, write } = heldWriter()
  const group = groupCommit(write, 10)
  const submitted = [1, 2, 3, 4].map((intent) => group.submit(intent))
  await settle()
  assert.deepEqual(
    writes.map(({ batch }) => batch),
    [[1]],
  )
  await writes[0]?.end(['done 1'])
  assert.deepEqual(writes[1]?.batch, [2, 3, 4])
  submitted.push(group.submit(5))
  await settle()
  assert.equal(writes.length, 2, 'never two writes at a time')
  await writes[1]?.end(results([2, 3, 4]))
  await writes[2]?.end(results([5]))
  assert.deepEqual(await Promise.all(submitted), results([1, 2, 3, 4, 5]))
})

test('nothing resolves before its own batch is written', async () => {
  const { writes, write } = heldWriter()
  const group = groupCommit(write, 10)
  const seen: string[] = []
  for (const intent of [1, 2]) void group.submit(intent).then((result) => seen.push(result))
  await settle()
  assert.deepEqual(seen, [])
  await writes[0]?.end(['done 1'])
  assert.deepEqual(seen, ['done 1'])
  await writes[1]?.end(['done 2'])
  assert.deepEqual(seen, ['done 1', 'done 2'])
})

test('what is ready at the same moment is one batch, where the moment can be told', async () => {
  const { writes, write } = heldWriter()
  let moment = Promise.withResolvers<void>()
  const group = groupCommit(write, 10, { gathered: () => moment.promise })
  for (const intent of [1, 2]) void group.submit(intent)
  await settle()
  assert.equal(writes.length, 0)
  void group.submit(3)
  moment.resolve()
  await settle()
  assert.deepEqual(writes[0]?.batch, [1, 2, 3])
  moment = Promise.withResolvers()
  void group.submit(4)
  await writes[0]?.end(results([1, 2, 3]))
  assert.deepEqual(writes[1]?.batch, [4], 'a writer that is busy gathers by itself')
})

test('a batch never grows beyond its limit', async () => {
  const { writes, write } = heldWriter()
  const group = groupCommit(write, 3)
  for (let intent = 0; intent < 8; intent += 1) void group.submit(intent)
  for (let place = 0; place < 4; place += 1) {
    await settle()
    await writes[place]?.end(results(writes[place]?.batch ?? []))
  }
  assert.deepEqual(
    writes.map(({ batch }) => batch.length),
    [1, 3, 3, 1],
  )
})

test('a failed batch rejects all of its intents with the one reason, and no other', async () => {
  const { writes, write } = heldWriter()
  const group = groupCommit(write, 10)
  const settled = [1, 2, 3].map((intent) => group.submit(intent).catch((cause: Error) => cause))
  const late = group.submit(4).catch((cause: Error) => cause)
  await settle()
  await writes[0]?.end(['done 1'])
  const failure = new Error('the disk is full')
  await writes[1]?.end(failure)
  assert.deepEqual(await Promise.all(settled), ['done 1', failure, failure])
  assert.equal(await late, failure)
})

test('a writer that throws at once, or returns too few results, rejects whom it left without', async () => {
  const throwing = groupCommit<number, string>(() => {
    throw new Error('not even a promise')
  }, 4)
  await assert.rejects(throwing.submit(1), /not even a promise/)
  await assert.rejects(throwing.submit(2), /not even a promise/, 'and it goes on')
  const short = groupCommit<number, string>(() => Promise.resolve([]), 4)
  await assert.rejects(short.submit(1), RangeError)
})

test('idle resolves when all is written, also what was submitted while it waited', async () => {
  const { writes, write } = heldWriter()
  const group = groupCommit(write, 10)
  await group.idle()
  void group.submit(1)
  let isIdle = false
  const idle = group.idle().then(() => (isIdle = true))
  await settle()
  void group.submit(2)
  await writes[0]?.end(['done 1'])
  assert.equal(isIdle, false)
  await writes[1]?.end(['done 2'])
  await idle
  assert.equal(isIdle, true)
})

test('whatever comes when: every intent is written once, in order, and gets its own result', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.nat({ max: 6 }), { maxLength: 40 }),
      fc.integer({ min: 1, max: 5 }),
      async (pauses, maxBatch) => {
        const written: number[] = []
        let underWay = 0
        const group = groupCommit<number, string>(async (batch) => {
          underWay += 1
          assert.equal(underWay, 1)
          assert.ok(batch.length >= 1 && batch.length <= maxBatch)
          for (const one of batch)
            for (let turn = 0; turn < one % 4; turn += 1) await Promise.resolve()
          written.push(...batch)
          underWay -= 1
          return results(batch)
        }, maxBatch)
        const submitted: Promise<string>[] = []
        for (const [intent, pause] of pauses.entries()) {
          submitted.push(group.submit(intent))
          for (let turn = 0; turn < pause; turn += 1) await Promise.resolve()
        }
        const intents = pauses.map((_, intent) => intent)
        assert.deepEqual(await Promise.all(submitted), results(intents))
        assert.deepEqual(written, intents)
        await group.idle()
      },
    ),
    { numRuns: 60 },
  )
})
