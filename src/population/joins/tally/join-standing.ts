import type { JoinLeg, JoinStanding } from '../../join-ask/index.ts'
import type { JoinMessageRow, JoinRow } from '../../ledger/index.ts'
import { type JoinPlan, partsOf, readJoinPlan, type Side, sides } from '../../psi/index.ts'

/** The messages that say how far a run is: the others are there in no time. */
const heavyLegs = ['M1', 'M3'] as const

const kinds: readonly JoinLeg['kind'][] = ['M1', 'M2', 'M3', 'M4', 'M5', 'M6', 'M7']

/** What each heavy message of one side stands for, in multiplications: its own list; all points of the peer's. */
function workOf(plan: JoinPlan): Readonly<Record<(typeof heavyLegs)[number], number>> {
  const cells = plan.left.groups.length * plan.right.groups.length
  const slots = partsOf(plan).reduce((sum, { tau }) => sum + cells * tau, 0)
  return { M1: plan.maxRows + slots, M3: plan.maxRows + 2 * slots }
}

/** A message is whoever has made it: the other end's, or the own. */
function legOf({ party, leg, direction, atMs }: JoinMessageRow): JoinLeg[] {
  const kind = kinds.find((one) => one === leg)
  const side = direction === 'sent' ? null : sides.find((one) => one === party)
  return kind === undefined || side === undefined ? [] : [{ kind, side, atMs }]
}

/** How far a run is, by its messages alone: work is told by the plan's public sizes. */
export function joinStanding(row: JoinRow, rows: readonly JoinMessageRow[]): JoinStanding {
  const work = workOf(readJoinPlan(row.plan))
  const legs = rows.flatMap((one) => legOf(one))
  const isThere = (kind: JoinLeg['kind'], side: Side): boolean =>
    legs.some((leg) => leg.kind === kind && leg.side === side)
  const all = sides.flatMap((side) => heavyLegs.map((kind) => ({ side, kind })))
  const sum = (of: typeof all): number => of.reduce((so, { kind }) => so + work[kind], 0)
  const total = sum(all)
  const done = sum(all.filter(({ kind, side }) => isThere(kind, side)))
  return { qid: row.qid, legs, done: row.end === undefined ? done : total, total }
}
