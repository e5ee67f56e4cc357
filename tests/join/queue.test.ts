import assert from 'node:assert/strict'
import { spawn, type ChildProcess } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { type TestContext, test } from 'node:test'
import { encodeBase64, utf8 } from '../../src/bytes/index.ts'
import { POINT_BYTES, useDigests } from '../../src/crypto/index.ts'
import { queuedJoinGroup } from '../../src/node/index.ts'
import { bestJoinGroup, nativeDigests, systemRandomness } from '../../src/platform/index.ts'
import { cliScript } from '../fault/gateway-process.ts'
import { needPostgres } from '../house/needs.ts'
import { type AwaitedProcess, waitUntil } from '../house/wait-until.ts'
import { type PostgresCluster, startCluster } from '../register/postgres-cluster.ts'

const people = 300
const dst = utf8('CLOISON-PSI-v1-test')
useDigests(nativeDigests)

/** A worker process that said that it works. */
interface Worker extends AsyncDisposable, AwaitedProcess {
  readonly pid: number
  /** Parts that it computed, and parts that failed. */
  readonly computed: string[]
  readonly failed: string[]
}

interface Queue extends Disposable {
  readonly cluster: PostgresCluster
  readonly folder: string
  readonly placed: Parameters<typeof queuedJoinGroup>[1]
  configFile(name: string, key: Uint8Array): string
}

function openQueue(cluster: PostgresCluster, key: Uint8Array): Queue {
  const folder = mkdtempSync(join(tmpdir(), 'cloison-queue-'))
  const parts = join(folder, 'objects')
  mkdirSync(parts)
  const dsn = join(folder, 'queue.dsn')
  copyFileSync(cluster.dsnFile('dba'), dsn)
  const keyFile = (name: string, bytes: Uint8Array): string => {
    const path = join(folder, `${name}.key`)
    writeFileSync(path, `${encodeBase64(bytes)}\n`, { mode: 0o600 })
    return path
  }
  return {
    cluster,
    folder: parts,
    placed: { dsn_file: dsn, key_file: keyFile('gateway', key), folder: parts, workers: 2 },
    configFile(name, own) {
      const path = join(folder, `${name}.yaml`)
      const settings = { dsn_file: dsn, key_file: keyFile(name, own), folder: parts }
      writeFileSync(path, JSON.stringify({ version: 1, join_queue: settings }))
      return path
    },
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  }
}

async function startWorker(config: string): Promise<Worker> {
  const child: ChildProcess = spawn(process.execPath, [cliScript, 'join-worker', '-c', config], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = new Promise((resolve) => child.once('exit', resolve))
  const [computed, failed, told]: [string[], string[], string[]] = [[], [], []]
  if (child.stderr === null || child.stdout === null) throw new TypeError('the worker has pipes')
  createInterface({ input: child.stderr }).on('line', (line) => {
    told.push(line)
    if (line.endsWith('computed')) computed.push(line)
    if (line.includes('failed')) failed.push(line)
  })
  const { stdout } = child
  await new Promise<void>((resolve, reject) => {
    createInterface({ input: stdout }).on('line', (line) => {
      if (line.includes('"working"')) resolve()
    })
    void ended.then(() => reject(new Error(`the worker ended: ${told.join(' | ')}`)))
  })
  return {
    pid: child.pid ?? 0,
    child,
    stderr: () => told.join('\n'),
    computed,
    failed,
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM')
      await ended
    },
  }
}

async function startedCluster(t: TestContext): Promise<PostgresCluster | undefined> {
  const programs = needPostgres(t)
  return programs === undefined ? undefined : await startCluster(programs)
}

test('two worker processes give the bytes of the group alone, and the queue learns ids alone', async (t) => {
  using cluster = await startedCluster(t)
  if (cluster === undefined) return
  const key = systemRandomness.bytes(32)
  using queue = openQueue(cluster, key)
  await using one = await startWorker(queue.configFile('one', key))
  await using two = await startWorker(queue.configFile('two', key))
  const workers = [one, two]
  const tier = bestJoinGroup()
  await using group = queuedJoinGroup(tier, queue.placed)
  const points = tier.group.hash(
    Array.from({ length: people }, (_, at) => utf8(`person ${at}`)),
    dst,
  )
  const scalar = systemRandomness.bytes(POINT_BYTES)
  const scalars = systemRandomness.bytes(people * POINT_BYTES)
  for (let round = 0; round < 3; round += 1)
    assert.deepEqual(group.mask(scalar, points), tier.group.mask(scalar, points))
  assert.deepEqual(group.base(scalars), tier.group.base(scalars))
  const shared = tier.group.base(scalar)
  assert.deepEqual(group.share(scalars, shared), tier.group.share(scalars, shared))
  assert.equal(group.firstOffCurve(points), -1)
  const offCurve = points.slice()
  offCurve.set(Uint8Array.of(2, ...new Uint8Array(31)), 150 * POINT_BYTES)
  assert.equal(group.firstOffCurve(offCurve), 150)
  // This thread waited for the parts, so what the workers told is read only now.
  const total = (): number => workers.reduce((sum, { computed }) => sum + computed.length, 0)
  await waitUntil('word of all parts', () => total() >= 2 * 7 || undefined, workers)
  const done = workers.map(({ pid, computed }) => `${pid}: ${computed.length}`)
  console.log(`# parts by process: ${done.join(', ')}; this process: ${process.pid}`)
  const jobs = cluster.psql(
    'SELECT DISTINCT data::text ~ \'^."id": "[0-9a-f]{32}".$\' FROM cloison_joins.job WHERE name = \'cloison-join-parts\'',
  )
  assert.equal(jobs, 't')
  assert.deepEqual(readdirSync(join(queue.folder, 'parts')), [])
})

test('a worker that has another key computes nothing, and the batch fails', async (t) => {
  using cluster = await startedCluster(t)
  if (cluster === undefined) return
  using queue = openQueue(cluster, systemRandomness.bytes(32))
  await using worker = await startWorker(queue.configFile('stranger', systemRandomness.bytes(32)))
  const tier = bestJoinGroup()
  await using group = queuedJoinGroup(tier, { ...queue.placed, workers: 1 })
  const scalars = systemRandomness.bytes(people * POINT_BYTES)
  assert.throws(() => group.base(scalars), { code: 'JOIN_GROUP_FAILED' })
  await waitUntil('word of three failures', () => worker.failed.length >= 3 || undefined, [worker])
  assert.equal(worker.computed.length, 0)
})

test('where the queue cannot be opened, the batch is computed here', async () => {
  const tier = bestJoinGroup()
  const missing = { dsn_file: '/nonexistent', key_file: '/nonexistent', folder: '/tmp', workers: 1 }
  await using group = queuedJoinGroup(tier, missing)
  const scalars = systemRandomness.bytes(people * POINT_BYTES)
  assert.deepEqual(group.base(scalars), tier.group.base(scalars))
})
