import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { oracleIds, type Violation } from '../../src/testing/oracles/index.ts'
import type { SimulationReport } from '../../src/testing/simulation/index.ts'
import { faultNames } from '../../src/testing/simulator/index.ts'
import { type PlantedBug, plantedBugs } from './planted-bugs.ts'
import { runSeed } from './run-seed.ts'
import { runSeeds } from './run-seeds.ts'

const isLong = process.env['CLOISON_TEST_ALL'] === '1'
const seedCount = isLong ? 2_000 : 200
/** A planted bug must show within so many seeds. */
const mostSeeds = 200

function sumOf(reports: readonly SimulationReport[], of: (report: SimulationReport) => number) {
  return reports.reduce((sum, report) => sum + of(report), 0)
}

function table(rows: readonly (readonly [string, number])[]): string {
  return rows.map(([name, count]) => `  ${String(count).padStart(9)}  ${name}`).join('\n')
}

function printSums(reports: readonly SimulationReport[]): void {
  const events = sumOf(reports, (report) => report.events)
  const lives = sumOf(reports, (report) => report.lives)
  const virtualS = Math.round(sumOf(reports, (report) => report.virtualMs) / 1000)
  console.log(
    `simulation: ${reports.length} seeds, ${events} events, ${virtualS} s of virtual time, ${lives} starts of gateways`,
  )
  const faults = faultNames.map(
    (name) => [name, sumOf(reports, (report) => report.faults.get(name) ?? 0)] as const,
  )
  console.log(`faults injected\n${table(faults)}`)
  const oracles = oracleIds.map(
    (id) => [id, sumOf(reports, (report) => report.evaluations.get(id) ?? 0)] as const,
  )
  console.log(`oracles evaluated\n${table(oracles)}`)
  const names = [...new Set(reports.flatMap(({ ends }) => [...ends.keys()]))].toSorted()
  const ends = names.map(
    (name) => [name, sumOf(reports, (report) => report.ends.get(name) ?? 0)] as const,
  )
  console.log(`requests of clients ended in\n${table(ends)}`)
}

function describeViolation({ oracle, text }: Violation): string {
  return `${oracle}: ${text}`
}

async function findBug(bug: PlantedBug): Promise<SimulationReport | undefined> {
  for (let seed = 1; seed <= mostSeeds; seed += 1) {
    const report = await runSeed(seed, { bug: bug.title })
    // In some seeds another oracle is first, and a run ends with its first violation.
    if (report.violations.some(({ oracle }) => oracle === bug.oracle)) return report
  }
  return undefined
}

describe('two gateways, a witness and clients under faults', () => {
  test(`all invariants hold after every event of ${seedCount} seeds`, async () => {
    const reports = await runSeeds(1, seedCount)
    assert.equal(reports.length, seedCount)
    printSums(reports)
    const bad = reports.find(({ violations }) => violations.length > 0)
    const why = bad?.violations.map(describeViolation).join('; ')
    const replay = `replay it with: node tests/simulation/replay.ts ${bad?.seed} --trace`
    assert.equal(bad, undefined, `seed ${bad?.seed}: ${why}; ${replay}`)
    for (const name of faultNames) {
      const count = sumOf(reports, (report) => report.faults.get(name) ?? 0)
      assert.ok(count > 0, `no seed has had the fault "${name}"`)
    }
    for (const id of oracleIds) {
      const count = sumOf(reports, (report) => report.evaluations.get(id) ?? 0)
      assert.ok(count > seedCount, `${id} was hardly ever evaluated`)
    }
    assert.ok(sumOf(reports, (report) => report.ends.get('permit') ?? 0) > seedCount)
  })

  test('a seed replays exactly, and no other seed does', async () => {
    const hashes: string[] = []
    for (const seed of [7, 7, 8, 8]) hashes.push((await runSeed(seed)).traceHash)
    const [one, again, other, otherAgain] = hashes
    assert.equal(again, one)
    assert.equal(otherAgain, other)
    assert.notEqual(other, one)
  })
})

describe('every oracle finds the bug that breaks its invariant', () => {
  for (const bug of plantedBugs) {
    test(`${bug.oracle} finds ${bug.title}`, async () => {
      const report = await findBug(bug)
      assert.ok(report !== undefined, `not found in ${mostSeeds} seeds`)
      const oracles = [...new Set(report.violations.map(({ oracle }) => oracle))]
      console.log(`${bug.oracle} ${bug.title}: found in seed ${report.seed} by ${oracles.join()}`)
      assert.ok(oracles.includes(bug.oracle), oracles.join())
    })
  }
})
