import type { UniformDraws } from '../../../crypto/index.ts'
import type { MaskPlan } from '../../mask-plan.ts'
import type { RegisterDescription } from '../../register-description.ts'
import { RegisterError } from '../../register-error.ts'
import type { ReadValue } from '../read-values.ts'
import { ListRows } from './list-rows.ts'
import { rowPlacer } from './place-row.ts'

/**
 * The rows of a plan as a register's engine gives them, in batches: the subject, a key for each element of `by`, and the
 * measured value, clamped to its bounds, where the plan measures one. Personal data.
 */
export interface EngineRows {
  readonly batches: AsyncIterable<readonly (readonly unknown[])[]>
  readonly readValue: ReadValue
}

/** Most bytes of an identifier (`spec/join.md`). */
const identifierCeiling = 512

/**
 * Reads a plan's rows into lists; the plan has been checked. Rows without one of the keys, or without a value, are in no
 * group.
 *
 * @throws {@link RegisterError} `RECORDS_INVALID` for a row without a subject or with a long one, for a person with two rows
 * and for more rows than the plan has room for; and as the engine does
 */
export async function readListRows(
  plan: MaskPlan,
  description: RegisterDescription,
  { rows, draws }: { readonly rows: EngineRows; readonly draws: UniformDraws },
): Promise<ListRows> {
  const { column } = description.subject
  const lists = new ListRows(plan.groups.length)
  const place = rowPlacer(plan, description, { readValue: rows.readValue, draws })
  let room = plan.maxRows
  for await (const batch of rows.batches) {
    for (const row of batch) {
      const placed = place(row)
      if (placed === undefined) continue
      room -= tokensOf(plan, placed.units)
      if (room < 0) throw invalid('there are more rows than the plan has room for')
      const length = lists.add(subjectOf(row[0], column), placed)
      if (length > identifierCeiling) throw invalid(`a subject in column ${column} is too long`)
    }
  }
  const repeated = lists.countRepeated(draws.word())
  if (repeated > 0) throw invalid(`rows that repeat a subject in column ${column}: ${repeated}`)
  return lists
}

/** How many rows of lists somebody with these units has. */
function tokensOf({ parts }: MaskPlan, units: number): number {
  return (parts.includes('people') ? 1 : 0) + (parts.includes('units') ? units : 0)
}

function subjectOf(stored: unknown, column: string): string {
  if (typeof stored === 'string' && stored !== '') return stored
  throw invalid(`a row has no subject in column ${column}`)
}

function invalid(message: string): RegisterError {
  return new RegisterError('RECORDS_INVALID', message)
}
