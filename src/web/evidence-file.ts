import * as z from 'zod'
import type { Evidence } from './evidence.ts'

const text = z.string().max(1_100_000)
const name = z.string().max(300)
const count = z.int().nonnegative()

const disclosureSchema = z.strictObject({
  atMs: count,
  consumer: name,
  provider: name,
  purpose: name,
  legalBasis: z.array(name).max(20),
  elements: z.array(name).max(256),
  outcome: z.enum(['permit', 'deny']),
  code: name.nullable(),
  entryIndex: count,
  origin: name,
  leaf: name,
  r: name,
  record: z.string().max(65_536),
  proof: text,
  consistency: z.array(name).max(128).nullable(),
})

const evidenceSchema = z.strictObject({
  kind: z.literal('cloison/evidence'),
  v: z.literal(1),
  madeAtMs: count,
  vkeys: text,
  policy: text,
  heads: z.array(z.strictObject({ organisation: name, origin: name, checkpoint: text })).max(100),
  disclosures: z.array(disclosureSchema).max(10_000),
})

/**
 * Reads an evidence file; `undefined` when the text is anything else. The shape alone is checked:
 * what it proves, `checkEvidence` says.
 */
export function parseEvidence(json: string): Evidence | undefined {
  try {
    const result = evidenceSchema.safeParse(JSON.parse(json))
    return result.success ? result.data : undefined
  } catch (cause) {
    if (cause instanceof SyntaxError) return undefined
    throw cause
  }
}
