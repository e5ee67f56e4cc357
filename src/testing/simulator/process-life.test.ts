import assert from 'node:assert/strict'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { describe, test } from 'node:test'
import {
  memoryDisk,
  memoryHeadStore,
  memoryStateStore,
  type MemoryDisk,
} from '../memory-store/index.ts'
import type { FaultName } from './faults.ts'
import type { ProcessLife } from './process-life.ts'
import { simFiles } from './sim-files.ts'
import { hear, testGround, type TestGround } from './test-ground.ts'

const ground = (fault?: FaultName): TestGround => testGround(nextTurn, fault)

/** Commits one head, with `meddle` called before each call of the store. */
async function commitHead(
  disk: MemoryDisk,
  one: TestGround,
  meddle: (life: ProcessLife, method: string) => void,
): Promise<string> {
  const life = one.life('node')
  const store = memoryStateStore(disk, (method, effect) => {
    meddle(life, method)
    return life.call(method, effect)
  })
  const head = { checkpoint: 'note', size: 1, timeMs: 1 }
  const ear = hear(store.transaction((tx) => tx.swapHead(undefined, head)))
  await one.settle()
  return ear.heard
}

describe('a simulated process', () => {
  test('carries a call as an event of its own, and hears its result', async () => {
    const one = ground()
    const ear = hear(one.life('node').call('port.method', () => 42))
    assert.equal(ear.heard, 'nothing')
    await one.settle()
    assert.equal(ear.heard, 'result 42')
    assert.equal(one.scheduler.events, 1)
  })

  test('hears what the port throws', async () => {
    const one = ground()
    const ear = hear(
      one.life('node').call('port', () => {
        throw new RangeError('no')
      }),
    )
    await one.settle()
    assert.equal(ear.heard, 'RangeError: no')
  })

  test('that crashes before a call neither acts nor hears', async () => {
    const one = ground('crash before a port call')
    const life = one.life('node')
    let effects = 0
    const ear = hear(life.call('port', () => (effects += 1)))
    await one.settle()
    assert.deepEqual([effects, ear.heard, life.isAlive], [0, 'nothing', false])
  })

  test('that crashes after a call has acted, and never hears of it', async () => {
    const one = ground('crash after a port call')
    const life = one.life('node')
    let ends = 0
    let effects = 0
    life.onEnd(() => (ends += 1))
    const ear = hear(life.call('port', () => (effects += 1)))
    await one.settle()
    assert.deepEqual([effects, ear.heard, ends], [1, 'nothing', 1])
  })

  test('that has ended does nothing more: no call under way, no new one', async () => {
    const one = ground()
    const life = one.life('node')
    let effects = 0
    const under = hear(life.call('under way', () => (effects += 1)))
    life.end('killed')
    const after = hear(life.call('after', () => (effects += 1)))
    await one.settle()
    assert.deepEqual([effects, under.heard, after.heard], [0, 'nothing', 'nothing'])
  })

  test('meets errors of a device before the effect or after it, a full one when it writes', async () => {
    const outcome = async (fault: FaultName, method: string): Promise<string> => {
      const one = ground(fault)
      let effects = 0
      const call = one.life('node').device('disk')
      const ear = hear(call(method, () => (effects += 1)))
      await one.settle()
      return `${effects} ${ear.heard}`
    }
    assert.equal(await outcome('EIO before the effect', 'read'), '0 DeviceError: EIO: injected')
    assert.equal(await outcome('EIO after the effect', 'sync'), '1 DeviceError: EIO: injected')
    assert.equal(await outcome('ENOSPC', 'sync'), '0 DeviceError: ENOSPC: injected')
    assert.equal(await outcome('ENOSPC', 'read'), '1 result 1')
  })
})

describe('what a simulated disk keeps', () => {
  const at = (point: string) => (life: ProcessLife, method: string) => {
    if (method === point) life.end('killed')
  }

  test('a commit is lost when the process ends before its sync', async () => {
    for (const point of ['begin', 'swapHead', 'commit', 'sync']) {
      const disk = memoryDisk()
      assert.equal(await commitHead(disk, ground(), at(point)), 'nothing')
      assert.equal(disk.tables.head, undefined, point)
    }
  })

  test('a commit is kept when the process ends after its sync, before it hears', async () => {
    const one = ground()
    const disk = memoryDisk()
    const life = one.life('node')
    const store = memoryStateStore(disk, (method, effect) =>
      life.call(method, () => {
        const result = effect()
        if (method === 'sync') life.end('killed')
        return result
      }),
    )
    const head = { checkpoint: 'note', size: 1, timeMs: 1 }
    const ear = hear(store.transaction((tx) => tx.swapHead(undefined, head)))
    await one.settle()
    assert.equal(disk.tables.head?.checkpoint, 'note')
    assert.equal(ear.heard, 'nothing')
  })

  test('a store whose sync fails after the effect has kept what it says it has not', async () => {
    const one = ground('EIO after the effect')
    const disk = memoryDisk()
    const life = one.life('node')
    const head = memoryHeadStore(disk, life.device('head'))
    const ear = hear(head.write({ checkpoint: 'note', size: 1, timeMs: 1 }))
    await one.settle()
    assert.equal(ear.heard, 'DeviceError: EIO: injected')
    assert.equal(disk.head?.checkpoint, 'note')
  })

  test('files are replaced in one step, and an immutable one is never another', async () => {
    const one = ground()
    const disk = new Map<string, Uint8Array>()
    const files = simFiles(disk, one.life('node').device('files'))
    const bytes = Uint8Array.of(1)
    const ears = [files.create('tile/1', bytes), files.replace('checkpoint', bytes)].map(hear)
    await one.settle()
    assert.deepEqual(
      ears.map(({ heard }) => heard),
      ['result undefined', 'result undefined'],
    )
    const again = hear(files.create('tile/1', bytes))
    const other = hear(files.create('tile/1', Uint8Array.of(2)))
    const listed = hear(files.list(''))
    await one.settle()
    assert.equal(again.heard, 'result undefined')
    assert.match(other.heard, /FILE_DIFFERS/)
    assert.equal(listed.heard, 'result checkpoint,tile/1')
    assert.deepEqual(disk.get('tile/1'), bytes)
  })
})
