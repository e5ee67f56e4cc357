import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { oracleIds, type OracleId } from '../../src/testing/oracles/index.ts'
import {
  type GatewayStores,
  type Malice,
  type MaliceReport,
  type Seams,
  simulateMalice,
  witnessLies,
} from '../../src/testing/simulation/index.ts'
import { printFault } from '../fault/matrix/fault-table.ts'
import { wantsLongRuns } from '../house/needs.ts'
import { realParts } from './run-seed.ts'

const seedCount = wantsLongRuns() ? 40 : 3
/** A planted bug must show within so many seeds. */
const mostSeeds = 40

/** What holds of honest parties alone; a provider that forks breaks every other invariant by itself. */
const ofOthers: readonly OracleId[] = ['I16', 'I17', 'I18']

interface Run {
  readonly malice: Malice
  /** Invariants that must hold; all when left out. */
  readonly hold?: readonly OracleId[]
  readonly seams?: Seams
}

function run(seed: number, { malice, hold = oracleIds, seams = {} }: Run): Promise<MaliceReport> {
  return simulateMalice({
    ...realParts(),
    seed: String(seed),
    malice,
    waived: oracleIds.filter((id) => !hold.includes(id)),
    seams: { housing: seams },
  })
}

async function runSeeds(plan: Run): Promise<readonly MaliceReport[]> {
  const reports: MaliceReport[] = []
  for (let seed = 1; seed <= seedCount; seed += 1) reports.push(await run(seed, plan))
  return reports
}

function sum(reports: readonly MaliceReport[], of: (report: MaliceReport) => number): number {
  return reports.reduce((total, report) => total + of(report), 0)
}

function assertHeld(reports: readonly MaliceReport[], ids: readonly OracleId[]): string {
  const bad = reports.find(({ violations }) => violations.length > 0)
  const [violation] = bad?.violations ?? []
  assert.equal(bad, undefined, `seed ${bad?.seed}: ${violation?.oracle} ${violation?.text}`)
  const counts = ids.map((id) => `${id} ${sum(reports, (one) => one.evaluations.get(id) ?? 0)}`)
  return counts.join(', ')
}

describe('a malicious witness changes nothing that honest parties hold, and is noticed', () => {
  for (const witness of witnessLies) {
    test(witness, async () => {
      const reports = await runSeeds({ malice: { witness } })
      const evaluated = assertHeld(reports, ['I1', 'I3', 'I14', 'I16', 'I17'])
      const permits = sum(reports, (one) => one.permits)
      const unwitnessed = sum(reports, (one) => one.unwitnessed)
      const alarmed = sum(reports, (one) => one.alarmed)
      assert.ok(permits > seedCount, `${permits} answers`)
      assert.equal(alarmed, unwitnessed, 'a receipt without a witness was not reported')
      const isAway = witness === 'stays silent' || witness === 'answers 409 with lies'
      assert.equal(unwitnessed > 0, isAway)
      printFault({
        fault: 'malicious witness',
        step: witness,
        outcome: `${seedCount} seeds, ${permits} answers, ${alarmed} of ${unwitnessed} unwitnessed receipts reported; laws hold (${evaluated})`,
      })
    })
  }
})

describe('a forked log is detected by the next exchange or by a witness', () => {
  test('by the witness, when it is honest: it never cosigns the second history', async () => {
    const reports = await runSeeds({ malice: { provider: 'forking' }, hold: ofOthers })
    const evaluated = assertHeld(reports, ofOthers)
    for (const { forked, seed, refusedByWitness } of reports) {
      assert.ok(
        forked.every((count) => count > 0),
        `seed ${seed} did not fork`,
      )
      assert.ok(refusedByWitness > 0, `seed ${seed}: the witness noticed nothing`)
    }
    printFault({
      fault: 'forking log',
      step: 'honest witness',
      outcome: `${seedCount} of ${seedCount} forks refused by the witness (${evaluated})`,
    })
  })

  for (const witness of ['signs anything', 'forgets and signs a rollback'] as const) {
    test(`by the next exchange, when the witness ${witness}`, async () => {
      const hold = ['I16', 'I17'] as const
      const reports = await runSeeds({ malice: { witness, provider: 'forking' }, hold })
      const evaluated = assertHeld(reports, hold)
      const refused = sum(reports, (one) => one.refusedByConsumer)
      assert.ok(refused > 0, 'no consumer has noticed anything')
      printFault({
        fault: 'forking log',
        step: `witness ${witness}`,
        outcome: `${seedCount} forks, ${refused} answers refused by the consumer, none accepted (${evaluated})`,
      })
    })
  }
})

/** The consumer remembers nothing of what it saw of a peer's log. */
function forgetting(stores: GatewayStores): GatewayStores {
  const { store, reader } = stores
  const peerHead = (): Promise<undefined> => Promise.resolve(undefined)
  return {
    ...stores,
    reader: { ...reader, peerHead },
    store: { transaction: (work) => store.transaction((tx) => work({ ...tx, peerHead })) },
  }
}

/** The consumer takes every receipt for witnessed. */
function trusting(stores: GatewayStores): GatewayStores {
  const { store } = stores
  return {
    ...stores,
    store: {
      transaction: (work) =>
        store.transaction((tx) =>
          work({
            ...tx,
            saveAsk: (row) =>
              tx.saveAsk(row.provisional === undefined ? row : { ...row, witnessedAtMs: 1 }),
          }),
        ),
    },
  }
}

const planted: readonly (Run & { readonly oracle: OracleId; readonly title: string })[] = [
  {
    oracle: 'I16',
    title: 'a consumer that remembers nothing of the log it saw',
    malice: { witness: 'signs anything', provider: 'forking' },
    seams: { stores: forgetting },
  },
  {
    oracle: 'I17',
    title: 'a consumer that takes every receipt for witnessed',
    malice: { witness: 'stays silent' },
    seams: { stores: trusting },
  },
  {
    oracle: 'I18',
    title: 'a witness that looks at nothing',
    malice: { witness: 'signs anything', provider: 'forking' },
  },
]

describe('malice goes unseen where the control is missing, and the oracle says so', () => {
  for (const { oracle, title, ...plan } of planted) {
    test(`${oracle} finds ${title}`, async () => {
      for (let seed = 1; seed <= mostSeeds; seed += 1) {
        const { violations } = await run(seed, { ...plan, hold: [oracle] })
        if (violations.length === 0) continue
        console.log(`${oracle} ${title}: found in seed ${seed}`)
        return
      }
      assert.fail(`not found in ${mostSeeds} seeds`)
    })
  }
})
