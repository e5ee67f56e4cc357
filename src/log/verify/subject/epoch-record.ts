import * as z from 'zod'
import type { GovernanceRecord } from '../../entry/index.ts'

/** What an entry `epoch.closed` says. */
export interface ClosedEpoch {
  readonly organisation: string
  readonly epoch: number
  readonly size: number
  readonly periodMs: number
  /** Base64, 32 bytes, each. */
  readonly root: string
  readonly vrfKey: string
  readonly atMs: number
}

const base64Of32 = /^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/

const body = z.strictObject({
  epoch: z.int().nonnegative(),
  periodMs: z.int().positive(),
  size: z.int().nonnegative(),
  vrf: z.literal('ECVRF-EDWARDS25519-SHA512-ELL2'),
  vrfKey: z.string().regex(base64Of32),
})

/** Reads a governance record as a closed epoch; `undefined` for any other. */
export function readClosedEpoch(record: GovernanceRecord): ClosedEpoch | undefined {
  const { kind, digest, name, organisation, timeMs } = record
  const parsed = body.safeParse(record.body)
  if (kind !== 'epoch.closed' || digest === null || !parsed.success) return undefined
  const { epoch, size, periodMs, vrfKey } = parsed.data
  if (name !== String(epoch)) return undefined
  return { organisation, epoch, size, periodMs, root: digest, vrfKey, atMs: timeMs }
}
