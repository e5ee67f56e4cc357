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
import { keepsLists } from './organisation-name.ts'

/** Whether one organisation has shown all entries about the person. */
export interface ChainFinding extends CheckFinding {
  readonly organisation: string
  /** None before this is missing, milliseconds since the epoch; where it holds. */
  readonly upToMs?: number
  /** None of the first `size` entries of the log `origin` is missing, nor of the logs before it; where it holds. */
  readonly upToEntry?: { readonly origin: string; readonly size: number }
}

/** What a check of the chains found. */
export interface ChainFindings {
  /** In the order of the evidence's chains. */
  readonly chains: readonly ChainFinding[]
  /** Organisations of which nothing shows whether entries are missing, in the order of their names. */
  readonly unshown: readonly string[]
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
  const { upToMs, size } = verdict
  const upToEntry = { origin: chain.epoch.origin, size }
  return { organisation, state: 'holds', reason: 'all entries', upToMs, upToEntry }
}

/** Whether the chains are about one person: under one scheme they name one. */
function areOfOnePerson(chains: readonly SubjectChain[]): boolean {
  const values = new Map(chains.map(({ subject }) => [subject.scheme, subject.value]))
  return chains.every(({ subject }) => values.get(subject.scheme) === subject.value)
}

/** How an organisation is named, as far as anything else could be meant to mislead a reader. */
const organisationName = /^[a-z0-9-]{1,63}$/

/**
 * Whoever may have entries about the person, as far as keys and evidence tell, and shows no chain. The keys come
 * first: a file from which an organisation was left out altogether does not name it.
 */
function unshownBy({ heads, disclosures, chains }: Evidence, policy: Policy): readonly string[] {
  const origins = [
    ...policy.logs.map(({ key }) => key.name),
    ...disclosures.map((one) => one.origin),
  ]
  const named = [
    ...origins.map((origin) => origin.split('.', 1)[0] ?? ''),
    ...heads.map(({ organisation }) => organisation),
    ...disclosures.flatMap((one) =>
      one.outcome === 'sealed' ? [one.consumer] : [one.consumer, one.provider],
    ),
  ]
  const shown = new Set(chains.map(({ organisation }) => organisation))
  return [...new Set(named)]
    .filter((name) => organisationName.test(name) && keepsLists(name) && !shown.has(name))
    .toSorted()
}

/**
 * Checks, for each organisation, that the entries about the person are all, and that all are shown; and names those
 * that show nothing of the kind.
 */
export function checkChainEvidence(
  evidence: Evidence,
  policy: Policy,
  ed25519: Ed25519,
): ChainFindings {
  const judge = entryJudge({ policy, ed25519 })
  const isOfOne = areOfOnePerson(evidence.chains)
  const chains = evidence.chains.map((chain): ChainFinding =>
    isOfOne
      ? checkChain(chain, evidence, judge)
      : { organisation: chain.organisation, state: 'fails', reason: 'SUBJECTS_DIFFER' },
  )
  return { chains, unshown: unshownBy(evidence, policy) }
}
