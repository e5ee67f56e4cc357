import type { SignatureAlgorithms } from '../cosignature.ts'
import { parseCheckpoint } from '../checkpoint.ts'
import { LogError } from '../log-error.ts'
import type { LogErrorCode } from '../log-error.ts'
import type { LogSource } from '../log-source.ts'
import { parseNote } from '../note.ts'
import { openCheckpoint } from '../open-note.ts'
import type { OpenedCheckpoint } from '../open-note.ts'
import { quorumMet } from '../policy.ts'
import type { Policy } from '../policy.ts'
import { distinctKeys } from '../verifier-key.ts'
import type { VerifierKey } from '../verifier-key.ts'
import type { ProblemCode, ProblemList } from './log-problem.ts'

/** Whom a checkpoint must satisfy. */
export interface HeadRules extends SignatureAlgorithms {
  /** Keys of logs and witnesses. Those of the policy are known besides. */
  readonly keys: readonly VerifierKey[]
  readonly policy: Policy
  /** When given, the only origin that is accepted; else any whose key is known. */
  readonly origin?: string
  /**
   * Folder mode: every line of the checkpoint is by a configured key, each once. Without it, lines
   * of unknown keys are ignored, as the specifications let readers do.
   */
  readonly strict: boolean
}

const FILE = 'checkpoint'
const MAX_BYTES = 1_000_000

const FAULTS: Readonly<Partial<Record<LogErrorCode, ProblemCode>>> = {
  NOTE_MALFORMED: 'CHECKPOINT_MALFORMED',
  CHECKPOINT_MALFORMED: 'CHECKPOINT_MALFORMED',
  SIZE_UNSUPPORTED: 'CHECKPOINT_MALFORMED',
  EXTENSION_REFUSED: 'CHECKPOINT_MALFORMED',
  NOTE_UNSIGNED: 'CHECKPOINT_UNSIGNED',
  SIGNATURE_INVALID: 'CHECKPOINT_SIGNATURE',
}

/**
 * Reads and verifies the published checkpoint. `undefined`, with a problem reported, when it says
 * nothing that the log signed: then there is no tree to compare the files with.
 *
 * @throws {@link LogError} `KEY_AMBIGUOUS`, `ALGORITHM_MISSING`: faults of the rules, not of the log
 */
export async function readHead(
  source: LogSource,
  rules: HeadRules,
  problems: ProblemList,
): Promise<OpenedCheckpoint | undefined> {
  const bytes = await source.read(FILE, MAX_BYTES)
  if (bytes === undefined) {
    problems.add({ code: 'CHECKPOINT_MISSING', file: FILE })
    return undefined
  }
  try {
    const { origin } = parseCheckpoint(parseNote(bytes).text)
    const log = keysOfLog(origin, rules)
    if (log.length === 0) {
      problems.add({ code: 'CHECKPOINT_ORIGIN', file: FILE })
      return undefined
    }
    const opened = openCheckpoint(bytes, { ...rules, log, witnesses: witnessesOf(origin, rules) })
    judge(opened, rules, problems)
    return opened
  } catch (cause) {
    const code = cause instanceof LogError ? FAULTS[cause.code] : undefined
    if (code === undefined) throw cause
    problems.add({ code, file: FILE })
    return undefined
  }
}

/** The known keys of the log that the checkpoint claims to be of, if that log is accepted. */
function keysOfLog(origin: string, rules: HeadRules): readonly VerifierKey[] {
  if (rules.origin !== undefined && rules.origin !== origin) return []
  const known = [...rules.keys, ...rules.policy.logs.map(({ key }) => key)]
  return distinctKeys(known).filter(({ name, type }) => name === origin && type !== 4)
}

function witnessesOf(origin: string, { keys, policy }: HeadRules): readonly VerifierKey[] {
  const known = [...keys, ...policy.witnesses.map(({ key }) => key)]
  return distinctKeys(known).filter(({ name, type }) => type !== 1 && name !== origin)
}

function judge(opened: OpenedCheckpoint, rules: HeadRules, problems: ProblemList): void {
  const { unknown, repeated, cosignatures } = opened
  if (rules.strict && unknown.length > 0) problems.add({ code: 'CHECKPOINT_SIGNER', file: FILE })
  if (rules.strict && repeated > 0) {
    problems.add({ code: 'CHECKPOINT_REPEATED_SIGNER', file: FILE })
  }
  const cosigners = cosignatures.map(({ key }) => key)
  if (!quorumMet(rules.policy, cosigners)) problems.add({ code: 'QUORUM_NOT_MET', file: FILE })
}
