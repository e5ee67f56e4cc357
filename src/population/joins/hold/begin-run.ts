import { maskPlanOf } from '../../join-query/index.ts'
import type { JoinRow } from '../../ledger/index.ts'
import { JoinError, type JoinPlan, type Side } from '../../psi/index.ts'
import type { JoinContext } from '../join-context.ts'
import type { RunStanding } from '../run/index.ts'
import { joinTermsOf } from './join-terms-of.ts'

/**
 * Begins a run that is reserved, in its role. A holder draws its noise and keys, then has its register's rows masked in the
 * register's process, and then makes its list: until that is kept nothing has left, so a crash before it begins anew.
 *
 * @throws RegisterError as masking does
 * @throws JoinError `ROWS_REFUSED`, `PLAN_EXPIRED`
 */
export async function beginRun(
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
  const { noise, keys } = await deps.machine.draw(bytes, side)
  const { terms, register } = held
  const rows = await register.maskPoints(
    maskPlanOf({ plan, side, terms }, { ...keys, inspectorKey }),
  )
  return deps.machine.begin(planHash, { plan: bytes, side, noise, keys, rows })
}
