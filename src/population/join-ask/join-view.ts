import * as z from 'zod'
import { type Agreement, isAboutPersons, type LegalBasis } from '../../agreement/index.ts'
import { type JsonObject, readCanonicalJson } from '../../bytes/index.ts'
import {
  type JoinRelease,
  joinReleaseJson,
  makeJoinRelease,
  type PlanSignature,
} from '../join-release/index.ts'
import type { EntryPlace } from '../../log/index.ts'
import type { JoinRow } from '../ledger/index.ts'
import {
  type JoinPlan,
  joinPlanJson,
  readJoinPlan,
  readResult,
  type Side,
  sides,
} from '../psi/index.ts'
import type { JoinLeg, JoinStanding } from './join-desk-deps.ts'

/** How far a run is, with what is left to wait. */
export interface JoinProgress {
  readonly legs: readonly JoinLeg[]
  /** Multiplications, of all parties. */
  readonly done: number
  readonly total: number
  /** At the pace so far; `null` before there is one. */
  readonly remainingMs: number | null
}

/** What an analyst may see of one question over two registers. */
export type JoinView = {
  readonly qid: string
  readonly plan: JoinPlan
  /** Log time. */
  readonly begunMs: number
  /** Where the run begins in the own log. */
  readonly place: EntryPlace
} & (
  | { readonly state: 'running'; readonly progress: JoinProgress }
  | { readonly state: 'released'; readonly release: JoinRelease }
  /** A check failed, or the plan ended; it stays charged. */
  | { readonly state: 'stopped'; readonly code: string }
)

const signature = z.strictObject({ keyId: z.string(), value: z.string() })
const signaturesSchema = z.strictObject({ left: signature, right: signature, tally: signature })

function signaturesOf({ signatures }: JoinRow): Readonly<Record<Side | 'tally', PlanSignature>> {
  return signaturesSchema.parse(readCanonicalJson(signatures))
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
    signatures: signaturesOf(row),
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

/** A kept run as its analyst sees it. `standing` is looked at while it has no end. */
export function joinView(
  row: JoinRow,
  {
    standing,
    agreements,
    nowMs,
  }: {
    readonly standing: JoinStanding | undefined
    readonly agreements: readonly Agreement[]
    readonly nowMs: number
  },
): JoinView {
  const { qid, begunMs, place, end } = row
  const plan = readJoinPlan(row.plan)
  const head = { qid, plan, begunMs, place }
  if (end?.result !== undefined)
    return { ...head, state: 'released', release: releaseOf(row, plan, agreements) }
  if (end !== undefined) return { ...head, state: 'stopped', code: end.code ?? 'STOPPED' }
  const known = standing ?? { qid, legs: [], done: 0, total: 0 }
  return { ...head, state: 'running', progress: progressOf(known, { begunMs, nowMs }) }
}

/** A view as own programs read it. */
export function joinViewJson(view: JoinView): JsonObject {
  const { qid, begunMs, place, plan } = view
  const head = { qid, begunMs, place: { ...place }, state: view.state }
  switch (view.state) {
    case 'running': {
      const { legs, ...rest } = view.progress
      const progress = { ...rest, legs: legs.map((leg) => ({ ...leg })) }
      return { ...head, plan: joinPlanJson(plan), progress }
    }
    case 'released':
      return { ...head, release: joinReleaseJson(view.release) }
    case 'stopped':
      return { ...head, plan: joinPlanJson(plan), code: view.code }
  }
}
