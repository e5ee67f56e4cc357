/**
 * The process of one connector. It is forked by the gateway, opens one register, and answers the three kinds
 * of question of `connector-messages.ts`. Identifiers come in with a question about one subject; none goes out.
 */
import * as z from 'zod'

import { parseRegisterDescription } from '../register-description.ts'
import type { Register } from '../register.ts'
import { questionBatchSchema } from './connector-messages.ts'
import type { ConnectorAnswer, ConnectorQuestion } from './connector-messages.ts'
import { serveConnector } from './serve-connector.ts'

const path = z.string().min(1)
const description = z.unknown()
const settingsSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('sqlite'), path, description }),
  z.strictObject({ kind: z.enum(['csv', 'parquet']), path, description }),
  z.strictObject({ kind: z.literal('postgres'), dsnFile: path, schema: path, description }),
  z.strictObject({
    kind: z.literal('http'),
    url: z.string(),
    tokenFile: path,
    authorityFile: path.optional(),
    description,
  }),
])

async function open(text: string): Promise<Register> {
  const settings = settingsSchema.parse(JSON.parse(text))
  const described = parseRegisterDescription(settings.description)
  // Only the driver that is used is loaded.
  switch (settings.kind) {
    case 'sqlite': {
      const { openSqliteRegister } = await import('./sqlite-register.ts')
      return openSqliteRegister(settings.path, described)
    }
    case 'csv':
    case 'parquet': {
      const { openFileRegister } = await import('./file-register.ts')
      return openFileRegister({ kind: settings.kind, path: settings.path }, described)
    }
    case 'postgres': {
      const { openPostgresRegister } = await import('./postgres/postgres-register.ts')
      return openPostgresRegister(settings, described)
    }
    case 'http': {
      const { openHttpRegister } = await import('./http/http-register.ts')
      return openHttpRegister(settings, described)
    }
  }
}

async function answer(register: Register, question: ConnectorQuestion): Promise<ConnectorAnswer> {
  switch (question.kind) {
    case 'lookUp': {
      const { scheme } = register.describe().subject
      const row = await register.lookUp({ scheme, value: question.subject }, question.elements)
      return { kind: 'row', row: row ?? null }
    }
    case 'aggregate':
      return { kind: 'cells', table: await register.aggregate(question.plan) }
    case 'describe':
      return { kind: 'description', description: register.describe() }
  }
}

serveConnector(questionBatchSchema, { open, answer })
