import assert from 'node:assert/strict'
import test from 'node:test'
import { type InProcessExchange, openExchange } from '../../tests/fault/in-process-exchange.ts'
import { utf8 } from '../bytes/index.ts'
import { memoryDisk, memoryStateStore, directCall } from '../testing/memory-store/index.ts'
import type { GovernanceRecord } from '../log/index.ts'
import { sampleLog } from '../testing/index.ts'
import { bestEd25519 } from '../platform/index.ts'
import { holdConsumerHead } from './consumer-head.ts'
import type { ConsumerDeps } from './consumer-deps.ts'
import type { PeerHead } from './exchange-store.ts'
import { peerFollower } from './follow-peers.ts'

const honest = sampleLog(12)
const forked = sampleLog(12, { branch: 'b', forksAt: 5 })
const origin = honest.key.name

function headOf(log: typeof honest, size: number): PeerHead {
  return { origin, size, checkpoint: log.headAt(size).checkpoint }
}

interface Signal {
  readonly kind: string
  readonly name: string | null
}

/** A follower that has seen `seen` of a log whose witnessed checkpoint is `published`. */
function following(
  exchange: InProcessExchange,
  { seen, published }: { readonly seen: PeerHead; readonly published: string | undefined },
): { deps: ConsumerDeps; signals: Signal[]; clock: { nowMs: number } } {
  const signals: Signal[] = []
  const clock = { nowMs: 1_000_000 }
  const policy = { logs: [{ key: honest.key }], witnesses: [], quorum: { kind: 'none' } } as const
  const peer = {
    id: 'peer',
    url: 'http://peer.localhost',
    authority: 'peer.localhost',
    gatewayKeys: new Map(),
    origins: [origin],
    receiptPolicy: policy,
    quorumPolicy: policy,
  }
  const deps: ConsumerDeps = {
    ...exchange.consumerDeps,
    ed25519: bestEd25519(),
    clock: { now: () => clock.nowMs },
    reader: { ...exchange.consumerDeps.reader, peerHead: () => Promise.resolve(seen) },
    writer: {
      commit(intent) {
        assert.ok(intent.type === 'governance')
        signals.push({ kind: intent.kind, name: intent.name })
        return Promise.resolve({ type: 'governance', index: 0, timeMs: 0 })
      },
    },
    providers: new Map([['peer', peer]]),
    http: {
      send() {
        if (published === undefined) return Promise.reject(new Error('unreachable'))
        return Promise.resolve({ status: 200, headers: {}, body: utf8(published) })
      },
    },
  }
  return { deps, signals, clock }
}

test('a peer whose witnesses hold another tree of the size that was seen is told once', async () => {
  using exchange = await openExchange()
  const published = forked.headAt(8).checkpoint
  const { deps, signals } = following(exchange, { seen: headOf(honest, 8), published })
  const follower = peerFollower(deps)
  for (let round = 0; round < 3; round += 1) await follower.round()
  assert.deepEqual(signals, [{ kind: 'signal.fork', name: origin }])
})

test('a peer that shows what its witnesses hold gives no signal', async () => {
  using exchange = await openExchange()
  const published = honest.headAt(8).checkpoint
  const { deps, signals, clock } = following(exchange, { seen: headOf(honest, 8), published })
  const follower = peerFollower(deps)
  for (let round = 0; round < 3; round += 1, clock.nowMs += 200_000) await follower.round()
  assert.deepEqual(signals, [])
})

test('what no witnessed checkpoint covers in five minutes is told once, whether hidden or away', async () => {
  using exchange = await openExchange()
  for (const published of [honest.headAt(3).checkpoint, undefined]) {
    const { deps, signals, clock } = following(exchange, { seen: headOf(honest, 8), published })
    const follower = peerFollower(deps)
    await follower.round()
    clock.nowMs += 299_000
    await follower.round()
    assert.deepEqual(signals, [])
    clock.nowMs += 2_000
    for (let round = 0; round < 3; round += 1) await follower.round()
    assert.deepEqual(signals, [{ kind: 'signal.unwitnessed', name: origin }])
  }
})

test('of one consumer log and size, one tree is accepted: the other is as good as no receipt', async () => {
  const store = memoryStateStore(memoryDisk(), directCall)
  const added: GovernanceRecord[] = []
  const batch = {
    timeMs: 1,
    claim: () => true,
    add: (record: GovernanceRecord) => added.push(record),
  }
  const see = (log: typeof honest, size: number): Promise<'held' | 'forked'> =>
    store.transaction((tx) =>
      holdConsumerHead(tx, headOf(log, size), { batch, organisation: 'tax' }),
    )
  assert.equal(await see(honest, 8), 'held')
  assert.equal(await see(honest, 8), 'held')
  assert.equal(await see(forked, 8), 'forked')
  assert.equal(await see(honest, 7), 'held', 'an older one that comes late')
  assert.equal(await see(honest, 9), 'held')
  assert.equal(await see(forked, 9), 'forked')
  const notes = [headOf(honest, 9).checkpoint, headOf(forked, 9).checkpoint]
  assert.deepEqual(
    added.map(({ kind, name }) => [kind, name]),
    [
      ['signal.fork', origin],
      ['signal.fork', origin],
    ],
  )
  assert.deepEqual(added.at(-1)?.body, { size: 9, notes })
})
