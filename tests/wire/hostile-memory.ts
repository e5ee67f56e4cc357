/**
 * What hostile messages add to the memory of a gateway, measured in its real process:
 * `node tests/wire/hostile-memory.ts [runs] [hostile|good] [options of Node]`; `good` sends as many good
 * questions, for comparison. Every figure is after a forced collection of what is dead,
 * asked for through the inspector; the peak is the kernel's and before any.
 */
import { writeFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { memoryOf } from '../fault/gateway-process.ts'
import { openWire, type WireBench } from './wire-bench.ts'
import { sendOnce, type WireRequest } from './wire-client.ts'

/** MiB. */
interface Sample {
  readonly resident: number
  readonly heap: number
  readonly external: number
  /** Of the heap: machine code and byte code. */
  readonly code: number
}

const roundsPerFlood = 100
const bomb = gzipSync(Buffer.alloc(60_000_000))
const asked = `JSON.stringify([process.memoryUsage(), process.getBuiltinModule('node:v8').getHeapCodeStatistics()])`

/** Asks the inspector of a process. */
async function openInspector(url: string): Promise<{
  ask(method: string, params?: object): Promise<string | undefined>
  close(): void
}> {
  const socket = new WebSocket(url)
  await new Promise((resolve) => socket.addEventListener('open', resolve, { once: true }))
  let number = 0
  return {
    ask(method, params = {}) {
      const id = (number += 1)
      const answered = Promise.withResolvers<string | undefined>()
      socket.addEventListener('message', function hear({ data }) {
        const reply = JSON.parse(String(data))
        if (reply.id !== id) return
        socket.removeEventListener('message', hear)
        answered.resolve(reply.result?.result?.value)
      })
      socket.send(JSON.stringify({ id, method, params }))
      return answered.promise
    },
    close: () => socket.close(),
  }
}

type Inspector = Awaited<ReturnType<typeof openInspector>>

async function collect(inspector: Inspector): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) await inspector.ask('HeapProfiler.collectGarbage')
}

async function sampleOf(inspector: Inspector, pid: number): Promise<Sample> {
  const text = await inspector.ask('Runtime.evaluate', { expression: asked, returnByValue: true })
  const [use, code] = JSON.parse(text ?? '')
  const mebibytes = (bytes: number): number => bytes / 1_048_576
  return {
    resident: memoryOf(pid).now,
    heap: mebibytes(use.heapUsed),
    external: mebibytes(use.external),
    code: mebibytes(code.code_and_metadata_size + code.bytecode_and_metadata_size),
  }
}

/** As many good questions about several people. */
async function goodMessages(bench: WireBench): Promise<readonly WireRequest[]> {
  const numbers = Array.from({ length: 9 }, (_, number) => number)
  return await Promise.all(
    numbers.map(async (number) => bench.delivery(await bench.question(number))),
  )
}

/** Nine kinds of hostile message, from noise to a denial that leaves an entry. */
async function hostileMessages(bench: WireBench): Promise<readonly WireRequest[]> {
  const { body } = await bench.question(0)
  const signed = bench.consumer.sign(body)
  const text = Buffer.from(body).toString('utf8')
  const denied = await bench.question(1, (core) => ({ ...core, purpose: 'x' }))
  return [
    { headers: { ...signed, signature: 'sig1=:AAAA:' }, body },
    { headers: { ...signed, signature: `sig1=:${Buffer.alloc(64).toString('base64')}:` }, body },
    bench.delivery({ body: Buffer.from('['.repeat(60_000)) }),
    bench.delivery({ body: Buffer.from(text.replace('"v":1', '"v":1,"w":1')) }),
    bench.delivery(denied),
    { headers: signed, body: Buffer.alloc(65_537) },
    { headers: { ...signed, 'content-encoding': 'gzip' }, body: bomb },
    { method: 'GET', path: `/log/2026h2/${'tile/'.repeat(20)}` },
    { method: 'GET', path: '/v1/asks/%E0%A4%A' },
  ]
}

const makeMessages = process.argv[3] === 'good' ? goodMessages : hostileMessages

async function flood(bench: WireBench): Promise<void> {
  for (let round = 0; round < roundsPerFlood; round += 1) {
    const messages = await makeMessages(bench)
    await Promise.all(messages.map((one) => sendOnce(bench.authority, one).catch(() => undefined)))
  }
}

function growth(name: string, from: Sample, to: Sample): Sample {
  const grown = {
    resident: to.resident - from.resident,
    heap: to.heap - from.heap,
    external: to.external - from.external,
    code: to.code - from.code,
  }
  const parts = Object.entries(grown).map(([what, size]) => `${what} + ${size.toFixed(1)}`)
  console.log(`${name}: ${parts.join(', ')} MiB`)
  return grown
}

async function measureOnce(): Promise<readonly Sample[]> {
  await using bench = await openWire(['--inspect=127.0.0.1:0', ...process.argv.slice(4)])
  const { pid } = bench.gateway
  const [url = ''] = /ws:\S+/.exec(bench.gateway.stderr()) ?? []
  const inspector = await openInspector(url)
  await collect(inspector)
  const start = await sampleOf(inspector, pid)
  let last = start
  console.log(`start: resident ${start.resident.toFixed(0)}, heap ${start.heap.toFixed(1)} MiB`)
  const grown: Sample[] = []
  for (const name of ['first 900', '900 more', 'and 900 more']) {
    writeFileSync(`/proc/${pid}/clear_refs`, '5')
    await flood(bench)
    const { peak } = memoryOf(pid)
    const dead = await sampleOf(inspector, pid)
    await collect(inspector)
    const now = await sampleOf(inspector, pid)
    const before = `peak + ${(peak - start.resident).toFixed(1)}, heap with what is dead + ${(dead.heap - start.heap).toFixed(1)}`
    grown.push(growth(`${name} (since the start ${before} MiB)`, last, now))
    last = now
  }
  inspector.close()
  return grown
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}

const runs: (readonly Sample[])[] = []
for (let run = 0; run < Number(process.argv[2] ?? 3); run += 1) runs.push(await measureOnce())
for (const place of [0, 1, 2]) {
  const of = (what: keyof Sample): string =>
    median(runs.map((run) => run[place]?.[what] ?? Number.NaN)).toFixed(1)
  console.log(
    `median of flood ${place + 1}: resident + ${of('resident')}, heap + ${of('heap')}, external + ${of('external')}, code + ${of('code')} MiB`,
  )
}
