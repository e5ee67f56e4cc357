import assert from 'node:assert/strict'
import { test } from 'node:test'
import Fastify, { type FastifyInstance } from 'fastify'
import { type InProcessExchange, openExchange } from '../../../tests/fault/in-process-exchange.ts'
import { encodeBase64, utf8 } from '../../bytes/index.ts'
import { sha256 } from '../../crypto/index.ts'
import { drawCommitment, runSignals, signalDetectors, signalDigest } from '../../oversight/index.ts'
import { askQuestion } from '../../person/index.ts'
import { systemRandomness } from '../../platform/index.ts'
import { callersOf } from './bearer.ts'
import { oversightProblem, oversightProblems } from './oversight-problem.ts'
import { addOversight } from './oversight-routes.ts'

const authorization = 'Bearer the-token-of-the-inspector'

function appOver({ provider }: InProcessExchange): FastifyInstance {
  const { reader, writer } = provider
  const token = 'the-token-of-the-inspector'
  const callers = callersOf([{ name: 'inspector', token, roles: ['act'] }])
  const app = Fastify()
  addOversight(app, { reader, writer, callers, shutBy: () => [] })
  return app
}

async function post(
  app: FastifyInstance,
  url: string,
  body: object,
): Promise<Record<string, unknown>> {
  const response = await app.inject({
    method: 'POST',
    url,
    headers: { authorization },
    payload: body,
  })
  return JSON.parse(response.body)
}

/** A signal out of one question, by a detector that sees one in everything. */
async function raiseOne({ provider, clock, providerDeps }: InProcessExchange): Promise<void> {
  const [real] = [signalDetectors().kin]
  await runSignals({
    reader: provider.reader,
    writer: provider.writer,
    clock,
    randomness: systemRandomness,
    timers: providerDeps.timers,
    detectors: [
      ({ traces, ...facts }) =>
        real({ ...facts, traces: traces.map((one) => ({ ...one, kin: true })) }),
    ],
  })
}

test('a signal is listed with its evidence, opens its entry, is decided once, and names nobody', async () => {
  using exchange = await openExchange()
  const asked = exchange.request(1)
  await askQuestion(asked, exchange.consumerDeps)
  const app = appOver(exchange)
  assert.deepEqual(JSON.parse((await app.inject('/v1/signals')).body), { signals: [] })
  await raiseOne(exchange)
  await raiseOne(exchange)
  const { body } = await app.inject('/v1/signals')
  const { signals } = JSON.parse(body)
  assert.equal(signals.length, 1)
  const [{ signal, entry, r }] = signals
  assert.equal(signal.kind, 'kin')
  assert.equal(signal.entryCount, 1)
  const trace = (await exchange.provider.reader.tracesBefore(undefined, 1))[0]
  assert.ok(trace !== undefined)
  for (const secret of [asked.subject.value, asked.case, trace.subject, trace.caseHandle])
    assert.equal(body.includes(secret), false)
  const row = await exchange.provider.reader.signal(signal.id)
  assert.ok(row !== undefined)
  const [stored] = await exchange.provider.reader.readEntries(entry.index, 1)
  const record = JSON.parse(Buffer.from(stored?.sealed.subarray(64) ?? []).toString())
  assert.equal(record.kind, 'signal.raised')
  assert.equal(record.digest, encodeBase64(signalDigest(Buffer.from(r, 'base64'), row.document)))
  const decision = { v: 1, id: signal.id, verdict: 'explained' }
  assert.equal(typeof (await post(app, '/v1/signal-decisions', decision))['index'], 'number')
  assert.equal((await post(app, '/v1/signal-decisions', decision))['code'], 'SIGNAL_DECIDED')
  const unknown = { ...decision, id: 'AAAAAAAAAAA' }
  assert.equal((await post(app, '/v1/signal-decisions', unknown))['code'], 'SIGNAL_UNKNOWN')
  const noted = { ...decision, note: 'Maria' }
  assert.equal((await post(app, '/v1/signal-decisions', noted))['code'], 'MALFORMED')
  await raiseOne(exchange)
  assert.equal((await exchange.provider.reader.signals()).length, 1)
})

test('a draw is committed to, fixed, revealed: each once, in this order, with the nonce that was meant', async () => {
  using exchange = await openExchange()
  await askQuestion(exchange.request(1), exchange.consumerDeps)
  const app = appOver(exchange)
  const range = await post(app, '/v1/audit-ranges', { v: 1 })
  const { log, size } = range as { log: string; size: number }
  const nonce = sha256(utf8('nonce'))
  const terms = { inspector: 'inspector', log, first: 0, last: size, count: 1 }
  const commitment = encodeBase64(drawCommitment(nonce, terms))
  const draw = { v: 1, commitment, first: 0, last: size, count: 1 }
  const tooFar = { ...draw, last: size + 1 }
  assert.equal((await post(app, '/v1/audit-draws', tooFar))['code'], 'DRAW_RANGE_REFUSED')
  const { index } = (await post(app, '/v1/audit-draws', draw)) as { index: number }
  const reveal = { v: 1, committed: index, nonce: encodeBase64(nonce) }
  assert.equal((await post(app, '/v1/audit-reveals', reveal))['code'], 'DRAW_NOT_FIXED')
  const committed = { origin: log, index }
  const fix = { type: 'draw', step: 'fix', committed, checkpoint: 'note' } as const
  await exchange.provider.writer.commit(fix)
  assert.deepEqual(await exchange.provider.writer.commit(fix), {
    type: 'draw',
    state: 'done-before',
  })
  const wrong = { ...reveal, nonce: encodeBase64(sha256(nonce)) }
  assert.equal((await post(app, '/v1/audit-reveals', wrong))['code'], 'DRAW_NONCE_WRONG')
  const other = { ...reveal, committed: 0 }
  assert.equal((await post(app, '/v1/audit-reveals', other))['code'], 'DRAW_UNKNOWN')
  assert.equal(typeof (await post(app, '/v1/audit-reveals', reveal))['index'], 'number')
  assert.equal((await post(app, '/v1/audit-reveals', reveal))['code'], 'DRAW_DONE')
})

test('each refusal has its status and says what to do', () => {
  for (const code of Object.keys(oversightProblems) as (keyof typeof oversightProblems)[]) {
    const { status, body } = oversightProblem(code)
    const parsed = JSON.parse(Buffer.from(body).toString())
    assert.equal(parsed.code, code)
    assert.ok(status >= 400 && parsed.title.length > 20)
  }
})
