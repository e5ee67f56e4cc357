import * as z from 'zod'

import { fillCells, layOutCells, numbersOf } from '../../closed-query-plan.ts'
import type { CellTable, ClosedQueryPlan } from '../../closed-query-plan.ts'
import { elementOf, isOfType } from '../../register-description.ts'
import type { ElementDescription, RegisterDescription } from '../../register-description.ts'
import { RegisterError } from '../../register-error.ts'
import type { AnsweringRegister, Row, SubjectIdentifier } from '../../register.ts'
import { noUsableReply, openRecords } from './records-client.ts'
import type { HttpPlace, RecordsClient } from './records-client.ts'

const lookUpBounds = { path: '/look-up', timeoutMs: 3000, maxBytes: 65_536 }
const aggregateBounds = { path: '/aggregate', timeoutMs: 590_000, maxBytes: 1_048_576 }

const value = z.union([z.boolean(), z.int(), z.string()])
const rowReply = z.strictObject({ row: z.record(z.string(), value.nullable()).nullable() })
const cellsReply = z.strictObject({
  cells: z.array(z.strictObject({ key: z.array(value), numbers: z.array(z.int()) })).max(1000),
})

/**
 * A register behind an HTTP interface that the organisation runs (`spec/register.md`). Runs in the
 * connector's process. A request names one subject or a closed plan; redirects, codings and long or late
 * replies are refused.
 *
 * @throws {@link RegisterError} `UNAVAILABLE`
 */
export async function openHttpRegister(
  place: HttpPlace,
  description: RegisterDescription,
): Promise<AnsweringRegister & AsyncDisposable> {
  const client = await openRecords(place)
  return {
    lookUp: (subject, names) => lookUp(client, description, { subject, names }),
    aggregate: (plan) => aggregate(client, description, plan),
    describe: () => description,
    [Symbol.asyncDispose]: () => client[Symbol.asyncDispose](),
  }
}

async function lookUp(
  client: RecordsClient,
  description: RegisterDescription,
  asked: { readonly subject: SubjectIdentifier; readonly names: readonly string[] },
): Promise<Row | undefined> {
  const { subject } = asked
  if (subject.scheme !== description.subject.scheme) {
    throw new RegisterError('SCHEME_MISMATCH', 'the subject is named in another scheme')
  }
  const elements = [...new Set(asked.names)].map((name) => elementOf(description, name))
  if (elements.length === 0) throw new RegisterError('SHAPE_REFUSED', 'no element is asked for')
  const names = elements.map(({ name }) => name)
  const reply = rowReply.safeParse(
    await client.post(lookUpBounds, { register: description.name, subject, elements: names }),
  )
  if (!reply.success) throw noUsableReply()
  const { row } = reply.data
  if (row === null) return undefined
  if (Object.keys(row).length !== elements.length) throw noUsableReply()
  return Object.fromEntries(elements.map((element) => [element.name, valueIn(row, element)]))
}

function valueIn(row: Row, { name, type }: ElementDescription): Row[string] {
  const found = Object.hasOwn(row, name) ? row[name] : undefined
  if (found === null || isOfType(type, found)) return found
  throw new RegisterError('RECORDS_INVALID', `a value of ${name} is not of the type ${type}`)
}

async function aggregate(
  client: RecordsClient,
  description: RegisterDescription,
  plan: ClosedQueryPlan,
): Promise<CellTable> {
  const cells = layOutCells(plan, description)
  const reply = cellsReply.safeParse(
    await client.post(aggregateBounds, { register: description.name, plan }),
  )
  if (!reply.success) throw noUsableReply()
  const known = new Set(cells.map((key) => JSON.stringify(key)))
  for (const { key, numbers } of reply.data.cells) {
    const isOfPlan = known.delete(JSON.stringify(key))
    if (!isOfPlan || numbers.length !== numbersOf(plan.measure)) throw noUsableReply()
  }
  return fillCells(plan, cells, reply.data.cells)
}
