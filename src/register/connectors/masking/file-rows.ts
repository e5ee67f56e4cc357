import { measuredElement } from '../../mask-plan.ts'
import type { MaskPlan } from '../../mask-plan.ts'
import type { RegisterDescription } from '../../register-description.ts'
import { fileDialect, openFile, readFileValue } from '../file-register.ts'
import { loadFileOnce } from '../load-file.ts'
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
  const named = onlyNamed(plan, description)
  using engine = await openFile(file, named, loadFileOnce)
  const { text, values } = rowsStatement(plan, named, fileDialect)
  yield* engine.stream(text, values)
}

/** The description with the elements that a plan names, so that the others are not loaded; at least one. */
function onlyNamed(plan: MaskPlan, description: RegisterDescription): RegisterDescription {
  const names = new Set([...plan.by, ...plan.where.map(({ element }) => element)])
  const measured = measuredElement(plan)
  if (measured !== undefined) names.add(measured.element)
  const elements = description.elements.filter(({ name }) => names.has(name))
  return {
    ...description,
    elements: elements.length > 0 ? elements : description.elements.slice(0, 1),
  }
}
