import { maskPlanOf } from '../../join-query/index.ts'
import type { JoinRow } from '../../ledger/index.ts'
import { JoinError, type JoinPlan, type Side } from '../../psi/index.ts'
import type { BeginRun } from '../carry/index.ts'
import type { JoinContext } from '../join-context.ts'
import type { RunStanding } from '../run/index.ts'
import { joinTermsOf } from './join-terms-of.ts'

/**
 * Begins runs, of which one at a time has its register's rows read and masked: each takes a process of its own and all of the
 * register, and they would be begun as fast as they are asked for.
 */
export function runBeginner(deps: JoinContext): BeginRun {
  let last: Promise<unknown> = Promise.resolve()
  return (row, plan) => {
    if (row.role === 'tally') return beginRun(row, plan, deps)
    const turn = last.then(() => beginRun(row, plan, deps))
    last = turn.catch(() => undefined)
    return turn
  }
}

/**
 * Begins a run that is reserved, in its role. A holder draws its noise and keys, then has its register's rows masked in the
 * register's process, and then makes its list: until that is kept nothing has left, so a crash before it begins anew.
 *
 * @throws RegisterError as masking does
 * @throws JoinError `ROWS_REFUSED`, `PLAN_EXPIRED`
 */
async function beginRun(
  { role, planHash, plan: bytes }: JoinRow,
  plan: JoinPlan,
  deps: JoinContext,
): Promise<RunStanding> {
  switch (role) {
    case 'tally':
      return deps.machine.beginTally(planHash, bytes)
    case 'left':
    case 'right':
      return beginHolderRun({ planHash, bytes, plan, side: role }, deps)
    case 'inspector':
      throw new JoinError('SECRETS_DESTROYED', 'an audit begins before its row, and is gone')
  }
}

async function beginHolderRun(
  {
    planHash,
    bytes,
    plan,
    side,
  }: {
    readonly planHash: string
    readonly bytes: Uint8Array
    readonly plan: JoinPlan
    readonly side: Side
  },
  deps: JoinContext,
): Promise<RunStanding> {
  const held = joinTermsOf(plan, side, deps)
  const inspectorKey = deps.sealingKeyOf(plan.inspector)
  if (held === undefined || inspectorKey === undefined)
    throw new JoinError('PLAN_INVALID', 'the agreement, register or inspector of a run is gone')
  // It may have waited for its turn.
  if (deps.clock.now() >= plan.expiresMs)
    throw new JoinError('PLAN_EXPIRED', 'the plan ended before its rows were read')
  const { noise, keys } = await deps.machine.draw(bytes, side)
  const { terms, register } = held
  const rows = await register.maskPoints(
    maskPlanOf({ plan, side, terms }, { ...keys, inspectorKey }),
  )
  return deps.machine.begin(planHash, { plan: bytes, side, noise, keys, rows })
}
