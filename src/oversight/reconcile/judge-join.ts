import type { ExchangeStep } from './exchange-step.ts'
import { tableFindings } from './join-tables.ts'
import { type Finding, type Judged, judgedOf, type JudgingRules } from './judged.ts'

/** The entries of one join, by whose log they stand in. */
interface JoinSteps {
  readonly tally: string
  readonly holders: readonly string[]
  readonly of: (organisation: string) => readonly ExchangeStep[]
}

const toTally: ReadonlySet<string> = new Set(['M3', 'M4', 'M5', 'M6'])

function messagesOf(steps: readonly ExchangeStep[]): readonly ExchangeStep[] {
  return steps.filter(({ kind, code }) => kind === 'join.message' && code !== null)
}

function holds(steps: readonly ExchangeStep[], { code, resultDigest }: ExchangeStep): boolean {
  return steps.some((step) => step.code === code && step.resultDigest === resultDigest)
}

function missing(at: string, step: ExchangeStep): Finding {
  return {
    kind: 'MISSING_AT_PARTY',
    at,
    step: 'message',
    leg: step.code ?? '',
    shownBy: [step],
  }
}

/** Of the tally's messages what is at no holder, or held against the inspector's log. */
const elsewhere: ReadonlySet<string> = new Set(['ABORT', 'M7'])

/** What the tally wrote about a holder must stand in that holder's log. */
function tallyFindings({ tally, holders, of }: JoinSteps): readonly Finding[] {
  return messagesOf(of(tally))
    .filter(({ provider, code }) => holders.includes(provider) && !elsewhere.has(code ?? ''))
    .filter((step) => !holds(of(step.provider), step))
    .map((step) => missing(step.provider, step))
}

/** The messages of a holder that only its tally can have been at the other end of. */
function holderFindings(holder: string, { tally, of }: JoinSteps): readonly Finding[] {
  const about = of(tally).filter(({ provider }) => provider === holder)
  return messagesOf(of(holder))
    .filter(({ code }) => toTally.has(code ?? ''))
    .filter((step) => !holds(about, step))
    .map((step) => missing(tally, step))
}

/** An own M1 is written twice, for peer and tally; the peer's once, as it came. */
function commitFindings(
  holder: string,
  other: string | undefined,
  { tally, of }: JoinSteps,
): readonly Finding[] {
  const commits = messagesOf(of(holder)).filter(({ code }) => code === 'M1')
  const about = of(tally).filter(({ provider }) => provider === holder)
  return commits.flatMap((step, place) => {
    const isSecond = commits.slice(0, place).some((one) => one.resultDigest === step.resultDigest)
    const isOwn = commits.filter((one) => one.resultDigest === step.resultDigest).length > 1
    if (isSecond) return []
    const atTally = isOwn && !holds(about, step) ? [missing(tally, step)] : []
    const atOther = other !== undefined && !holds(of(other), step) ? [missing(other, step)] : []
    return [...atTally, ...atOther]
  })
}

/** A holder's M2 are two lists, between the holders, and two notes to the tally. */
function listFindings(
  holder: string,
  other: string | undefined,
  { tally, of }: JoinSteps,
): readonly Finding[] {
  if (other === undefined) return []
  const about = of(tally).filter(({ provider, code }) => provider === holder && code === 'M2')
  const lone = messagesOf(of(holder))
    .filter(({ code }) => code === 'M2')
    .filter((step) => !holds(about, step) && !holds(of(other), step))
  const owing = Math.max(0, 2 - about.length)
  return lone.map((step, place) => missing(place < owing ? tally : other, step))
}

function beginFindings({ tally, holders, of }: JoinSteps, known: Known): readonly Finding[] {
  const tallyHas = of(tally).some(({ kind, code }) => kind === 'join.message' && code === null)
  const begun = (steps: readonly ExchangeStep[]): boolean =>
    steps.some(({ kind }) => kind === 'population.reserved')
  const found: Finding[] = holders
    .filter((holder) => known(holder) && messagesOf(of(holder)).length > 0 && !begun(of(holder)))
    .map((holder) => ({
      kind: 'MISSING_AT_PARTY',
      at: holder,
      step: 'reserved',
      shownBy: messagesOf(of(holder)),
    }))
  const sent = messagesOf(of(tally))
  if (!tallyHas && sent.length > 0)
    found.push({ kind: 'MISSING_AT_PARTY', at: tally, step: 'begun', shownBy: sent })
  return found
}

type Known = (organisation: string) => boolean

function endFindings({ tally, holders, of }: JoinSteps, known: Known): readonly Finding[] {
  const ended = (steps: readonly ExchangeStep[]): ExchangeStep | undefined =>
    steps.find(({ kind }) => kind === 'population.released')
  const parties = [tally, ...holders].filter((party) => known(party))
  const shown = parties.map((party) => ended(of(party))).find((step) => step !== undefined)
  if (shown === undefined) return []
  return parties
    .filter((party) => ended(of(party)) === undefined)
    .map((party) => ({ kind: 'MISSING_AT_PARTY', at: party, step: 'released', shownBy: [shown] }))
}

/** Of an audit all is between the inspector and one of the three; its own entries about the tally name a holder too. */
function auditFindings(
  all: readonly ExchangeStep[],
  { tally, holders, of }: JoinSteps,
  known: Known,
): readonly Finding[] {
  const audits = messagesOf(all).filter(({ code }) => code === 'M7')
  const inspector = all.find(({ role }) => role === 'other')?.organisation
  if (inspector === undefined) return []
  const atParties = audits.filter(({ role }) => role !== 'other')
  const atInspector = audits.filter(({ role }) => role === 'other')
  return [
    ...atParties
      .filter((step) => !holds(atInspector, step))
      .map((step) => missing(inspector, step)),
    ...atInspector
      .filter(({ provider }) => holders.includes(provider) && known(tally))
      .filter((step) => !holds([...of(step.provider), ...of(tally)], step))
      .map((step) => missing(step.provider, step)),
  ]
}

function isReleased({ kind }: ExchangeStep): boolean {
  return kind === 'population.released'
}

/** Whether a run ended here without a table. A message of an audit that was refused, which names it, stops nothing. */
function isRefused({ kind, resultDigest }: ExchangeStep): boolean {
  return kind === 'population.refused' && resultDigest === null
}

/** A table that stands was not stopped by anybody: whoever sends an abort after it, or instead of an end, is judged. */
function isStopped(all: readonly ExchangeStep[]): boolean {
  if (all.some(isReleased)) return false
  return all.some((step) => step.code === 'ABORT' || isRefused(step))
}

/** Whoever has stopped takes no message any more, so what others sent it afterwards is missing there. */
function mayOwe(steps: readonly ExchangeStep[]): boolean {
  return steps.some(isReleased) || !steps.some(isRefused)
}

/**
 * Holds the entries of one join against each other, over all logs that are there. A run that was stopped is not judged:
 * whoever had stopped takes no message any more, so the last of them stand on one side only. Where others have a table, a
 * party that has refused it owes nothing, and all others are judged.
 */
export function judgeJoin(all: readonly ExchangeStep[], rules: JudgingRules): Judged {
  const known: Known = (organisation) => rules.knownUntil(organisation) !== undefined
  const tally = all[0]?.consumer ?? ''
  const holders = [...new Set(all.map(({ provider }) => provider))].toSorted()
  const of = (organisation: string): readonly ExchangeStep[] =>
    all.filter((step) => step.organisation === organisation)
  const steps = { tally, holders: holders.filter(known), of }
  if (isStopped(all)) return judgedOf([], rules)
  const otherOf = (holder: string): string | undefined =>
    steps.holders.find((one) => one !== holder)
  const found = steps.holders.flatMap((holder) => [
    ...(known(tally) ? holderFindings(holder, steps) : []),
    ...(known(tally) ? commitFindings(holder, otherOf(holder), steps) : []),
    ...(known(tally) ? listFindings(holder, otherOf(holder), steps) : []),
  ])
  const owed = [
    ...tallyFindings(steps),
    ...found,
    ...beginFindings(steps, known),
    ...endFindings(steps, known),
    ...auditFindings(all, steps, known),
    ...tableFindings(tally, all),
  ].filter(({ at }) => mayOwe(of(at)))
  return judgedOf(owed, rules)
}
