import { encodeHex } from '../../../bytes/index.ts'
import { sha256 } from '../../../crypto/index.ts'
import { JoinError } from '../join-error.ts'
import {
  type Commit,
  type Evidence,
  evidenceSchema,
  type JoinResult,
  readMessage,
} from '../messages/index.ts'
import { type JoinPlan, planHash, type Side } from '../plan/index.ts'
import { readResult } from '../steps/check-result.ts'
import { readCommit } from '../steps/take-commit.ts'
import type { AuditShares } from './audit-draw.ts'
import type { InspectorState } from './inspector-state.ts'
import type { PartyFinding } from './join-finding.ts'

/** Who shows evidence, in this order. */
export const showingParties = ['left', 'right', 'tally'] as const

/** What at least two of the three show alike of a run: what it is judged by. */
export interface AgreedRun {
  readonly commits: Readonly<Record<Side, Commit>>
  readonly result: JoinResult
  /** Of the messages' bytes. */
  readonly digests: {
    readonly left: Uint8Array
    readonly right: Uint8Array
    readonly result: Uint8Array
  }
}

/** What evidence comes to: a run to be judged by, where there is one, and what was found on the way. */
export interface EvidenceReading {
  readonly run: AgreedRun | undefined
  readonly shares: AuditShares
  readonly findings: readonly PartyFinding[]
}

type Shown = Evidence | PartyFinding['code']

/** Holds what the three show against each other. */
export function agreeEvidence(state: InspectorState): EvidenceReading {
  const shown = showingParties.map((party) => ({ party, shown: shownBy(state, party) }))
  const good = shown.flatMap(({ party, shown: one }) =>
    typeof one === 'string' ? [] : [{ party, one, name: nameOf(one) }],
  )
  const names = good.map(({ name }) => name)
  const agreed = names.find((name) => names.filter((other) => other === name).length > 1)
  const first = good.find(({ name }) => name === agreed)?.one
  const missing = shown.flatMap(({ party, shown: one }) =>
    typeof one === 'string' ? [{ party, code: one, at: null }] : [],
  )
  const contradicting = good
    .filter(({ name }) => name !== agreed)
    .map(({ party }) => ({
      party: agreed === undefined ? null : party,
      code: 'EVIDENCE_CONTRADICTS' as const,
      at: null,
    }))
  const shareOf = (party: Side | 'tally'): Uint8Array | undefined =>
    good.find((one) => one.party === party)?.one.share
  return {
    run: first && agreedRun(state.plan, first),
    shares: { left: shareOf('left'), right: shareOf('right'), tally: shareOf('tally') },
    findings: [...missing, ...(agreed === undefined ? contradicting.slice(0, 1) : contradicting)],
  }
}

function shownBy({ plan, taken }: InspectorState, party: Side | 'tally'): Shown {
  const bytes = taken[`${party}.evidence`]
  if (bytes === undefined) return 'EVIDENCE_MISSING'
  try {
    const evidence = readMessage(evidenceSchema, bytes, planHash(plan))
    if (evidence.party !== party) return 'ANSWER_MALFORMED'
    agreedRun(plan, evidence)
    return evidence
  } catch (cause) {
    if (cause instanceof JoinError) return 'ANSWER_MALFORMED'
    throw cause
  }
}

function nameOf({ commits, result }: Evidence): string {
  return [commits.left, commits.right, result].map((bytes) => encodeHex(sha256(bytes))).join(' ')
}

/** @throws {@link JoinError} for messages that are none of the plan */
function agreedRun(plan: JoinPlan, { commits, result }: Evidence): AgreedRun {
  return {
    commits: {
      left: readCommit(plan, 'left', commits.left),
      right: readCommit(plan, 'right', commits.right),
    },
    result: readResult(plan, result),
    digests: {
      left: sha256(commits.left),
      right: sha256(commits.right),
      result: sha256(result),
    },
  }
}
