import assert from 'node:assert/strict'
import { test } from 'node:test'
import Fastify, { type FastifyInstance } from 'fastify'
import { command, fine, says, wrong } from '../../doctor/doctor-check.ts'
import { addAdministration, type AdministrationDeps } from './administration-routes.ts'

function appWith(change: Partial<AdministrationDeps> = {}): FastifyInstance {
  const app = Fastify()
  addAdministration(app, {
    doctor: (peer, fresh) =>
      Promise.resolve({
        lookedAtMs: fresh ? 2 : 1,
        checks: [
          fine('store.path', says('doctorSays.bytes', { bytes: 7 })),
          wrong(`peers.${peer ?? 'none'}`, says('doctorSays.stopped', {}), command('look')),
        ],
      }),
    peers: () => [
      { organisation: 'tax', url: 'http://127.0.0.1:1', from: 'configuration', keys: [] },
    ],
    ownKeys: () => [],
    keyFiles: () => Promise.resolve([]),
    storage: () => Promise.resolve({ stores: [], logs: [], freeBytes: 1, shutBy: [], said: [] }),
    jobs: () => [{ name: 'publish', pauseMs: 1_000, rounds: 3, failures: 1, lastMs: 5 }],
    ...change,
  })
  return app
}

test('the doctor says what was looked at, and on demand looks at the way to one known peer', async () => {
  const app = appWith()
  const plain = await app.inject({ method: 'GET', url: '/v1/doctor' })
  assert.deepEqual(plain.json(), {
    lookedAtMs: 1,
    checks: [
      {
        what: 'store.path',
        ok: true,
        found: '7 bytes',
        fix: null,
        said: { found: { id: 'doctorSays.bytes', values: { bytes: 7 } }, fix: null },
      },
      {
        what: 'peers.none',
        ok: false,
        found: 'does not run now',
        fix: 'look',
        said: {
          found: { id: 'doctorSays.stopped', values: {} },
          fix: { id: 'doctorDo.command', values: { command: 'look' } },
        },
      },
    ],
  })
  const peer = await app.inject({ method: 'GET', url: '/v1/doctor?peer=tax' })
  assert.match(peer.body, /peers\.tax/)
  const fresh = await app.inject({ method: 'GET', url: '/v1/doctor?fresh=true' })
  assert.match(fresh.body, /"lookedAtMs":2/)
  for (const query of ['fresh=yes', 'peer=social', 'peer=../x', 'other=1', 'peer=tax&peer=tax'])
    assert.equal(
      (await app.inject({ method: 'GET', url: `/v1/doctor?${query}` })).statusCode,
      400,
      query,
    )
})

test('peers, keys, storage and jobs are read, and nothing can be sent', async () => {
  const app = appWith()
  for (const path of ['/v1/peers', '/v1/keys', '/v1/storage', '/v1/jobs']) {
    assert.equal((await app.inject({ method: 'GET', url: path })).statusCode, 200, path)
    assert.equal(
      (await app.inject({ method: 'POST', url: path, payload: {} })).statusCode,
      404,
      path,
    )
  }
  const jobs = await app.inject({ method: 'GET', url: '/v1/jobs' })
  assert.match(jobs.body, /"failures":1/)
})
