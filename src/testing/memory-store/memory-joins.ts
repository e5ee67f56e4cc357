import {
  type JoinMessageRow,
  type JoinReader,
  type JoinTransaction,
  mostJoins,
} from '../../population/index.ts'
import { type MemoryTables, requireNew } from './memory-tables.ts'
import type { PortCall } from './port-call.ts'

type Name = Pick<JoinMessageRow, 'planHash' | 'direction' | 'party' | 'digest'>

function isNamed(row: JoinMessageRow, name: Name): boolean {
  return (
    row.planHash === name.planHash &&
    row.direction === name.direction &&
    row.party === name.party &&
    row.digest === name.digest
  )
}

/** Reads of joins from whatever `tables` gives. */
export function memoryJoinReader(tables: () => MemoryTables, call: PortCall): JoinReader {
  return {
    join: (planHash) => call('join', () => tables().joins.get(planHash)),
    joinByQid: (qid) =>
      call('joinByQid', () => [...tables().joins.values()].find((row) => row.qid === qid)),
    openJoins: () =>
      call('openJoins', () => [...tables().joins.values()].filter(({ end }) => end === undefined)),
    keptJoins: () =>
      call('keptJoins', () =>
        [...tables().joins.values()].filter(({ end }) => end === undefined || end.state === 'done'),
      ),
    joinsSince: (begunMs) =>
      call('joinsSince', () =>
        [...tables().joins.values()].toReversed().filter((row) => row.begunMs >= begunMs),
      ),
    joins: () => call('joins', () => [...tables().joins.values()].toReversed().slice(0, mostJoins)),
    joinMessages: (planHash) =>
      call('joinMessages', () => tables().joinMessages.filter((row) => row.planHash === planHash)),
    joinMessage: (name) =>
      call('joinMessage', () => tables().joinMessages.find((row) => isNamed(row, name))),
  }
}

/** Writes of them into a draft. */
export function memoryJoinWrites(
  draft: MemoryTables,
  call: PortCall,
): Omit<JoinTransaction, keyof JoinReader> {
  return {
    saveJoin: (row) =>
      call('saveJoin', () => {
        requireNew(draft.joins.has(row.planHash), 'a join')
        const numbers = [...draft.joins.values()].map(({ qid }) => qid)
        requireNew(numbers.includes(row.qid), 'the number of a join')
        draft.joins.set(row.planHash, { ...row, end: undefined })
      }),
    endJoin: (planHash, end) =>
      call('endJoin', () => {
        const row = draft.joins.get(planHash)
        if (row === undefined) throw new RangeError('there is no such join')
        draft.joins.set(planHash, { ...row, end })
      }),
    saveJoinMessage: (row) =>
      call('saveJoinMessage', () => {
        requireNew(
          draft.joinMessages.some((one) => isNamed(one, row)),
          'a message',
        )
        draft.joinMessages.push(row)
      }),
    settleJoinMessage: (name) =>
      call('settleJoinMessage', () => {
        draft.joinMessages = draft.joinMessages.map((row) =>
          isNamed(row, name) ? { ...row, isSettled: true } : row,
        )
      }),
    claimJoinKey: (key, planHash) =>
      call('claimJoinKey', () => {
        const before = draft.joinKeys.get(key) ?? planHash
        draft.joinKeys.set(key, before)
        return before === planHash
      }),
  }
}
