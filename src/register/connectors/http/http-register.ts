import { readFile } from 'node:fs/promises'
import { Agent, request } from 'undici'
import * as z from 'zod'

import { fillCells, layOutCells, numbersOf } from '../../closed-query-plan.ts'
import type { CellTable, ClosedQueryPlan } from '../../closed-query-plan.ts'
import { elementOf, isOfType } from '../../register-description.ts'
import type { ElementDescription, RegisterDescription } from '../../register-description.ts'
import { RegisterError } from '../../register-error.ts'
import type { AnsweringRegister, Row, SubjectIdentifier } from '../../register.ts'

/** Where an organisation's own interface to its records is. */
export interface HttpPlace {
  /** `https:`; `http:` on this machine alone. */
  readonly url: string
  /** Holds the bearer token in one line. Secret. */
  readonly tokenFile: string
  readonly authorityFile?: string | undefined
}

const lookUpBounds = { path: '/look-up', timeoutMs: 3000, maxBytes: 65_536 }
const aggregateBounds = { path: '/aggregate', timeoutMs: 590_000, maxBytes: 1_048_576 }

const value = z.union([z.boolean(), z.int(), z.string()])
const rowReply = z.strictObject({ row: z.record(z.string(), value.nullable()).nullable() })
const cellsReply = z.strictObject({
  cells: z.array(z.strictObject({ key: z.array(value), numbers: z.array(z.int()) })).max(1000),
})

function unavailable(message = 'the register gave no usable reply'): RegisterError {
  return new RegisterError('UNAVAILABLE', message)
}

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
  const client = await openClient(place)
  return {
    lookUp: (subject, names) => lookUp(client, description, { subject, names }),
    aggregate: (plan) => aggregate(client, description, plan),
    describe: () => description,
    [Symbol.asyncDispose]: () => client.close(),
  }
}

interface Client {
  post(bounds: typeof lookUpBounds, body: object): Promise<unknown>
  close(): Promise<void>
}

function baseOf(text: string): string {
  const url = URL.parse(text)
  const isHere = url !== null && ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname)
  if (url?.protocol === 'https:' || (url?.protocol === 'http:' && isHere)) {
    return text.replace(/\/$/, '')
  }
  throw unavailable('its address must begin with https://')
}

async function openClient({ url, tokenFile, authorityFile }: HttpPlace): Promise<Client> {
  const base = baseOf(url)
  const token = (await readFile(tokenFile, 'utf8').catch(() => '')).trimEnd()
  if (!/^[\x21-\x7e]{16,256}$/.test(token)) {
    throw unavailable('its token file must hold 16 to 256 printable characters in one line')
  }
  const ca = authorityFile === undefined ? undefined : await readFile(authorityFile, 'utf8')
  const connect = { timeout: 2000, ...(ca === undefined ? {} : { ca }) }
  const agent = new Agent({ connections: 4, pipelining: 1, connect })
  return {
    post: async (bounds, body) => {
      try {
        return await exchange({ agent, base, token }, bounds, body)
      } catch {
        // What a server or a parser says may quote a value.
        throw unavailable()
      }
    },
    close: () => agent.close(),
  }
}

async function exchange(
  { agent, base, token }: { readonly agent: Agent; readonly base: string; readonly token: string },
  { path, timeoutMs, maxBytes }: typeof lookUpBounds,
  content: object,
): Promise<unknown> {
  const { statusCode, headers, body } = await request(`${base}${path}`, {
    dispatcher: agent,
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'accept-encoding': 'identity',
    },
    body: JSON.stringify(content),
    signal: AbortSignal.timeout(timeoutMs),
  })
  body.on('error', () => undefined)
  if (statusCode !== 200 || headers['content-encoding'] !== undefined) {
    body.destroy()
    throw unavailable()
  }
  const parts: Uint8Array[] = []
  let length = 0
  const chunks: AsyncIterable<Uint8Array> = body
  for await (const bytes of chunks) {
    length += bytes.length
    if (length > maxBytes) {
      body.destroy()
      throw unavailable()
    }
    parts.push(bytes)
  }
  const json: unknown = JSON.parse(Buffer.concat(parts).toString('utf8'))
  return json
}

async function lookUp(
  client: Client,
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
  if (!reply.success) throw unavailable()
  const { row } = reply.data
  if (row === null) return undefined
  if (Object.keys(row).length !== elements.length) throw unavailable()
  return Object.fromEntries(elements.map((element) => [element.name, valueIn(row, element)]))
}

function valueIn(row: Row, { name, type }: ElementDescription): Row[string] {
  const found = Object.hasOwn(row, name) ? row[name] : undefined
  if (found === null || isOfType(type, found)) return found
  throw new RegisterError('RECORDS_INVALID', `a value of ${name} is not of the type ${type}`)
}

async function aggregate(
  client: Client,
  description: RegisterDescription,
  plan: ClosedQueryPlan,
): Promise<CellTable> {
  const cells = layOutCells(plan, description)
  const reply = cellsReply.safeParse(
    await client.post(aggregateBounds, { register: description.name, plan }),
  )
  if (!reply.success) throw unavailable()
  const known = new Set(cells.map((key) => JSON.stringify(key)))
  for (const { key, numbers } of reply.data.cells) {
    const isOfPlan = known.delete(JSON.stringify(key))
    if (!isOfPlan || numbers.length !== numbersOf(plan.measure)) throw unavailable()
  }
  return fillCells(plan, cells, reply.data.cells)
}
