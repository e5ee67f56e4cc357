import * as z from 'zod'
import { subjectChainSchema } from '../log/verify/index.ts'
import type { Evidence } from './evidence.ts'

const text = z.string().max(1_100_000)
const name = z.string().max(300)
const count = z.int().nonnegative()

const told = {
  atMs: count,
  consumer: name,
  purpose: name,
  legalBasis: z.array(name).max(20),
  entryIndex: count,
  origin: name,
  leaf: name,
  proof: text,
  consistency: z.array(name).max(128).nullable(),
}

const disclosureSchema = z.discriminatedUnion('outcome', [
  z.strictObject({
    ...told,
    provider: name,
    elements: z.array(name).max(256),
    outcome: z.enum(['permit', 'deny']),
    code: name.nullable(),
    r: name,
    record: z.string().max(65_536),
  }),
  z.strictObject({ ...told, outcome: z.literal('sealed') }),
])

const shape = {
  kind: z.literal('cloison/evidence'),
  madeAtMs: count,
  vkeys: text,
  policy: text,
  heads: z.array(z.strictObject({ organisation: name, origin: name, checkpoint: text })).max(100),
  disclosures: z.array(disclosureSchema).max(10_000),
}

const evidenceSchema = z.discriminatedUnion('v', [
  z.strictObject({ ...shape, v: z.literal(1) }),
  z.strictObject({ ...shape, v: z.literal(2), chains: z.array(subjectChainSchema).max(100) }),
])

/** A file from before there were epochs has no chains; what it does prove stays proven. */
function ofThisVersion(read: z.infer<typeof evidenceSchema>): Evidence {
  return read.v === 2 ? read : { ...read, v: 2, chains: [] }
}

/**
 * Reads an evidence file; `undefined` when the text is anything else. The shape alone is checked:
 * what it proves, `checkEvidence` says.
 */
export function parseEvidence(json: string): Evidence | undefined {
  try {
    const result = evidenceSchema.safeParse(JSON.parse(json))
    return result.success ? ofThisVersion(result.data) : undefined
  } catch (cause) {
    if (cause instanceof SyntaxError) return undefined
    throw cause
  }
}
