import assert from 'node:assert/strict'
import { test } from 'node:test'
import Fastify from 'fastify'
import { addAgreements, mostWaiting } from './agreement-routes.ts'

test('only so many documents wait; what comes beyond is sent away, and the next one is taken when there is room', async () => {
  await using app = Fastify()
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) =>
    done(null, body),
  )
  const held = Promise.withResolvers<void>()
  let taken = 0
  addAgreements(app, {
    mayWrite: () => true,
    agreements: {
      accept: async () => {
        taken += 1
        await held.promise
        return { state: 'known' }
      },
    },
  })
  const handIn = (): Promise<number> =>
    app
      .inject({
        method: 'POST',
        url: '/v1/agreements',
        headers: { 'content-type': 'application/json' },
        payload: '{}',
      })
      .then(({ statusCode }) => statusCode)
  const waiting = Array.from({ length: mostWaiting }, handIn)
  while (taken < mostWaiting) await new Promise((resolve) => setImmediate(resolve))
  assert.equal(await handIn(), 429)
  assert.equal(taken, mostWaiting)
  held.resolve()
  assert.deepEqual(new Set(await Promise.all(waiting)), new Set([200]))
  assert.equal(await handIn(), 200)
})
