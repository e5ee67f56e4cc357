import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  type ChainOrganisation,
  origin,
  policy,
  recordKeys,
  vkeys,
} from '../../../tests/attack/chain-organisation.ts'
import { make, usualOrganisation } from '../../../tests/attack/report-organisation.ts'
import { parsePolicy, parseVerifierKeys } from '../../log/verify/index.ts'
import { aesGcm, bestEd25519, systemRandomness } from '../../platform/index.ts'
import { type BundleReading, makeBundle, ReconcileError } from '../reconcile/index.ts'
import { composeReport } from './compose/compose-report.ts'
import type { CountRow, ReportFile } from './report-file.ts'
import { ReportFault } from './report-fault.ts'
import { verifyCounts } from './verify-counts.ts'
import { verifyReport } from './verify-report.ts'

const ed25519 = bestEd25519()
const trust = { keys: parseVerifierKeys(vkeys), policy: parsePolicy(policy), ed25519 }

async function bundleOf(
  {
    reader,
    checkpoint,
    clock,
    disk,
  }: Pick<ChainOrganisation, 'reader' | 'clock' | 'disk'> & {
    readonly checkpoint: string
  },
  without: readonly string[] | null = null,
): Promise<string> {
  const chunks: string[] = []
  const source = {
    organisation: 'tax',
    log: reader.logOf(origin),
    checkpoint,
    size: disk.tables.head?.size ?? 0,
    nowMs: clock.nowMs,
    erasureOf: async (): Promise<undefined> => undefined,
    aead: aesGcm(systemRandomness),
    recordKeys,
  }
  for await (const piece of makeBundle(source, { first: 0, with: without }))
    chunks.push(Buffer.from(piece).toString())
  return chunks.join('')
}

const reading = (text: string): BundleReading =>
  async function* chunks() {
    yield new TextEncoder().encode(text)
  }

async function verdictOf(file: ReportFile, bundles: readonly string[]): Promise<string> {
  try {
    const verified = verifyReport(file, { ed25519 })
    const { counted } = await verifyCounts(file, verified, bundles.map(reading), trust)
    return `counted ${counted}`
  } catch (cause) {
    assert.ok(cause instanceof ReportFault || cause instanceof ReconcileError, String(cause))
    return cause.code
  }
}

/** The file as a cheat would write it who knows how its figures follow from its rows. */
function recomposed(
  file: ReportFile,
  change: (rows: readonly CountRow[]) => readonly CountRow[],
): ReportFile {
  const { counts } = file.evidence
  assert.ok(counts)
  const evidence = { ...file.evidence, counts: { ...counts, rows: change(counts.rows) } }
  const changed = { ...file, evidence }
  return { ...changed, content: composeReport(changed) }
}

test('counts are counted again from opened records, also of a part of the log', async () => {
  const organisation = await usualOrganisation()
  const checkpoint = await organisation.checkpoint()
  const bundle = await bundleOf({ ...organisation, checkpoint })
  const file = await make(organisation, 'accounting')
  assert.equal(await verdictOf(file, [bundle]), 'counted 5')
  const first = 1_800_000_000_000
  const parameters = { fromMs: first + 3_000, untilMs: first + 5_000, agreement: null }
  const part = await make(organisation, 'integrity', { parameters })
  assert.equal(await verdictOf(part, [bundle]), 'counted 2')
})

test('rows that are changed as a cheat would, with all that follows from them, are found by the bundle alone', async () => {
  const organisation = await usualOrganisation()
  const bundle = await bundleOf({ ...organisation, checkpoint: await organisation.checkpoint() })
  const file = await make(organisation, 'accounting')
  const cheat = recomposed(file, (rows) =>
    rows.map((row) => (row.outcome === 'deny' ? { ...row, code: 'CAP_EXCEEDED' } : row)),
  )
  verifyReport(cheat, { ed25519 })
  assert.equal(await verdictOf(cheat, [bundle]), 'COUNTS_DIFFER')
  const { counts } = file.evidence
  assert.ok(counts)
  const short = counts.ranges.map((range) => ({ ...range, last: range.last - 4 }))
  const rows = counts.rows.filter(({ notice }) => notice !== 'withheld')
  const left = rows.reduce((sum, { count }) => sum + count, 0)
  const hidden = recomposed(
    {
      ...file,
      evidence: { ...file.evidence, counts: { ...counts, ranges: short, entries: left } },
    },
    () => rows,
  )
  verifyReport(hidden, { ed25519 })
  assert.equal(await verdictOf(hidden, [bundle]), 'COUNTS_DIFFER')
})

test('a bundle that is not whole, not of this log or not there is no proof', async () => {
  const organisation = await usualOrganisation()
  const checkpoint = await organisation.checkpoint()
  const bundle = await bundleOf({ ...organisation, checkpoint })
  const some = await bundleOf({ ...organisation, checkpoint }, ['social'])
  const file = await make(organisation, 'accounting')
  assert.equal(await verdictOf(file, [some]), 'COUNTS_DIFFER')
  assert.equal(await verdictOf(file, []), 'COUNTS_DIFFER')
  const lines = bundle.split('\n')
  const closed = lines.map((line) => (line.includes('"deny"') ? '{"leaf":"AQE="}' : line))
  assert.equal(await verdictOf(file, [closed.join('\n')]), 'RECORD_WRONG')
  const fewer = lines.toSpliced(3, 1)
  assert.equal(await verdictOf(file, [fewer.join('\n')]), 'ROOT_DIFFERS')
  const other = await usualOrganisation()
  const foreign = await bundleOf({ ...other, checkpoint: await other.checkpoint() })
  assert.equal(await verdictOf(file, [foreign]), 'LOG_WRONG')
})
