import assert from 'node:assert/strict'
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { startGateway } from '../gateway-process.ts'
import { printFault } from './fault-table.ts'
import { askMany, faultBench, type FaultBench } from './faulted-gateway.ts'

let bench: FaultBench
const folders: string[] = []

/** A provider that was killed with its newest commits in the write-ahead log alone. */
before(async () => {
  bench = await faultBench(5)
  const gateway = startGateway(bench.provider.configPath)
  await gateway.listening
  await askMany(bench, 6)
  await gateway.kill()
})

after(async () => {
  for (const dir of folders) rmSync(dir, { recursive: true, force: true })
  await bench[Symbol.asyncDispose]()
})

/** How a start on a spoilt copy of the killed provider ends. */
async function startSpoilt(
  spoil: (walPath: string) => void,
  nodeOptions: readonly string[] = [],
): Promise<string> {
  const dir = mkdtempSync(join(tmpdir(), 'cloison-torn-'))
  folders.push(dir)
  cpSync(bench.provider.dir, dir, { recursive: true })
  spoil(join(dir, 'state.db-wal'))
  const gateway = startGateway(join(dir, 'cloison.yaml'), { nodeOptions })
  const listened = await gateway.listening.then(
    () => true,
    () => false,
  )
  if (!listened) {
    const { exitCode, stderr } = await gateway.ended
    const [, code = stderr] = /^cloison serve: ([A-Z_]+): /.exec(stderr) ?? []
    return `refused, exit ${exitCode}, ${code}`
  }
  const { exitCode } = await gateway.stop()
  return `starts, exit ${exitCode}`
}

/** Size of a frame: 24 bytes before each page (sqlite.org/fileformat2.html, section 4.1). */
const frameBytes = 24 + 4096

const rows: readonly {
  readonly fault: string
  readonly expected: string
  readonly spoil: (walPath: string) => void
}[] = [
  { fault: 'nothing', expected: 'starts, exit 0', spoil: () => undefined },
  {
    fault: 'torn tail',
    expected: 'starts, exit 0',
    // Half a frame behind the last commit: of a transaction that was never acknowledged.
    spoil: (path) => appendFileSync(path, readFileSync(path).subarray(32, 32 + frameBytes / 2)),
  },
  {
    fault: 'torn committed frame',
    expected: 'refused, exit 3, LOG_REGRESSED',
    spoil: (path) => writeFileSync(path, readFileSync(path).subarray(0, -1000)),
  },
  {
    fault: 'bit in a committed frame',
    expected: 'refused, exit 3, LOG_REGRESSED',
    spoil: (path) => {
      const bytes = readFileSync(path)
      const at = 32 + 3 * frameBytes + 500
      bytes[at] = (bytes[at] ?? 0) ^ 0x10
      writeFileSync(path, bytes)
    },
  },
]

describe('a torn tail of the write-ahead log is dropped, a torn committed frame is refused', () => {
  for (const { fault, expected, spoil } of rows) {
    test(fault, async () => {
      const outcome = await startSpoilt(spoil)
      printFault({ fault, step: 'state store: its write-ahead log', outcome })
      assert.equal(outcome, expected)
    })
  }
})

describe('a clock that goes forward is tolerated, one that goes back is refused', () => {
  for (const [minutes, fault, expected] of [
    [60, 'clock forward, one hour', 'starts, exit 0'],
    [-60, 'clock back, one hour', 'refused, exit 1, CLOCK_BACKWARDS'],
  ] as const) {
    test(fault, async () => {
      const script = pathToFileURL(join(import.meta.dirname, 'shift-clock.ts')).href
      const outcome = await startSpoilt(
        () => undefined,
        ['--import', `${script}?minutes=${minutes}`],
      )
      printFault({ fault, step: 'start', outcome })
      assert.equal(outcome, expected)
    })
  }
})
