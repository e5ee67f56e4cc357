import type { MaskPlan } from '../../mask-plan.ts'
import type { RegisterDescription } from '../../register-description.ts'
import { fileDialect, openFile, readFileValue } from '../file-register.ts'
import type { RegisterFile } from '../load-file.ts'
import type { EngineRows } from './read-list-rows.ts'
import { rowsStatement } from './rows-text.ts'

/** The rows of a plan in a CSV or Parquet file, which is loaded as for tables. */
export function fileRows(
  file: RegisterFile,
  description: RegisterDescription,
  plan: MaskPlan,
): EngineRows {
  return { batches: batchesOf(file, description, plan), readValue: readFileValue }
}

async function* batchesOf(
  file: RegisterFile,
  description: RegisterDescription,
  plan: MaskPlan,
): AsyncGenerator<readonly (readonly unknown[])[], void> {
  using engine = await openFile(file, description)
  const { text, values } = rowsStatement(plan, description, fileDialect)
  yield* engine.stream(text, values)
}
