import { encodeBase64Url, utf8 } from '../../bytes/index.ts'
import { hmacSha256 } from '../../crypto/index.ts'
import {
  type ExchangeGroup,
  isLost,
  isOnlyRepeats,
  isOver,
  isRefusedHere,
  judgeGroup,
} from './exchange-group.ts'
import type { ExchangeStep } from './exchange-step.ts'
import type { Gap, GapKind } from './gap.ts'
import type { Finding, JudgingRules } from './judged.ts'
import {
  mostNamedGaps,
  type ReconciledPair,
  type ReconciliationCounts,
} from './reconciliation-report.ts'

type Count = Exclude<keyof ReconciliationCounts, 'gaps'>

/** Counts and gaps of a run, over all its parts, and what is left open. */
export interface RunTally {
  readonly counts: Record<Count, number>
  readonly gapCounts: Record<GapKind, number>
  readonly gaps: Gap[]
  readonly pairs: Map<string, { matched: number; pending: number; gaps: number }>
  readonly open: ExchangeGroup[]
}

/** A tally of nothing. */
export function newTally(): RunTally {
  return {
    counts: {
      matched: 0,
      pending: 0,
      refusedHere: 0,
      elsewhere: 0,
      repeats: 0,
      lost: 0,
      closed: 0,
    },
    gapCounts: {
      MISSING_AT_CONSUMER: 0,
      MISSING_AT_PROVIDER: 0,
      MISSING_AT_PARTY: 0,
      OUTCOME_DIFFERS: 0,
      DIGEST_DIFFERS: 0,
      ENTRY_REPEATED: 0,
      UNOPENED: 0,
      ANSWER_REFUSED: 0,
      TIME_APART: 0,
      UNANSWERED: 0,
    },
    gaps: [],
    pairs: new Map(),
    open: [],
  }
}

function countPair(
  tally: RunTally,
  steps: readonly ExchangeStep[],
  { matched = 0, pending = 0, gaps = 0 }: Partial<Record<'matched' | 'pending' | 'gaps', number>>,
): void {
  const [first] = steps
  if (first === undefined) return
  const key = `${first.consumer} ${first.provider}`
  const before = tally.pairs.get(key) ?? { matched: 0, pending: 0, gaps: 0 }
  tally.pairs.set(key, {
    matched: before.matched + matched,
    pending: before.pending + pending,
    gaps: before.gaps + gaps,
  })
}

/** The pairs of a tally, sorted by name. */
export function pairsOf({ pairs }: RunTally): readonly ReconciledPair[] {
  return [...pairs]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, counts]) => {
      const [consumer = '', provider = ''] = key.split(' ')
      return { consumer, provider, ...counts }
    })
}

/** Counts a gap, and names it while there are not too many. */
export function addGap(tally: RunTally, gap: Gap): void {
  tally.gapCounts[gap.kind] += 1
  if (tally.gaps.length < mostNamedGaps) tally.gaps.push(gap)
}

const handleTag = utf8('cloison/reconciliation-handle/v1\n')

function handleOf(key: string, runKey: Uint8Array): string {
  return encodeBase64Url(hmacSha256(runKey, handleTag, utf8(key)).subarray(0, 8))
}

/** What tells a finding from every other one of its exchange. */
function nameOf({ kind, at, step, leg, shownBy }: Finding): string {
  const shown = shownBy.map(({ log, entry }) => `${log}#${entry}`).join('+')
  return `${kind} ${at} ${step} ${leg ?? ''} ${shown}`
}

function gapOf({ kind, at, step, leg, shownBy }: Finding, handle: string): Gap {
  return {
    kind,
    at,
    step,
    leg: leg ?? null,
    entries: shownBy.map(({ organisation, log, entry }) => ({ organisation, log, entry })),
    handle,
    timeMs: Math.max(...shownBy.map(({ timeMs }) => timeMs)),
  }
}

/** An exchange that both sides have. */
export function countWhole({ steps, told }: ExchangeGroup, tally: RunTally): void {
  if (told.length > 0) tally.counts.closed += 1
  if (isRefusedHere(steps)) tally.counts.refusedHere += 1
  else {
    tally.counts.matched += 1
    countPair(tally, steps, { matched: 1 })
  }
  if (isLost(steps)) tally.counts.lost += 1
}

/** What an exchange that is not whole at the end of the logs came to. */
export function settle(
  group: ExchangeGroup,
  { tally, rules, runKey }: { tally: RunTally; rules: JudgingRules; runKey: Uint8Array },
): void {
  const { key, steps, told } = group
  const { findings, isPending, isWhole } = judgeGroup(steps, rules)
  const isYoung = isWhole && !isOver(steps) && mayGoOn(steps, rules)
  const fresh = findings.filter((finding) => !told.includes(nameOf(finding)))
  for (const finding of fresh) addGap(tally, gapOf(finding, handleOf(key, runKey)))
  const pending = isPending || isYoung ? 1 : 0
  tally.counts.pending += pending
  countPair(tally, steps, { pending, gaps: fresh.length })
  if (findings.length > 0 || isPending || isYoung)
    tally.open.push({ ...group, told: [...told, ...fresh.map(nameOf)] })
  else if (isOnlyRepeats(steps)) tally.counts.repeats += 1
  else countWhole(group, tally)
}

function mayGoOn(steps: readonly ExchangeStep[], { windowMs, knownUntil }: JudgingRules): boolean {
  const newest = Math.max(...steps.map(({ timeMs }) => timeMs))
  const parties = new Set(steps.flatMap(({ consumer, provider }) => [consumer, provider]))
  return [...parties].some((party) => {
    const until = knownUntil(party)
    return until !== undefined && newest + windowMs > until
  })
}
