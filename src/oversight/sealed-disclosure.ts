import type { EntryPlace, ExchangeRecord } from '../log/index.ts'
import type { SealedFacts } from '../log/verify/index.ts'

/**
 * An entry about a person who appears in another person's case (`spec/bystander.md`): who asked, why, under
 * which law and when, and what proves that it is in the log. Nothing in it opens the entry.
 */
export interface SealedDisclosure extends EntryPlace, SealedFacts {
  /** Base64, 34 bytes. */
  readonly leaf: string
  /** C2SP tlog-proof under the checkpoint that was given; `null` while the entry is not published. */
  readonly proof: string | null
}

/** A line of a sealed entry in a person's list, without proof. */
export interface SealedLine extends EntryPlace, Pick<SealedFacts, 'consumer' | 'timeMs'> {
  /** Whether a published checkpoint covers it. */
  readonly published: boolean
}

/** All that a bystander is told of a record. */
export function sealedFacts({
  consumer,
  legalBasis,
  purpose,
  timeMs,
}: Pick<ExchangeRecord, keyof SealedFacts>): SealedFacts {
  return { consumer, legalBasis, purpose, timeMs }
}
