import { measuredElement } from '../../mask-plan.ts'
import type { MaskPlan } from '../../mask-plan.ts'
import type { RegisterDescription } from '../../register-description.ts'
import { RegisterError } from '../../register-error.ts'
import type { EngineRows } from '../masking/read-list-rows.ts'
import { checkDatabase } from './check-database.ts'
import type { ShippedFunctions } from './check-database.ts'
import { openDatabase } from './database.ts'
import { joinCursor, joinRowsFunction, joinSchema } from './join-rows-function.ts'
import { catalogueOf, mismatchOf, readPostgresValue, refuseRights } from './postgres-register.ts'
import type { PostgresInspection, PostgresPlace } from './postgres-register.ts'
import { quoteIdentifier } from './register-functions.ts'
import { findRightsBeyond } from './role-findings.ts'

const bounds = { connections: 1, statementMs: 590_000 }

/**
 * The rows of a plan in PostgreSQL, through the one function that a role of its own may call. Refuses a role that can do more.
 *
 * @throws `RegisterError`, when the rows are read: `JOINS_NOT_GRANTED` without such a role, `ROLE_REFUSED`,
 * `DESCRIPTION_INVALID`, `UNAVAILABLE`
 */
export function postgresRows(
  place: PostgresPlace,
  description: RegisterDescription,
  plan: MaskPlan,
): EngineRows {
  return { batches: batchesOf(place, description, plan), readValue: readPostgresValue }
}

/**
 * Looks at the role for joins and its function, for `doctor`; `undefined` where none is configured.
 *
 * @throws `RegisterError` `UNAVAILABLE`
 */
export async function inspectPostgresJoins(
  place: PostgresPlace,
  description: RegisterDescription,
): Promise<PostgresInspection | undefined> {
  if (place.joinsDsnFile === undefined) return undefined
  await using database = await openDatabase(place.joinsDsnFile, bounds)
  const read = catalogueOf(database)
  const findings = await findRightsBeyond(read, joinSchema(description))
  const check = checkDatabase(read, description, shippedOf(place, description))
  return { findings, mismatch: await mismatchOf(check) }
}

function shippedOf(
  { schema }: PostgresPlace,
  description: RegisterDescription,
): ShippedFunctions & { readonly tableSchema: string } {
  return {
    schema: joinSchema(description),
    functions: [joinRowsFunction(description, schema)],
    script: 'cloison register sql --joins',
    tableSchema: schema,
  }
}

async function* batchesOf(
  place: PostgresPlace,
  description: RegisterDescription,
  plan: MaskPlan,
): AsyncGenerator<readonly (readonly unknown[])[], void> {
  if (place.joinsDsnFile === undefined)
    throw new RegisterError(
      'JOINS_NOT_GRANTED',
      'no role of its database may read rows for joins; its administrator grants one with the script of "cloison register sql --joins"',
    )
  await using database = await openDatabase(place.joinsDsnFile, bounds)
  const read = catalogueOf(database)
  refuseRights(await findRightsBeyond(read, joinSchema(description)))
  await checkDatabase(read, description, shippedOf(place, description))
  const measured = measuredElement(plan)
  const text = `SELECT ${quoteIdentifier(joinSchema(description))}.join_rows($1, $2, $3, $4, $5)`
  yield* database.blocks({ text, cursor: joinCursor }, [
    plan.by,
    JSON.stringify(plan.where),
    measured?.element,
    measured?.min,
    measured?.max,
  ])
}
