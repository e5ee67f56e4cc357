import { decodeUtf8, encodeBase64 } from '../../bytes/index.ts'
import type {
  BatchContext,
  CommittedProofs,
  ExchangeRecord,
  PreparedEntry,
} from '../../log/index.ts'
import type { LoggedEntry } from '../../protocol/index.ts'
import type { EntryParties } from './population-intents.ts'

/** What an entry says besides who asks what. */
export type Outcome = Pick<ExchangeRecord, 'kind' | 'outcome' | 'code' | 'resultDigest' | 'peer'>

/** Adds the entry of one step of an exchange about a population. */
export function addPopulationEntry(
  batch: BatchContext,
  { parties, provider }: { readonly parties: EntryParties; readonly provider: string },
  outcome: Outcome,
): PreparedEntry {
  return batch.add({
    v: 1,
    class: 'exchange',
    timeMs: batch.timeMs,
    exchangeId: parties.exchangeId,
    consumer: parties.consumer,
    provider,
    agreement: parties.agreement,
    purpose: parties.purpose,
    legalBasis: parties.legalBasis,
    elements: parties.elements,
    cap: null,
    official: parties.analyst,
    case: null,
    consent: null,
    notice: null,
    noticeUntilMs: null,
    questionDigest: parties.query,
    chain: null,
    ...outcome,
  })
}

/** The entry with its opening and its receipt, for the organisation that asks. It has no second secret: `s` is zeros. */
export async function loggedEntry(
  entry: PreparedEntry,
  proofs: CommittedProofs,
): Promise<LoggedEntry> {
  return {
    leaf: encodeBase64(entry.leaf),
    opening: {
      r: encodeBase64(entry.r),
      s: encodeBase64(new Uint8Array(32)),
      record: decodeUtf8(entry.recordBytes),
    },
    inclusion: await proofs.inclusion(entry.index),
    consistency: [],
  }
}
