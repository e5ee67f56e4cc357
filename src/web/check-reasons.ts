import type { BytesErrorCode } from '../bytes/index.ts'
import type { ChainFault, LogErrorCode, OpeningFault, ReceiptFault } from '../log/verify/index.ts'
import type { MessageKey } from './messages/words.ts'

/** What a check found, as a code for experts: of the verifier, of a file that cannot be read, or of this check alone. */
export type CheckReason =
  | 'all hold'
  | 'all entries'
  | 'witnessed'
  | 'signed and witnessed'
  | 'LINK_MISSING'
  | 'HEAD_BEHIND'
  | 'HEAD_MISSING'
  | 'LOG_FORKED'
  | 'INDEX_DIFFERS'
  | 'RECORD_OF_ANOTHER_CLASS'
  | 'SHOWN_DIFFERS_FROM_RECORD'
  | 'SHOWN_INCOMPLETE'
  | 'SUBJECTS_DIFFER'
  | BytesErrorCode
  | ChainFault
  | LogErrorCode
  | OpeningFault
  | ReceiptFault

const unreadable = 'proofReason.unreadable'
const unsigned = 'proofReason.unsigned'
const broken = 'proofReason.broken'
const epoch = 'proofReason.epoch'

const sentences = {
  'all hold': 'proofReason.witnessed',
  'all entries': 'proofReason.whole',
  witnessed: 'proofReason.witnessed',
  'signed and witnessed': 'proofReason.witnessed',
  QUORUM_NOT_MET: 'proofReason.few',
  LINK_MISSING: 'proofReason.unlinked',
  HEAD_BEHIND: 'proofReason.behind',
  HEAD_MISSING: 'proofReason.headless',
  LOG_FORKED: 'proofReason.forked',
  ORIGIN_UNKNOWN: 'proofReason.stranger',
  NOT_INCLUDED: 'proofReason.outside',
  INDEX_DIFFERS: 'proofReason.outside',
  COMMITMENT_MISMATCH: 'proofReason.altered',
  RECORD_OF_ANOTHER_CLASS: 'proofReason.differs',
  SHOWN_DIFFERS_FROM_RECORD: 'proofReason.differs',
  SHOWN_INCOMPLETE: 'proofReason.incomplete',
  SUBJECTS_DIFFER: 'proofReason.mixed',
  EPOCH_WRONG: epoch,
  EPOCH_OLD: epoch,
  HANDLE_UNPROVEN: epoch,
  MAP_WRONG: broken,
  CHAIN_GAP: broken,
  LINK_WRONG: broken,
  RECORD_WRONG: broken,
  ALGORITHM_MISSING: unsigned,
  CHECKPOINT_REFUSED: unsigned,
  KEY_AMBIGUOUS: unsigned,
  KEY_TYPE_UNSUPPORTED: unsigned,
  NOTE_UNSIGNED: unsigned,
  SIGNATURE_INVALID: unsigned,
  BASE64_INVALID: unreadable,
  CHECKPOINT_MALFORMED: unreadable,
  ENTRY_MALFORMED: unreadable,
  EXTENSION_REFUSED: unreadable,
  HEX_INVALID: unreadable,
  JSON_INVALID: unreadable,
  KEY_MALFORMED: unreadable,
  KEY_REFUSED: unreadable,
  LEAF_MALFORMED: unreadable,
  MALFORMED: unreadable,
  NOTE_MALFORMED: unreadable,
  NOT_CANONICAL: unreadable,
  NOT_NFC: unreadable,
  POLICY_MALFORMED: unreadable,
  PROOF_MALFORMED: unreadable,
  RECORD_MALFORMED: unreadable,
  SIZE_UNSUPPORTED: unreadable,
  SOURCE_FAILED: unreadable,
  TOO_DEEP: unreadable,
  TOO_LARGE: unreadable,
  UTF8_INVALID: unreadable,
} as const satisfies Readonly<Record<CheckReason, MessageKey>>

/** The messages that say why a check came out as it did. */
export const reasonKeys: readonly MessageKey[] = [...new Set(Object.values(sentences))]

/**
 * Why a check came out as it did, in the language of `said`, which has the sentences of {@link reasonKeys}; with the
 * code in brackets where something does not hold. `undefined` where a sentence is missing.
 */
export function reasonText(
  reason: CheckReason,
  said: Readonly<Record<string, unknown>>,
): string | undefined {
  const sentence = said[sentences[reason]]
  if (typeof sentence !== 'string') return undefined
  return /^[A-Z]/.test(reason) ? `${sentence} (${reason})` : sentence
}
