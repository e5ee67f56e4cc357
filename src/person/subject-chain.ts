import { encodeBase64 } from '../bytes/index.ts'
import {
  type BatchContext,
  chainLink,
  commitmentText,
  type EntryMarks,
  type ExchangeRecord,
  type PreparedEntry,
} from '../log/index.ts'
import type { Randomness } from '../ports/index.ts'
import type { ChainName } from './chain-store.ts'
import type { ExchangeTransaction } from './exchange-store.ts'

/** An exchange record without what only the commit knows: its time and its link in the chain. */
export type UnchainedRecord = Omit<ExchangeRecord, 'v' | 'class' | 'timeMs' | 'chain'>

/** The chain that an entry belongs to. */
export function chainOf({ notice }: Pick<ExchangeRecord, 'notice'>): ChainName {
  return notice === 'withheld' ? 'withheld' : 'open'
}

/** What adding a chained entry needs. */
export interface ChainDeps {
  readonly randomness: Randomness
}

/**
 * Adds an entry about one subject and links it to the subject's previous one, so that nobody can
 * leave one out unnoticed. The link is blinded by 32 random bytes of its own, kept apart from the
 * entry's secret.
 *
 * @param s the entry's second secret, 32 bytes; salts its result and case digests
 */
export async function addChainedEntry(
  tx: ExchangeTransaction,
  batch: BatchContext,
  entry: {
    readonly record: UnchainedRecord
    readonly subjectHandle: string
    readonly s: Uint8Array
    readonly marks?: EntryMarks | undefined
  },
  { randomness }: ChainDeps,
): Promise<PreparedEntry> {
  const { subjectHandle, s, marks } = entry
  const chain = chainOf(entry.record)
  const end = await tx.chainEnd(subjectHandle, chain)
  const c = randomness.bytes(32)
  const seq = end === undefined ? 0 : end.seq + 1
  const prev = end?.commitment
  const link = chainLink(c, { chain, seq, prev: prev ?? null })
  const record: ExchangeRecord = {
    ...entry.record,
    v: 1,
    class: 'exchange',
    timeMs: batch.timeMs,
    chain: encodeBase64(link),
  }
  const prepared = batch.add(record, s, marks)
  const commitment = commitmentText(prepared)
  const { origin, index } = prepared
  const place = { origin, index }
  await tx.saveChain({ place, subjectHandle, chain, seq, commitment, prev, c })
  return prepared
}
