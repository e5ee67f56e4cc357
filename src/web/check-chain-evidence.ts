import type { Ed25519 } from '../crypto/index.ts'
import {
  describeSubjectProblem,
  type EntryJudge,
  entryJudge,
  type Policy,
  type SubjectChain,
  verifySubjectChain,
  type WholeChain,
} from '../log/verify/index.ts'
import type { CheckFinding } from './check-evidence.ts'
import type { Evidence } from './evidence.ts'

/** Whether one organisation has shown all entries about the person. */
export interface ChainFinding extends CheckFinding {
  readonly organisation: string
  /** None before this is missing, milliseconds since the epoch; where it holds. */
  readonly upToMs?: number
}

/** What a page shows as a question that was answered or refused. */
const shownKinds: ReadonlySet<string> = new Set(['person.answered', 'person.denied'])

/** Whether every question of the chain that the epoch covers is among those that are shown. */
function isShown(chain: SubjectChain, whole: WholeChain, { disclosures }: Evidence): boolean {
  const shown = new Set(disclosures.map(({ leaf }) => leaf))
  const covered = chain.links.slice(0, chain.links.length - whole.newer)
  return covered.every(({ entry }, place) => {
    const record = whole.records[place]
    // Of a sealed exchange the provider's entry is the one that a page shows.
    if (entry.sealed !== undefined)
      return entry.sealed.consumer === chain.organisation || shown.has(entry.leaf)
    return record === undefined || !shownKinds.has(record.kind) || shown.has(entry.leaf)
  })
}

function checkChain(chain: SubjectChain, evidence: Evidence, judge: EntryJudge): ChainFinding {
  const { organisation } = chain
  const verdict = verifySubjectChain(chain, judge)
  if (!verdict.ok) {
    const state = verdict.code === 'QUORUM_NOT_MET' ? 'waits' : 'fails'
    return { organisation, state, reason: verdict.code, detail: describeSubjectProblem(verdict) }
  }
  if (!isShown(chain, verdict, evidence))
    return { organisation, state: 'fails', reason: 'SHOWN_INCOMPLETE' }
  return { organisation, state: 'holds', reason: 'all entries', upToMs: verdict.upToMs }
}

/** Checks, for each organisation, that the entries about the person are all, and that all are shown. */
export function checkChainEvidence(
  evidence: Evidence,
  policy: Policy,
  ed25519: Ed25519,
): readonly ChainFinding[] {
  const judge = entryJudge({ policy, ed25519 })
  return evidence.chains.map((chain) => checkChain(chain, evidence, judge))
}
