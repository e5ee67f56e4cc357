/**
 * The rival: what a team would write without Cloison. Fastify with a JWT of the official (RS256,
 * verified at every request), one SELECT by primary key and one audit row in PostgreSQL. Its answers
 * are unsigned and whoever administers the database can edit its audit.
 */
import { readFileSync } from 'node:fs'
import jwt from '@fastify/jwt'
import Fastify from 'fastify'
import { openRivalDatabase } from './rival-database.ts'
import type { RivalSettings } from './rival-settings.ts'

interface Lookup {
  readonly subject: string
  readonly case: string
  readonly purpose: string
  readonly legalBasis: string
  readonly elements: readonly string[]
}

/** Written by the benchmark that started this process. */
function settingsIn(file: string): RivalSettings {
  return JSON.parse(readFileSync(file, 'utf8')) as RivalSettings
}

const text = { type: 'string', minLength: 1, maxLength: 128 } as const
const lookupSchema = {
  body: {
    type: 'object',
    additionalProperties: false,
    required: ['subject', 'case', 'purpose', 'legalBasis', 'elements'],
    properties: {
      subject: text,
      case: text,
      purpose: text,
      legalBasis: text,
      elements: { type: 'array', items: text, minItems: 1, maxItems: 16 },
    },
  },
}

const settings = settingsIn(process.argv[2] ?? '')
const database = await openRivalDatabase(settings.postgresPort, settings.people)
const app = Fastify({ logger: false })
await app.register(jwt, {
  secret: { public: settings.publicKey },
  verify: { algorithms: ['RS256'] },
})

app.post<{ Body: Lookup }>('/lookups', { schema: lookupSchema }, async (request, reply) => {
  const { sub: official } = await request.jwtVerify<{ sub: string }>()
  const { subject, ...detail } = request.body
  const income = await database.lookUp(subject)
  if (income === undefined) return reply.code(404).send({ title: 'There is no such person.' })
  await database.audit({ subject, official, detail: { ...detail, outcome: 'answered' } })
  return { subject, results: [{ element: 'income_below_limit', value: income < 24_000 }] }
})

await app.listen({ host: '127.0.0.1', port: 0 })
const address = app.server.address()
process.stdout.write(
  `${JSON.stringify({
    event: 'listening',
    port: address !== null && typeof address === 'object' ? address.port : 0,
  })}\n`,
)
