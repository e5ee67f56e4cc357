import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { resolve } from 'node:path'
import { test } from 'node:test'
import { claimPort, claimPorts } from './claim-ports.ts'

const ranges = 18

/** The first of 430 ports apart from those of programs that other tests start, and from those of another run of this test. */
async function ownRange(): Promise<number> {
  for (let turn = 0; turn < ranges; turn += 1) {
    const mark = { least: 19_500 + turn, count: 1 }
    const isOwn = await claimPorts(1, mark).then(
      () => true,
      () => false,
    )
    if (isOwn) return 11_000 + 430 * turn
  }
  return assert.fail('as many runs of this test at once')
}

const least = await ownRange()
const among = { least, count: 400 }

const script = `
const { claimPorts } = await import(process.argv[1])
process.stdout.write(JSON.stringify(await claimPorts(80, ${JSON.stringify(among)})))
process.stdin.once('end', () => process.exit()).resume()
`

/** Claims 80 ports in a process of its own, which lives until it is told to end. */
function otherProcess() {
  const path = resolve(import.meta.dirname, 'claim-ports.ts')
  const child = spawn(process.execPath, ['--input-type=module', '-e', script, path])
  const ended = once(child, 'exit')
  let said = ''
  const ports = new Promise<readonly number[]>((done) =>
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text
      if (!said.endsWith(']')) return
      const list: unknown = JSON.parse(said)
      assert.ok(Array.isArray(list))
      done(list.map(Number))
    }),
  )
  const end = async (): Promise<void> => {
    child.stdin.end()
    await ended
  }
  return { ports, end }
}

test('law: processes that live side by side are given no port twice', async (t) => {
  const others = Array.from({ length: 3 }, otherProcess)
  t.after(() => Promise.all(others.map(({ end }) => end())))
  const own = await claimPorts(80, among)
  const all = [own, ...(await Promise.all(others.map(({ ports }) => ports)))].flat()
  assert.equal(all.length, 320)
  assert.equal(new Set(all).size, all.length)
  await assert.rejects(claimPorts(100, among), RangeError)
})

test('what a process held is free once it has ended', async (t) => {
  const beside = { least: least + 400, count: 10 }
  const child = spawn(process.execPath, [
    '--input-type=module',
    '-e',
    script.replace('80', '10').replace(JSON.stringify(among), JSON.stringify(beside)),
    resolve(import.meta.dirname, 'claim-ports.ts'),
  ])
  t.after(() => child.kill('SIGKILL'))
  await once(child.stdout, 'data')
  await assert.rejects(claimPorts(1, beside), RangeError)
  child.kill('SIGKILL')
  await once(child, 'exit')
  assert.equal((await claimPorts(10, beside)).length, 10)
})

test('a port on which somebody listens is not given', async () => {
  const beside = { least: least + 420, count: 3 }
  const server = createServer().listen(least + 421, '127.0.0.1')
  await once(server, 'listening')
  assert.deepEqual(new Set(await claimPorts(2, beside)), new Set([least + 420, least + 422]))
  server.close()
})

test('a port is below those that connections are given', async () => {
  const port = await claimPort()
  assert.ok(port >= 20_000 && port < 32_000, String(port))
})
