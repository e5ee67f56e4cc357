import type { MaskPlan } from '../../mask-plan.ts'
import type { RegisterDescription } from '../../register-description.ts'
import {
  asArray,
  bindable,
  openSqliteTable,
  read,
  readSqliteValue,
  sqliteDialect,
} from '../sqlite-register.ts'
import type { EngineRows } from './read-list-rows.ts'
import { rowsStatement } from './rows-text.ts'

const batchRows = 4_096

/** The rows of a plan in a SQLite file, which is opened as for tables and closed behind them. */
export function sqliteRows(
  path: string,
  description: RegisterDescription,
  plan: MaskPlan,
): EngineRows {
  return { batches: batchesOf(path, description, plan), readValue: readSqliteValue }
}

async function* batchesOf(
  path: string,
  description: RegisterDescription,
  plan: MaskPlan,
): AsyncGenerator<readonly (readonly unknown[])[], void> {
  const db = openSqliteTable(path, description)
  try {
    const { text, values } = rowsStatement(plan, description, sqliteDialect)
    const rows = read(() => {
      const statement = db.prepare(text)
      statement.setReturnArrays(true)
      return statement.iterate(...values.map((value) => bindable(value)))
    })
    for (;;) {
      const batch = read(() => nextRows(rows))
      if (batch.length === 0) return
      yield batch
    }
  } finally {
    db.close()
  }
}

function nextRows(rows: Iterator<unknown>): readonly (readonly unknown[])[] {
  const batch: (readonly unknown[])[] = []
  while (batch.length < batchRows) {
    const next = rows.next()
    if (next.done === true) return batch
    batch.push(asArray(next.value))
  }
  return batch
}
