import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import {
  addUpLedger,
  budgetSchema,
  chargeSchema,
  type LedgerEntry,
} from '../../../src/population/index.ts'

const opening = z.object({
  index: z.int(),
  record: z.object({
    kind: z.string(),
    name: z.string().nullable(),
    digest: z.string().nullable(),
    body: z.unknown(),
  }),
})

function entryOf({ record }: z.infer<typeof opening>): LedgerEntry | undefined {
  const { kind, body, digest } = record
  if (kind === 'budget.opened' || kind === 'budget.renewed')
    return { kind, budget: budgetSchema.parse(body) }
  if (kind !== 'budget.charged') return undefined
  return { kind, charge: chargeSchema.parse(body), reservation: digest ?? '' }
}

/** What anybody reads in the published folder of a log about one population, in the log's order. */
export function publicLedger(logFolder: string, population: string): readonly LedgerEntry[] {
  const folder = join(logFolder, 'governance')
  return readdirSync(folder)
    .map((name) => opening.parse(JSON.parse(readFileSync(join(folder, name), 'utf8'))))
    .toSorted((a, b) => a.index - b.index)
    .filter(({ record }) => record.name === population)
    .flatMap((one) => entryOf(one) ?? [])
}

/** How the published ledger of a population adds up, by entries alone. */
export function addUpPublic(logFolder: string, population: string): ReturnType<typeof addUpLedger> {
  return addUpLedger(publicLedger(logFolder, population))
}
