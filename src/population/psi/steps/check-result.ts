import { equalBytes } from '../../../bytes/index.ts'
import { JoinError } from '../join-error.ts'
import { joinInterval } from '../law/index.ts'
import {
  type JoinResult,
  type JoinTable,
  pointsOf,
  readMessage,
  resultSchema,
} from '../messages/index.ts'
import {
  groupCount,
  type JoinPart,
  type JoinPlan,
  lawOfPart,
  partsOf,
  peerOf,
  planHash,
} from '../plan/index.ts'
import { pointTree, treeRoot } from '../points/index.ts'
import type { HolderState } from './holder-state.ts'
import { readNotice } from './open-places.ts'

/**
 * Reads M6, as whoever receives it does: a table of the plan's shape, with the interval that its law has.
 *
 * @throws {@link JoinError} `MESSAGE_MALFORMED`, `PLAN_MISMATCH`, `RESULT_WRONG`
 */
export function readResult(plan: JoinPlan, bytes: Uint8Array): JoinResult {
  const result = readMessage(resultSchema, bytes, planHash(plan))
  const parts = partsOf(plan)
  const isTable =
    result.parts.length === parts.length &&
    parts.every((part, at) => isTableOf(plan, part, result.parts[at]))
  if (!isTable)
    throw new JoinError('RESULT_WRONG', 'the table has another shape or interval than the plan')
  return result
}

function isTableOf(plan: JoinPlan, part: JoinPart, table: JoinTable | undefined): boolean {
  if (table === undefined) return false
  const { cells } = table
  const interval = joinInterval(lawOfPart(part))
  return (
    table.halfWidth === interval.halfWidth &&
    table.levelPpm === interval.levelPpm &&
    cells.length === groupCount(plan, 'left') &&
    cells.every(
      (row) =>
        row.length === groupCount(plan, 'right') && row.every((number) => number >= -part.tau),
    )
  )
}

/**
 * Holds M6 against the lists that a holder knows: both of M2, whose roots it has said before, and the one that it masked.
 *
 * @throws {@link JoinError} as {@link readResult}
 */
export function checkResult({ plan, side, made }: HolderState, bytes: Uint8Array): void {
  const { roots, remasked } = readResult(plan, bytes)
  const peer = peerOf(side)
  const none = new Uint8Array(0)
  const isKnown =
    equalBytes(readNotice(plan, { side, owner: side }, made.ownList ?? none).root, roots[side]) &&
    equalBytes(readNotice(plan, { side, owner: peer }, made.peerList ?? none).root, roots[peer]) &&
    equalBytes(treeRoot(pointTree(pointsOf(made.remasked ?? none))), remasked[peer])
  if (!isKnown) throw new JoinError('RESULT_WRONG', 'the table is about other lists than these')
}
