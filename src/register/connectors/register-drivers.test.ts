import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { after, test } from 'node:test'
import { gzipSync } from 'node:zlib'

import { DuckDBInstance } from '@duckdb/node-api'
import * as z from 'zod'

import { concatBytes, decodeHex, encodeHex, utf8 } from '../../bytes/index.ts'
import type { MaskedRows } from '../../crypto/index.ts'
import {
  contractDescription,
  contractRows,
  registerContract,
  writeCsvFile,
  writeSqliteFile,
} from '../../testing/index.ts'
import { closedQueryPlanSchema } from '../closed-query-plan.ts'
import { maskPlanSchema } from '../mask-plan.ts'
import { RegisterError } from '../register-error.ts'
import { openRegister } from './open-register.ts'
import type { OpenRegister } from './open-register.ts'

const folder = mkdtempSync(join(tmpdir(), 'cloison-register-'))
after(() => rmSync(folder, { recursive: true }))

const sqlitePath = join(folder, 'people.db')
const csvPath = join(folder, "people's.csv")
writeSqliteFile(sqlitePath, contractRows())
writeCsvFile(csvPath, contractRows())

registerContract('sqlite', () =>
  openRegister({ kind: 'sqlite', path: sqlitePath, description: contractDescription }),
)
registerContract('csv', () =>
  openRegister({ kind: 'csv', path: csvPath, description: contractDescription }),
)

const parquetPath = join(folder, 'people.parquet')

/** The contract's table as Parquet, with the types that such a file has. */
async function writeParquetFile(): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  await connection.run(`COPY (SELECT nin, annual_income::INTEGER AS annual_income, district,
    insured::BOOLEAN AS insured, dependants::TINYINT AS dependants, birth_date::DATE AS birth_date,
    street, religion, secret FROM read_csv('${csvPath.replaceAll("'", "''")}', all_varchar = true))
    TO '${parquetPath}' (FORMAT parquet)`)
  connection.closeSync()
  instance.closeSync()
}

registerContract('parquet', async () => {
  await writeParquetFile()
  return openRegister({ kind: 'parquet', path: parquetPath, description: contractDescription })
})

const token = 'a-token-of-the-contract'
const tokenFile = join(folder, 'token')
writeFileSync(tokenFile, `${token}\n`)

/** An organisation's own interface over its records, as `spec/register.md` has it. */
async function serveRecords(): Promise<{ readonly url: string; close(): Promise<void> }> {
  const records = await openRegister({
    kind: 'csv',
    path: csvPath,
    description: contractDescription,
  })
  const reply = async (path: string | undefined, body: string): Promise<object | undefined> => {
    const asked: unknown = JSON.parse(body)
    const lookUp = lookUpSchema.safeParse(asked)
    if (path === '/look-up' && lookUp.success) {
      return { row: (await records.lookUp(lookUp.data.subject, lookUp.data.elements)) ?? null }
    }
    const table = aggregateSchema.safeParse(asked)
    if (path !== '/aggregate' || !table.success) return undefined
    return { cells: (await records.aggregate(table.data.plan)).cells }
  }
  const server = createServer((request, response) => {
    const answer = async (): Promise<void> => {
      if (request.url === '/mask-points') {
        await maskInto(records, await text(request), response)
        return
      }
      const found = await reply(request.url, await text(request))
      const isKnown = request.headers.authorization === `Bearer ${token}`
      response.statusCode = isKnown && found !== undefined ? 200 : 400
      response.end(JSON.stringify(found ?? {}))
    }
    void answer()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  return {
    url: `http://127.0.0.1:${port}`,
    close: async () => {
      server.closeAllConnections()
      server.close()
      await records[Symbol.asyncDispose]()
    },
  }
}

/** What an interface does with `/mask-points`: here by the register behind it. */
async function maskInto(
  records: OpenRegister,
  body: string,
  response: ServerResponse,
): Promise<void> {
  try {
    const { plan } = maskSchema.parse(JSON.parse(body))
    const [planHash, scalar, saltKey, inspectorKey] = [
      decodeHex(plan.planHash),
      decodeHex(plan.scalar),
      decodeHex(plan.saltKey),
      decodeHex(plan.inspectorKey),
    ]
    const bytes = { planHash, scalar, saltKey, inspectorKey }
    const masked = await records.maskPoints(maskPlanSchema.parse({ ...plan, ...bytes }))
    response.write(maskedReply(masked))
  } catch (cause) {
    response.statusCode =
      cause instanceof RegisterError && cause.code === 'RECORDS_INVALID' ? 422 : 500
  }
  response.end()
}

/** Masked rows of at most one batch as `spec/register.md` has them. */
function maskedReply({ points, leaves, slots, sealKey, ...rest }: MaskedRows): Uint8Array {
  const head = `${JSON.stringify({ ...rest, sealKey: encodeHex(sealKey) })}\n`
  return concatBytes(utf8(head), points, leaves, slots)
}

const hex = z.string().regex(/^[0-9a-f]{64}$/)
const maskSchema = z.strictObject({
  register: z.literal('income'),
  plan: z.looseObject({ planHash: hex, scalar: hex, saltKey: hex, inspectorKey: hex }),
})
const lookUpSchema = z.strictObject({
  register: z.literal('income'),
  subject: z.strictObject({ scheme: z.string(), value: z.string() }),
  elements: z.array(z.string()),
})
const aggregateSchema = z.strictObject({
  register: z.literal('income'),
  plan: closedQueryPlanSchema,
})

registerContract('http', async () => {
  const served = await serveRecords()
  const { url } = served
  const settings = { kind: 'http', url, tokenFile, description: contractDescription } as const
  const register = await openRegister(settings)
  return {
    ...register,
    [Symbol.asyncDispose]: async () => {
      await register[Symbol.asyncDispose]()
      await served.close()
    },
  }
})

/** A register over a server that gives one reply to everything. */
async function lookUpAt(answer: (response: ServerResponse) => void): Promise<unknown> {
  const server = createServer((_request, response) => answer(response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
  await using register = await openRegister({
    kind: 'http',
    url,
    tokenFile,
    description: contractDescription,
  })
  try {
    return await register.lookUp({ scheme: 'test-number', value: 'P0001' }, ['dependants'])
  } finally {
    server.closeAllConnections()
    server.close()
  }
}

test('a register over HTTP takes its one form of reply, and no other', async () => {
  const right = '{"row":{"dependants":1}}'
  assert.deepEqual(await lookUpAt((response) => response.end(right)), { dependants: 1 })
  const wrong: readonly ((response: ServerResponse) => void)[] = [
    (response) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(),
    (response) => response.writeHead(500).end(right),
    (response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(right)),
    (response) => response.end(`{"row":{"dependants":1}}${' '.repeat(70_000)}`),
    (response) => response.end('{"row":[{"dependants":1}]}'),
    (response) => response.end('{"row":{"dependants":1,"street":"x"}}'),
    (response) => response.end('{"row":{"street":"x"}}'),
    (response) => response.end('{"rows":[]}'),
    (response) => response.end('not JSON'),
    (response) => response.destroy(),
  ]
  for (const answer of wrong) {
    await assert.rejects(lookUpAt(answer), (cause: { code: string }) =>
      ['UNAVAILABLE', 'RECORDS_INVALID'].includes(cause.code),
    )
  }
})

test('a register over HTTP is asked in the clear on this machine alone', async () => {
  const url = 'http://records.example'
  const settings = { kind: 'http', url, tokenFile, description: contractDescription } as const
  await assert.rejects(openRegister(settings), { code: 'UNAVAILABLE', message: /https/ })
})
