/**
 * The process of one connector. It is forked by the gateway, opens one register, and answers the three kinds
 * of question of `connector-messages.ts`. Identifiers come in with a question about one subject; none goes out.
 */
import { parseRegisterDescription } from '../register-description.ts'
import type { AnsweringRegister } from '../register.ts'
import { questionBatchSchema } from './connector-messages.ts'
import type { ConnectorAnswer, ConnectorQuestion } from './connector-messages.ts'
import { connectorSettingsSchema } from './connector-settings.ts'
import { serveConnector } from './serve-connector.ts'

async function open(text: string): Promise<AnsweringRegister> {
  const settings = connectorSettingsSchema.parse(JSON.parse(text))
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

async function answer(
  register: AnsweringRegister,
  question: ConnectorQuestion,
): Promise<ConnectorAnswer> {
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
