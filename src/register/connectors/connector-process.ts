/**
 * The process of one connector. It is forked by the gateway, opens one register, and answers the three kinds
 * of question of `connector-messages.ts`. Identifiers come in with a question about one subject; none goes out.
 */
import * as z from 'zod'

import { parseRegisterDescription } from '../register-description.ts'
import { RegisterError } from '../register-error.ts'
import type { Register } from '../register.ts'
import { questionBatchSchema } from './connector-messages.ts'
import type { ConnectorAnswer, ConnectorQuestion, Numbered } from './connector-messages.ts'

const settingsSchema = z.strictObject({
  kind: z.enum(['sqlite', 'csv']),
  path: z.string().min(1),
  description: z.unknown(),
})

async function open(text: string | undefined): Promise<Register> {
  const { kind, path, description } = settingsSchema.parse(JSON.parse(text ?? ''))
  const described = parseRegisterDescription(description)
  // Only the driver that is used is loaded.
  if (kind === 'sqlite') {
    const { openSqliteRegister } = await import('./sqlite-register.ts')
    return openSqliteRegister(path, described)
  }
  const { openCsvRegister } = await import('./csv-register.ts')
  return openCsvRegister(path, described)
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

function failure(cause: unknown): ConnectorAnswer {
  if (cause instanceof RegisterError) {
    return { kind: 'failure', code: cause.code, message: cause.message }
  }
  // Whatever an engine says may quote a value: it stays here.
  return { kind: 'failure', code: 'UNAVAILABLE', message: 'the register could not be read' }
}

const opening = open(process.argv[2])
// A register that does not open is the answer to every question; the rejection is not unhandled.
opening.catch(() => undefined)

let outbox: Numbered<ConnectorAnswer>[] = []

function post(reply: Numbered<ConnectorAnswer>): void {
  outbox.push(reply)
  if (outbox.length > 1) return
  setImmediate(() => {
    process.send?.(outbox)
    outbox = []
  })
}

async function take({ number, content }: Numbered<ConnectorQuestion>): Promise<void> {
  try {
    post({ number, content: await answer(await opening, content) })
  } catch (cause) {
    post({ number, content: failure(cause) })
  }
}

process.on('message', (message) => {
  const batch = questionBatchSchema.safeParse(message)
  // A gateway that says anything else is not a gateway.
  if (!batch.success) process.exit(2)
  for (const one of batch.data) void take(one)
})
process.on('disconnect', () => process.exit(0))
