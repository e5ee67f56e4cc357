import { inspectPostgres, inspectPostgresJoins, openRegister } from '../../register/index.ts'
import type {
  PostgresInspection,
  RegisterDescription,
  RegisterPlace,
} from '../../register/index.ts'
import type { LoadedConfig } from '../config-file.ts'
import { placeOf, readDescription } from '../open-registers.ts'
import type { Said } from '../../sentences/index.ts'
import {
  type CheckSentence,
  type DoctorCheck,
  failure,
  fine,
  says,
  wrong,
  wrongRight,
} from './doctor-check.ts'

async function checkRole(
  what: string,
  place: Extract<RegisterPlace, { kind: 'postgres' }>,
  description: RegisterDescription,
): Promise<readonly DoctorCheck[]> {
  const answering = roleChecks(what, await inspectPostgres(place, description), {
    calls: says('doctorSays.two-functions', {}),
    script: 'cloison register sql',
  })
  return [...answering, ...(await checkJoinsRole(`${what}.joins_dsn_file`, place, description))]
}

async function checkJoinsRole(
  what: string,
  place: Extract<RegisterPlace, { kind: 'postgres' }>,
  description: RegisterDescription,
): Promise<readonly DoctorCheck[]> {
  const script = 'cloison register sql --joins'
  try {
    const found = await inspectPostgresJoins(place, description)
    if (found === undefined) return []
    const calls = says('doctorSays.join-function', {})
    return roleChecks(what, found, { calls, script })
  } catch (cause) {
    return [wrong(what, failure(cause), says('doctorDo.joins-script', { command: script }))]
  }
}

function roleChecks(
  what: string,
  { findings, mismatch }: PostgresInspection,
  { calls, script }: { readonly calls: Said<CheckSentence>; readonly script: string },
): readonly DoctorCheck[] {
  const rights = findings.map((one) => wrongRight(what, one))
  if (mismatch !== undefined) {
    const found = says('doctorSays.said', { said: mismatch })
    return [...rights, wrong(what, found, says('doctorDo.script', { command: script }))]
  }
  return rights.length > 0 ? rights : [fine(what, calls)]
}

/** Every person is in one row or none: a table of all rows against the population that is declared. */
async function checkRecords(
  what: string,
  place: RegisterPlace,
  description: RegisterDescription,
): Promise<DoctorCheck> {
  await using register = await openRegister({ ...place, description })
  const table = await register.aggregate({ v: 1, where: [], by: [], measure: { kind: 'count' } })
  const rows = table.cells[0]?.numbers[0] ?? 0
  const { size } = description.population
  if (rows > size) {
    const many = says('doctorSays.many-rows', { rows, size })
    return wrong(what, many, says('doctorDo.population', {}))
  }
  const outside: string[] = []
  for (const { name, category, domain } of description.elements) {
    if (domain.kind !== 'closed' || category === 'locating') continue
    const plan = { v: 1, where: [], by: [name], measure: { kind: 'count' } } as const
    const { cells } = await register.aggregate(plan)
    const missing = rows - cells.reduce((sum, { numbers }) => sum + (numbers[0] ?? 0), 0)
    if (missing > 0) outside.push(`${name} ${missing}`)
  }
  if (outside.length === 0) return fine(what, says('doctorSays.rows', { rows }))
  return fine(what, says('doctorSays.gaps', { rows, gaps: outside.join(', ') }))
}

/**
 * Holds every register against its description: the role, columns, types and keys, and counts of rows. Shows
 * counts alone, no value and no identifier.
 */
export async function checkRegisters({
  config,
  at,
}: LoadedConfig): Promise<readonly DoctorCheck[]> {
  const checks: DoctorCheck[] = []
  for (const [name, configured] of Object.entries(config.registers)) {
    const what = `registers.${name}`
    try {
      const description = await readDescription(at(configured.description_file), name)
      const place = placeOf(configured, at)
      const role = place.kind === 'postgres' ? await checkRole(what, place, description) : []
      checks.push(...role)
      if (role.every(({ ok }) => ok)) checks.push(await checkRecords(what, place, description))
    } catch (cause) {
      checks.push(wrong(what, failure(cause), says('doctorDo.records', {})))
    }
  }
  return checks
}
