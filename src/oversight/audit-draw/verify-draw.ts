import * as z from 'zod'
import { decodeBase64, equalBytes } from '../../bytes/index.ts'
import type { GovernanceRecord } from '../../log/index.ts'
import { drawCommitment, drawSeed, type DrawTerms } from './draw-seed.ts'
import { sampleEntries } from './sample-entries.ts'

/** A public entry of the log, opened. */
export interface PublicEntry {
  readonly index: number
  readonly record: GovernanceRecord
}

/** A checkpoint that was read from a draw: whether it is the log's, and a quorum's. */
export interface JudgedCheckpoint {
  readonly origin: string
  readonly size: number
  /** The note's text without signatures. */
  readonly text: string
  /** Signed by the log and by a quorum of witnesses, its root that of the first `size` leaves. */
  readonly isGood: boolean
}

/** The log as whoever checks a draw has verified it. */
export interface DrawLog {
  readonly origin: string
  /** All governance entries, ascending. */
  readonly entries: readonly PublicEntry[]
  isExchange(index: number): boolean
  /** `undefined` for text that is no note of a checkpoint. */
  judgeCheckpoint(note: string): JudgedCheckpoint | undefined
}

/** What is wrong with a draw. */
export type DrawFault =
  /** The range reaches behind the commitment, or the entry is in another form. */
  | 'TERMS_WRONG'
  /** The first checkpoint fixed for it is not a cosigned one that covers the commitment. */
  | 'CHECKPOINT_WRONG'
  /** The nonce does not give the commitment, or was known before the checkpoint was fixed. */
  | 'NONCE_WRONG'

/** How far a draw is, as anybody can tell from the public log. */
export type DrawVerdict =
  | { readonly state: 'committed'; readonly index: number; readonly terms: DrawTerms }
  | { readonly state: 'fixed'; readonly index: number; readonly terms: DrawTerms }
  | {
      readonly state: 'drawn'
      readonly index: number
      readonly terms: DrawTerms
      /** The entries that the inspector must be shown. */
      readonly drawn: readonly number[]
    }
  | { readonly state: 'void'; readonly index: number; readonly fault: DrawFault }

const count = z.int().nonnegative()
const termsBody = z.strictObject({ count: z.int().positive(), first: count, last: count })
const fixedBody = z.strictObject({ checkpoint: z.string() })
const revealedBody = z.strictObject({ nonce: z.string() })

function firstStep(log: DrawLog, kind: string, index: number): PublicEntry | undefined {
  return log.entries.find(
    (entry) =>
      entry.index > index && entry.record.kind === kind && entry.record.name === String(index),
  )
}

function termsOf({ index, record }: PublicEntry, { origin }: DrawLog): DrawTerms | undefined {
  const body = termsBody.safeParse(record.body)
  if (!body.success || record.name === null) return undefined
  const { first, last } = body.data
  if (first >= last || last > index) return undefined
  return { ...body.data, inspector: record.name, log: origin }
}

/** The text that the seed is made of: of a good checkpoint that came after the commitment and before the fixing. */
function fixedText(fixed: PublicEntry, committed: PublicEntry, log: DrawLog): string | undefined {
  const body = fixedBody.safeParse(fixed.record.body)
  const judged = body.success ? log.judgeCheckpoint(body.data.checkpoint) : undefined
  const isBetween =
    judged !== undefined && judged.size > committed.index && judged.size <= fixed.index
  return isBetween && judged.isGood && judged.origin === log.origin ? judged.text : undefined
}

function nonceOf(revealed: PublicEntry): Uint8Array | undefined {
  const body = revealedBody.safeParse(revealed.record.body)
  try {
    const bytes = body.success ? decodeBase64(body.data.nonce) : undefined
    return bytes?.length === 32 ? bytes : undefined
  } catch {
    return undefined
  }
}

function opens(nonce: Uint8Array, terms: DrawTerms, { record }: PublicEntry): boolean {
  if (record.digest === null) return false
  return equalBytes(drawCommitment(nonce, terms), decodeBase64(record.digest))
}

function judge(committed: PublicEntry, log: DrawLog): DrawVerdict {
  const { index } = committed
  const voided = (fault: DrawFault): DrawVerdict => ({ state: 'void', index, fault })
  const terms = termsOf(committed, log)
  if (terms === undefined) return voided('TERMS_WRONG')
  const fixed = firstStep(log, 'audit.fixed', index)
  const revealed = firstStep(log, 'audit.revealed', index)
  if (fixed === undefined)
    return revealed === undefined ? { state: 'committed', index, terms } : voided('NONCE_WRONG')
  // The first one counts, so that nobody can choose among several.
  const text = fixedText(fixed, committed, log)
  if (text === undefined) return voided('CHECKPOINT_WRONG')
  if (revealed === undefined) return { state: 'fixed', index, terms }
  const nonce = nonceOf(revealed)
  const isGood = nonce !== undefined && revealed.index > fixed.index
  if (!isGood || !opens(nonce, terms, committed)) return voided('NONCE_WRONG')
  const seed = drawSeed(text, nonce)
  const drawn = sampleEntries(seed, terms, (one) => log.isExchange(one))
  return { state: 'drawn', index, terms, drawn }
}

/** Every draw of a log, in the order of their commitments; computed from the public log alone. */
export function verifyDraws(log: DrawLog): readonly DrawVerdict[] {
  return log.entries
    .filter(({ record }) => record.kind === 'audit.committed')
    .map((committed) => judge(committed, log))
}
