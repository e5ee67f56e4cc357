import { BytesError, decodeBase64, readCanonicalJson, utf8 } from '../bytes/index.ts'
import type { Ed25519 } from '../crypto/index.ts'
import {
  LogError,
  openCheckpoint,
  openEntry,
  parsePolicy,
  parseVerifierKeys,
  quorumMet,
  verifyConsistency,
  verifyReceipt,
} from '../log/verify/index.ts'
import type { Checkpoint, Policy, VerifierKey } from '../log/verify/index.ts'
import { type ChainFinding, checkChainEvidence } from './check-chain-evidence.ts'
import type { CheckReason } from './check-reasons.ts'
import type { Evidence, EvidenceDisclosure, OpenEvidence } from './evidence.ts'

/** `waits`: right as far as it goes, but no witnessed head covers it yet. */
export type CheckState = 'holds' | 'fails' | 'waits'

/** What a check found; `reason` and `detail`, a sentence in English, are for experts and hold no personal data. */
export interface CheckFinding {
  readonly state: CheckState
  readonly reason: CheckReason
  readonly detail?: string
}

/** What the evidence proves. */
export interface EvidenceReport extends CheckFinding {
  readonly heads: readonly (CheckFinding & { readonly organisation: string })[]
  /** In the order of the evidence's disclosures. */
  readonly receipts: readonly CheckFinding[]
  /** How many of these are sealed for the sake of another person: in the log, and told of by word alone. */
  readonly sealed: number
  /** For each organisation that proves it: whether the entries about the person are all. */
  readonly chains: readonly ChainFinding[]
  /** Organisations of which nothing shows whether entries about the person are missing. */
  readonly unshown: readonly string[]
}

/** Whether evidence that holds also shows that nothing is missing, for every organisation there is. */
export function showsAll({ state, chains, unshown }: EvidenceReport): boolean {
  return state === 'holds' && chains.length > 0 && unshown.length === 0
}

interface Judge {
  readonly policy: Policy
  readonly keys: readonly VerifierKey[]
  readonly ed25519: Ed25519
}

type OpenedHead = CheckFinding & { readonly organisation: string; readonly checkpoint?: Checkpoint }

const fails = (reason: CheckReason): CheckFinding => ({ state: 'fails', reason })

/** Runs a check; malformed evidence is a finding, anything else a bug and thrown on. */
function attempt<Finding extends CheckFinding>(check: () => Finding): Finding | CheckFinding {
  try {
    return check()
  } catch (cause) {
    if (cause instanceof LogError) return fails(cause.code)
    if (cause instanceof BytesError) return fails(cause.code)
    throw cause
  }
}

function judgeOf({ vkeys, policy }: Evidence, ed25519: Ed25519): Judge {
  const keys = parseVerifierKeys(vkeys)
  const parsed = parsePolicy(policy)
  const named = new Set(parsed.logs.map(({ key }) => `${key.name} ${key.keyId}`))
  const more = keys.filter((key) => key.type === 1 && !named.has(`${key.name} ${key.keyId}`))
  const logs = [...parsed.logs, ...more.map((key) => ({ key }))]
  return { policy: { ...parsed, logs }, keys, ed25519 }
}

function checkHead(head: Evidence['heads'][number], judge: Judge): OpenedHead {
  const { organisation, origin } = head
  const { policy, ed25519 } = judge
  const finding = attempt(() => {
    const log = policy.logs.map(({ key }) => key).filter(({ name }) => name === origin)
    const witnesses = policy.witnesses.map(({ key }) => key)
    const opened = openCheckpoint(head.checkpoint, { log, witnesses, ed25519 })
    if (opened.checkpoint.origin !== origin) return fails('ORIGIN_UNKNOWN')
    const cosigners = opened.cosignatures.map(({ key }) => key)
    const witnessed = quorumMet(policy, cosigners)
    const state: CheckState = witnessed ? 'holds' : 'waits'
    const reason: CheckReason = witnessed ? 'signed and witnessed' : 'QUORUM_NOT_MET'
    return { state, reason, checkpoint: opened.checkpoint }
  })
  return { organisation, ...finding }
}

/** How what is shown about an entry departs from the record that opens its leaf, if it does. */
function differenceFromRecord(shown: OpenEvidence): CheckFinding | undefined {
  const leaf = decodeBase64(shown.leaf)
  const record = readCanonicalJson(utf8(shown.record))
  const opened = openEntry(leaf, { r: decodeBase64(shown.r), record })
  if (!opened.ok) return fails(opened.code)
  if (opened.record.class !== 'exchange') return fails('RECORD_OF_ANOTHER_CLASS')
  const { timeMs, consumer, provider, purpose, legalBasis, elements, outcome, code } = opened.record
  const same =
    timeMs === shown.atMs &&
    consumer === shown.consumer &&
    provider === shown.provider &&
    purpose === shown.purpose &&
    (legalBasis === null || shown.legalBasis.includes(legalBasis)) &&
    elements.join('\n') === shown.elements.join('\n') &&
    outcome === shown.outcome &&
    code === shown.code
  return same ? undefined : fails('SHOWN_DIFFERS_FROM_RECORD')
}

/** Whether the receipt's tree and the head's are one log, and whether the head covers the entry. */
function joinToHead(
  receipt: Checkpoint,
  head: Checkpoint,
  shown: EvidenceDisclosure,
): CheckFinding {
  if (shown.consistency === null) return { state: 'waits', reason: 'LINK_MISSING' }
  const [early, late] = receipt.size <= head.size ? [receipt, head] : [head, receipt]
  const joined = verifyConsistency({
    from: early.size,
    fromRoot: early.root,
    to: late.size,
    toRoot: late.root,
    proof: shown.consistency.map(decodeBase64),
  })
  if (!joined) return fails('LOG_FORKED')
  return receipt.size <= head.size
    ? { state: 'holds', reason: 'witnessed' }
    : { state: 'waits', reason: 'HEAD_BEHIND' }
}

function checkReceipt(
  shown: EvidenceDisclosure,
  judge: Judge,
  heads: readonly OpenedHead[],
): CheckFinding {
  // Nothing opens a sealed one, so nothing but its place can be checked.
  const differs = shown.outcome === 'sealed' ? undefined : differenceFromRecord(shown)
  if (differs !== undefined) return differs
  const { policy, ed25519 } = judge
  const verdict = verifyReceipt({
    proof: shown.proof,
    leaf: decodeBase64(shown.leaf),
    policy: { ...policy, quorum: { kind: 'none' } },
    origin: shown.origin,
    ed25519,
  })
  if (!verdict.ok) return fails(verdict.code)
  if (verdict.index !== shown.entryIndex) return fails('INDEX_DIFFERS')
  const cosigners = verdict.cosignatures.map(({ key }) => key)
  const ownQuorum = quorumMet(policy, cosigners)
  const head = heads.find(({ checkpoint }) => checkpoint?.origin === shown.origin)
  if (head?.checkpoint === undefined) {
    return ownQuorum ? { state: 'holds', reason: 'witnessed' } : fails('HEAD_MISSING')
  }
  const link = joinToHead(verdict.checkpoint, head.checkpoint, shown)
  if (link.state === 'fails') return link
  if (ownQuorum) return { state: 'holds', reason: 'witnessed' }
  return link.state === 'holds' && head.state !== 'holds' ? { ...head } : link
}

function worst(findings: readonly CheckFinding[]): CheckFinding {
  return (
    findings.find(({ state }) => state === 'fails') ??
    findings.find(({ state }) => state === 'waits') ?? { state: 'holds', reason: 'all hold' }
  )
}

/**
 * Checks evidence with nothing but what is in it: each record opens its leaf and says what is
 * shown, each leaf is in a tree that its log signed, that tree and the published head are one log,
 * witnesses cosigned the head, and, for each organisation that shows it, no entry about the person is missing. That
 * everything holds says nothing about the organisations in `unshown`. Whose keys count is in the evidence too: compare
 * them with those you got elsewhere.
 */
export function checkEvidence(evidence: Evidence, ed25519: Ed25519): EvidenceReport {
  const judge = attempt(() => ({
    state: 'holds' as const,
    reason: 'all hold' as const,
    ...judgeOf(evidence, ed25519),
  }))
  if (!('policy' in judge))
    return { ...judge, heads: [], receipts: [], sealed: 0, chains: [], unshown: [] }
  const heads = evidence.heads.map((head) => checkHead(head, judge))
  const receipts = evidence.disclosures.map((shown) =>
    attempt(() => checkReceipt(shown, judge, heads)),
  )
  const reported = heads.map(({ organisation, state, reason }) => ({ organisation, state, reason }))
  const { chains, unshown } = checkChainEvidence(evidence, judge.policy, ed25519)
  const sealed = evidence.disclosures.filter(({ outcome }) => outcome === 'sealed').length
  const verdict = worst([...reported, ...receipts, ...chains])
  return { ...verdict, heads: reported, receipts, sealed, chains, unshown }
}
