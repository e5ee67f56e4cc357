import * as z from 'zod'
import { decodeBase64 } from '../../bytes/index.ts'
import { erasureKinds, type ExchangeReader, type GovernanceIntent } from '../../person/index.ts'

const index = z.int().nonnegative()
const act = z.strictObject({
  kind: z.literal(erasureKinds.reconciled),
  /** The other organisation. */
  name: z.string().regex(/^[a-z][a-z0-9-]{1,30}$/),
  /** Digest of the signed statement. */
  digest: z.string().refine(isDigest),
  body: z.strictObject({ log: z.string().min(1).max(200), first: index, last: index }),
})

function isDigest(text: string): boolean {
  try {
    return decodeBase64(text).length === 32
  } catch {
    return false
  }
}

/**
 * The act that says that a reconciliation is signed; `undefined` for anything else, also for one of
 * entries that do not stand yet.
 */
export async function readReconciliation(
  body: unknown,
  reader: ExchangeReader,
): Promise<GovernanceIntent | undefined> {
  const parsed = act.safeParse(body)
  if (!parsed.success) return undefined
  const { kind, name, digest, body: range } = parsed.data
  const { log: origin, first, last } = range
  const size = (await reader.logOf(origin).head())?.size ?? 0
  if (first > last || last >= size) return undefined
  const reconciliation = { origin, peer: name, first, last }
  return {
    type: 'governance',
    kind,
    name,
    digest,
    body: range,
    agreement: undefined,
    reconciliation,
  }
}
