import * as z from 'zod'
import { decodeUtf8 } from '../../../src/bytes/index.ts'
import { type LogReader, readPublicEntry } from '../../../src/log/index.ts'
import {
  addUpLedger,
  budgetSchema,
  chargeSchema,
  type LedgerEntry,
} from '../../../src/population/index.ts'

const record = z.object({ kind: z.string(), digest: z.string().nullable(), body: z.unknown() })

/** The ledger as anybody reads it: out of the log's public entries alone. */
export async function publicLedger(reader: LogReader): Promise<readonly LedgerEntry[]> {
  const found: LedgerEntry[] = []
  const size = (await reader.head())?.size ?? 0
  for (let index = 0; index < size; index += 1) {
    const entry = await readPublicEntry(reader, index)
    if (entry === undefined) continue
    const { kind, digest, body } = record.parse(JSON.parse(decodeUtf8(entry.recordBytes)))
    if (kind === 'budget.opened') found.push({ kind, budget: budgetSchema.parse(body) })
    if (kind !== 'budget.charged') continue
    found.push({ kind, charge: chargeSchema.parse(body), reservation: digest ?? '' })
  }
  return found
}

/** What all charges cost together, in millionths of epsilon, and what is wrong with the ledger, if anything is. */
export async function chargedOf(
  reader: LogReader,
): Promise<{ readonly microEpsilon: number; readonly problem: string | undefined }> {
  const entries = await publicLedger(reader)
  const reading = addUpLedger(entries)
  const costs = entries.map((one) => (one.kind === 'budget.charged' ? one.charge.microEpsilon : 0))
  return {
    microEpsilon: costs.reduce((sum, cost) => sum + cost, 0),
    problem: reading.ok ? undefined : reading.problem,
  }
}
