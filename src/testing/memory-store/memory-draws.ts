import type { EntryPlace } from '../../log/index.ts'
import type { DrawReader, DrawTransaction } from '../../person/index.ts'
import type { MemoryTables } from './memory-tables.ts'

function isAt(one: EntryPlace, other: EntryPlace): boolean {
  return one.origin === other.origin && one.index === other.index
}

/** Reads of draws. */
export function memoryDrawReader(tables: () => MemoryTables): DrawReader {
  return {
    draw: async (place) => tables().draws.find(({ committed }) => isAt(committed, place)),
    drawsToFix: async () => tables().draws.filter(({ fixed }) => fixed === undefined),
  }
}

/** Writes of them. */
export function memoryDrawWrites(draft: MemoryTables): Omit<DrawTransaction, keyof DrawReader> {
  return {
    saveDraw: async (committed, commitment) =>
      void draft.draws.push({ committed, commitment, fixed: undefined, revealed: undefined }),
    saveDrawStep: async (committed, step, at) => {
      draft.draws = draft.draws.map((row) =>
        isAt(row.committed, committed) ? { ...row, [step]: at } : row,
      )
    },
  }
}
