import { parsePolicy, type Policy } from '../policy.ts'
import type { SignatureAlgorithms } from '../cosignature.ts'
import { parseVerifierKeys } from '../verifier-key.ts'
import { LogError } from '../log-error.ts'
import { entryJudge, type EntryFault } from './entry-judge.ts'
import type { ProvenEntry, SubjectFile } from './subject-file.ts'
import {
  type ChainFault,
  type ChainProblem,
  verifySubjectChain,
  type WholeChain,
} from './verify-subject-chain.ts'

/** What a subject file proves, or what is wrong with it. */
export type SubjectVerdict =
  | (WholeChain & { readonly opened: number })
  | ChainProblem
  | {
      readonly ok: false
      readonly code: 'KEYS_UNUSABLE' | 'FILE_MALFORMED'
      readonly entry: undefined
    }

/**
 * Logs and witnesses that count: those of the policy, and the logs of the keys beside it.
 *
 * @throws {@link LogError} for keys or a policy that cannot be read
 */
export function policyWithKeys(policy: string, vkeys: string): Policy {
  const parsed = parsePolicy(policy)
  const named = new Set(parsed.logs.map(({ key }) => `${key.name} ${key.keyId}`))
  const more = parseVerifierKeys(vkeys).filter(
    (key) => key.type === 1 && !named.has(`${key.name} ${key.keyId}`),
  )
  return { ...parsed, logs: [...parsed.logs, ...more.map((key) => ({ key }))] }
}

function faultOf(
  entry: ProvenEntry,
  file: SubjectFile,
  judge: ReturnType<typeof entryJudge>,
): EntryFault | 'RECORD_WRONG' | undefined {
  const verdict = judge(entry)
  if (typeof verdict === 'string') return verdict
  // Sealed, its notice cannot be read: that it has opened is the organisation's word, to its own cost.
  if (entry.sealed !== undefined) return undefined
  const { record } = verdict
  const { organisation } = file.chain
  const isOpened = record?.class === 'exchange' && record.notice === 'withheld'
  if (!isOpened) return 'RECORD_WRONG'
  const isOver = record.noticeUntilMs !== null && record.noticeUntilMs <= file.madeAtMs
  const isOwn = record.consumer === organisation || record.provider === organisation
  return isOver && isOwn ? undefined : 'RECORD_WRONG'
}

/**
 * Verifies a file that a person got: their chain is whole, and each entry whose notice has opened is
 * proven. Never throws on malformed input.
 */
export function verifySubjectFile(
  file: SubjectFile,
  algorithms: SignatureAlgorithms,
): SubjectVerdict {
  let policy: Policy
  try {
    policy = policyWithKeys(file.policy, file.vkeys)
  } catch (cause) {
    if (cause instanceof LogError) return { ok: false, code: 'KEYS_UNUSABLE', entry: undefined }
    throw cause
  }
  const judge = entryJudge({ policy, ...algorithms })
  const verdict = verifySubjectChain(file.chain, judge)
  if (!verdict.ok) return verdict
  for (const entry of file.opened) {
    const code = faultOf(entry, file, judge)
    const { origin, index } = entry
    if (code !== undefined) return { ok: false, code, entry: { origin, index } }
  }
  const opened = file.opened.length
  const sealed = file.opened.filter((entry) => entry.sealed !== undefined).length
  return { ...verdict, opened, sealed: verdict.sealed + sealed }
}

const reasons: Readonly<Record<ChainFault | 'KEYS_UNUSABLE' | 'FILE_MALFORMED', string>> = {
  FILE_MALFORMED: 'the file is not in the form that it says it has',
  KEYS_UNUSABLE: 'the keys or the policy cannot be read',
  ENTRY_MALFORMED: 'is not written as the specification has it',
  ORIGIN_UNKNOWN: 'is of a log whose key is not trusted',
  CHECKPOINT_REFUSED: 'has a receipt whose checkpoint is not signed as it must be',
  QUORUM_NOT_MET: 'has a receipt that too few known witnesses cosigned',
  NOT_INCLUDED: 'is not in the log where its receipt says',
  COMMITMENT_MISMATCH: 'does not say what the log committed to',
  EPOCH_WRONG: 'is not the closed epoch of this organisation',
  EPOCH_OLD: 'closes an epoch that is too old for the checkpoint it is shown under',
  HANDLE_UNPROVEN: 'the handle is not proven to be the only one of this person',
  MAP_WRONG: 'does not agree with the map of the epoch: an entry is missing or was added',
  CHAIN_GAP: 'does not follow the entry before it: one is missing between, or behind it',
  LINK_WRONG: 'is not linked to the entry before it as its record says',
  RECORD_WRONG: 'does not belong to this chain',
}

/** A finding as one plain sentence that names the entry; no personal data. */
export function describeSubjectProblem({
  code,
  entry,
}: Pick<Extract<SubjectVerdict, { ok: false }>, 'code' | 'entry'>): string {
  const reason = reasons[code]
  if (entry === undefined) return `${reason.charAt(0).toUpperCase()}${reason.slice(1)}.`
  return `Entry ${entry.index} of ${entry.origin} ${reason}.`
}
