import { type Agreement, isAboutPersons, type LegalBasis } from '../../agreement/index.ts'
import type { JsonObject } from '../../bytes/index.ts'
import {
  type JoinProof,
  type JoinRelease,
  joinReleaseJson,
  makeJoinRelease,
  type ProofGround,
  proveJoinRelease,
  readPlanSignatures,
} from '../join-release/index.ts'
import type { EntryPlace } from '../../log/index.ts'
import type { JoinRow } from '../ledger/index.ts'
import { type JoinPlan, joinPlanJson, readJoinPlan, readResult, sides } from '../psi/index.ts'
import type { JoinLeg, JoinStanding } from './join-desk-deps.ts'
import { type JoinStop, joinStopOf } from './join-stop.ts'

/** How far a run is, with what is left to wait. */
export interface JoinProgress {
  readonly legs: readonly JoinLeg[]
  /** Multiplications, of all parties. */
  readonly done: number
  readonly total: number
  /** At the pace so far; `null` before there is one. */
  readonly remainingMs: number | null
}

/** Of which question over two registers something is said. */
interface JoinHead {
  readonly qid: string
  readonly plan: JoinPlan
  /** Log time. */
  readonly begunMs: number
  /** Where the run begins in the own log. */
  readonly place: EntryPlace
}

type Unfinished =
  | { readonly state: 'running'; readonly progress: JoinProgress }
  /** A check failed, or the plan ended; it stays charged. `stop` is `null` where its time alone ended it. */
  | { readonly state: 'stopped'; readonly code: string; readonly stop: JoinStop | null }

/** What an analyst may see of one question over two registers. */
export type JoinView = JoinHead &
  (
    | Unfinished
    | {
        readonly state: 'released'
        readonly release: JoinRelease
        /** What the certificate proves, by this organisation's own directory and log. */
        readonly proof: JoinProof
      }
  )

/** The same in a list of questions: what was asked and how far it is, without numbers. */
export type JoinListed = JoinHead & (Unfinished | { readonly state: 'released' })

/** When a run is looked at, and how far it is while it has no end. */
export interface RunMoment {
  readonly standing: JoinStanding | undefined
  readonly nowMs: number
}

/** The legal bases of both agreements of a plan. */
function basesOf(plan: JoinPlan, agreements: readonly Agreement[]): readonly LegalBasis[] {
  return sides.flatMap((side) => {
    const { id, version } = plan[side].agreement
    const found = agreements.find(
      (one) => one.id === id && one.version === version && !isAboutPersons(one),
    )
    return found?.legalBasis ?? []
  })
}

/** The release of a run that has ended with a result; the same run gives the same bytes, whoever asks and whenever. */
function releaseOf(row: JoinRow, plan: JoinPlan, agreements: readonly Agreement[]): JoinRelease {
  const { parts, roots, remasked } = readResult(plan, row.end?.result ?? new Uint8Array())
  return makeJoinRelease({
    plan,
    asOfMs: row.begunMs,
    legalBasis: basesOf(plan, agreements),
    tables: parts.map(({ cells }) => cells),
    roots,
    remasked,
    signatures: readPlanSignatures(row.signatures),
  })
}

/** What is left of a run at the pace so far. */
export function progressOf(
  { legs, done, total }: JoinStanding,
  { begunMs, nowMs }: { readonly begunMs: number; readonly nowMs: number },
): JoinProgress {
  const elapsedMs = Math.max(0, nowMs - begunMs)
  const remainingMs = done <= 0 ? null : Math.ceil((elapsedMs * Math.max(0, total - done)) / done)
  return { legs, done, total, remainingMs }
}

/** A kept run as a list has it. `standing` is looked at while it has no end. */
export function joinListed(row: JoinRow, { standing, nowMs }: RunMoment): JoinListed {
  const { qid, begunMs, place, end } = row
  const plan = readJoinPlan(row.plan)
  const head = { qid, plan, begunMs, place }
  if (end?.result !== undefined) return { ...head, state: 'released' }
  if (end !== undefined) {
    const stop = end.abort === undefined ? null : joinStopOf(plan, end.abort)
    return { ...head, state: 'stopped', code: end.code ?? 'STOPPED', stop }
  }
  const known = standing ?? { qid, legs: [], done: 0, total: 0 }
  return { ...head, state: 'running', progress: progressOf(known, { begunMs, nowMs }) }
}

/** A kept run as its analyst sees it. */
export function joinView(
  row: JoinRow,
  {
    agreements,
    ground,
    ...moment
  }: RunMoment & { readonly agreements: readonly Agreement[]; readonly ground: ProofGround },
): JoinView {
  const listed = joinListed(row, moment)
  if (listed.state !== 'released') return listed
  const release = releaseOf(row, listed.plan, agreements)
  return { ...listed, release, proof: proveJoinRelease(release, ground) }
}

function proofJson({ signers, table, codes }: JoinProof): JsonObject {
  return { signers: signers.map((one) => ({ ...one })), table: { ...table }, codes: [...codes] }
}

function stopJson(stop: JoinStop | null): JsonObject | null {
  return stop && { ...stop, digests: [...stop.digests] }
}

function headJson({ qid, begunMs, place }: JoinHead): JsonObject {
  return { qid, begunMs, place: { ...place } }
}

/** A listed run as own programs read it. */
export function joinListedJson(listed: JoinListed): JsonObject {
  const head = { ...headJson(listed), state: listed.state, plan: joinPlanJson(listed.plan) }
  switch (listed.state) {
    case 'running': {
      const { legs, ...rest } = listed.progress
      return { ...head, progress: { ...rest, legs: legs.map((leg) => ({ ...leg })) } }
    }
    case 'released':
      return head
    case 'stopped':
      return { ...head, code: listed.code, stop: stopJson(listed.stop) }
  }
}

/** A view as own programs read it. A release has its plan in it. */
export function joinViewJson(view: JoinView): JsonObject {
  if (view.state !== 'released') return joinListedJson(view)
  const { state, release, proof } = view
  return { ...headJson(view), state, release: joinReleaseJson(release), proof: proofJson(proof) }
}
