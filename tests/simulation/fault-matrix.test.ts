import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { OracleId } from '../../src/testing/oracles/index.ts'
import type { SimulationReport } from '../../src/testing/simulation/index.ts'
import { type FaultName, OneFault, stepFiles } from '../../src/testing/simulator/index.ts'
import { printFault } from '../fault/matrix/fault-table.ts'
import { wantsLongRuns } from '../house/needs.ts'
import { runSeed } from './run-seed.ts'

/** A fault of one run: what strikes, and whether the end of the process is a power failure. */
interface RowFault {
  readonly title: string
  readonly name: FaultName
  readonly isPowerLoss?: true
  /** How many calls a full disk refuses. */
  readonly times?: number
}

const crashes: readonly RowFault[] = [
  { title: 'crash before', name: 'crash before a port call' },
  { title: 'crash after', name: 'crash after a port call' },
]
const errors: readonly RowFault[] = [
  { title: 'EIO before the effect', name: 'EIO before the effect' },
  { title: 'EIO after the effect', name: 'EIO after the effect' },
]
const full: RowFault = { title: 'ENOSPC', name: 'ENOSPC', times: 2 }
const powerLosses: readonly RowFault[] = [
  { title: 'power loss before', name: 'crash before a port call', isPowerLoss: true },
  { title: 'power loss after', name: 'crash after a port call', isPowerLoss: true },
]

interface RowPoint {
  readonly step: string
  /** `port.method` of the provider, or of the witness. */
  readonly point: string
  readonly faults: readonly RowFault[]
  readonly occurrences: readonly number[]
}

const host = 'tax.localhost'
const stores = [...crashes, ...errors]
const writes = [...stores, full]
const files = [...crashes, ...errors, full, ...powerLosses]

function filePoint(verb: string, kind: string, occurrences: readonly number[]): RowPoint {
  const point = `${host} files.${verb} ${kind}`
  return { step: `publishing: ${verb} of a ${kind}`, point, faults: files, occurrences }
}

const points: readonly RowPoint[] = [
  { step: 'commit: begin', point: `${host} state.begin`, faults: stores, occurrences: [2, 6] },
  {
    step: 'commit: insert of the entries',
    point: `${host} state.insertEntries`,
    faults: writes,
    occurrences: [1, 4],
  },
  {
    step: 'commit: read back',
    point: `${host} state.readLeaves`,
    faults: stores,
    occurrences: [3, 5],
  },
  {
    step: 'commit: head signed, swap',
    point: `${host} state.swapHead`,
    faults: stores,
    occurrences: [1, 4],
  },
  { step: 'commit: commit', point: `${host} state.commit`, faults: writes, occurrences: [2, 5] },
  {
    step: 'commit: sync of the state store',
    point: `${host} state.sync`,
    faults: writes,
    occurrences: [2, 5],
  },
  {
    step: 'commit: write of the head store',
    point: `${host} head.writeHead`,
    faults: writes,
    occurrences: [1, 4],
  },
  filePoint('write', 'tile', [1, 2]),
  filePoint('fsync', 'tile', [1, 2]),
  filePoint('rename', 'tile', [1, 2]),
  filePoint('fsyncFolder', 'tile', [1, 2]),
  filePoint('rename', 'bundle', [1, 2]),
  filePoint('rename', 'opening', [1, 2]),
  // The first checkpoint of a round is the log's own, the second is the cosigned one.
  filePoint('write', 'checkpoint', [1, 2]),
  filePoint('fsync', 'checkpoint', [1, 2]),
  filePoint('rename', 'checkpoint', [1, 2]),
  filePoint('fsyncFolder', 'checkpoint', [1, 2]),
  {
    step: 'cosigning: memory of the witness',
    point: 'witness.localhost witness.swap',
    faults: writes,
    occurrences: [1, 3],
  },
]

/** A seed whose clients ask a good deal; its own faults are not used. */
const seed = 11

interface Row {
  readonly at: RowPoint
  readonly fault: RowFault
  readonly occurrence: number
}

async function runRow(
  { at, fault, occurrence }: Row,
  { bug, skipSync = false }: { readonly bug?: string; readonly skipSync?: boolean } = {},
): Promise<SimulationReport> {
  const { name, isPowerLoss = false, times = 1 } = fault
  const faults = new OneFault({ name, point: at.point, occurrence, times })
  const report = await runSeed(seed, {
    bug,
    faults,
    seams: { files: (disk, life) => stepFiles(disk, life, { isPowerLoss, skipSync }) },
  })
  // A run that breaks a law ends there.
  const hasStruck = (report.faults.get(name) ?? 0) > 0 || report.violations.length > 0
  assert.ok(hasStruck, `${at.point} was not called ${occurrence} times`)
  return report
}

/** A gateway lives on after a full disk of its published folder, and whatever happens to the witness. */
function mustEnd({ at, fault }: Row): boolean {
  const isFiles = at.point.includes(' files.')
  return at.point.startsWith(host) && !(isFiles && fault.name === 'ENOSPC')
}

function outcomeOf(report: SimulationReport): string {
  const ended = report.lives > 2 ? 'ends and starts again' : 'goes on'
  const laws = [...new Set(report.violations.map(({ oracle, text }) => `${oracle}: ${text}`))]
  const evaluated = [...report.evaluations.values()].reduce((sum, count) => sum + count, 0)
  const said = laws.length === 0 ? `all laws hold (${evaluated} evaluations)` : laws.join('; ')
  return `${ended}, ${report.ends.get('permit') ?? 0} permits; ${said}`
}

/** What the oracles of all rows came to. */
const total = { rows: 0, checkpoints: 0, violations: 0 }

describe('acknowledged ⊆ log after SIGKILL, EIO, ENOSPC or power loss at every write, fsync, rename and swap', () => {
  for (const at of points) {
    test(at.step, async () => {
      for (const fault of at.faults) {
        for (const occurrence of at.occurrences.slice(wantsLongRuns() ? 0 : -1)) {
          const row = { at, fault, occurrence }
          const report = await runRow(row)
          const outcome = outcomeOf(report)
          total.rows += 1
          total.checkpoints += report.evaluations.get('I3') ?? 0
          total.violations += report.violations.filter(({ oracle }) => oracle === 'I3').length
          printFault({ fault: `${fault.title}, call ${occurrence}`, step: at.step, outcome })
          assert.deepEqual(report.violations, [], outcome)
          assert.equal(report.lives > 2, mustEnd(row), outcome)
        }
      }
    })
  }
})

test('never two checkpoints of one size, in any row of the matrix', () => {
  console.log(`${total.checkpoints} comparisons of signed checkpoints in ${total.rows} rows`)
  assert.ok(total.checkpoints > 10 * total.rows && total.rows > 50)
  assert.equal(total.violations, 0)
})

function rowAt(step: string, title: string, occurrence: number): Row {
  const at = points.find((point) => point.step === step)
  const fault = at?.faults.find((one) => one.title === title)
  assert.ok(at !== undefined && fault !== undefined, `${step} ${title}`)
  return { at, fault, occurrence }
}

/** Rows that must be another outcome when the control that they show is gone. */
const controls: readonly {
  readonly row: Row
  readonly without: string
  readonly bug?: string
  readonly skipSync?: true
  /** The oracle that must find it, where only one can. */
  readonly by?: OracleId
}[] = [
  {
    row: rowAt('commit: sync of the state store', 'crash before', 5),
    without: 'acknowledged only after the sync',
    bug: 'a store that acknowledges before it is durable',
  },
  {
    row: rowAt('commit: sync of the state store', 'EIO before the effect', 5),
    without: 'EIO is fatal',
    bug: 'an answer that leaves although its commit failed',
  },
  {
    // The entry is on the disk, and nobody has said so: only the order tells.
    row: rowAt('commit: sync of the state store', 'EIO after the effect', 5),
    without: 'nothing leaves before the store has confirmed it',
    bug: 'an answer that leaves although its commit failed',
    by: 'I14',
  },
  {
    row: rowAt('commit: write of the head store', 'EIO before the effect', 4),
    without: 'EIO of the head store is fatal',
    bug: 'a head store whose errors nobody hears',
  },
  {
    row: rowAt('commit: write of the head store', 'crash before', 4),
    without: 'acknowledged only after the head store',
    bug: 'a commit that is acknowledged before the head store has its head',
  },
  {
    row: rowAt('commit: head signed, swap', 'EIO before the effect', 4),
    without: 'a swap whose outcome is unknown is fatal',
    bug: 'a swap whose error nobody hears',
  },
  {
    row: rowAt('publishing: rename of a bundle', 'power loss after', 1),
    without: 'fsync before rename',
    skipSync: true,
  },
]

describe('a row of the matrix flips when its control is taken away', () => {
  for (const { row, without, bug, skipSync, by } of controls) {
    test(`${row.fault.title} at ${row.at.step}, without "${without}"`, async () => {
      assert.deepEqual((await runRow(row)).violations, [])
      const options = {
        ...(bug === undefined ? {} : { bug }),
        ...(skipSync === undefined ? {} : { skipSync }),
      }
      const report = await runRow(row, options)
      const outcome = outcomeOf(report)
      printFault({ fault: `${row.fault.title}, control off`, step: row.at.step, outcome })
      assert.ok(
        report.violations.some(({ oracle }) => by === undefined || oracle === by),
        outcome,
      )
    })
  }
})
