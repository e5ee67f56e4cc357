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

async function open(text: string | undefined): Promise<Register> {
  const settings = settingsSchema.parse(JSON.parse(text ?? ''))
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

function failure(cause: unknown): ConnectorAnswer {
  if (cause instanceof RegisterError) {
    return { kind: 'failure', code: cause.code, message: cause.message }
  }
  // Whatever an engine says may quote a value: it stays here.
  return { kind: 'failure', code: 'UNAVAILABLE', message: 'the register could not be read' }
}

/** Least milliseconds between two attempts to open a register that was unavailable. */
const againMs = 1000

interface Opening {
  readonly atMs: number
  readonly register: Promise<Register>
  isUnavailable: boolean
}

function begin(): Opening {
  const begun = { atMs: performance.now(), register: open(process.argv[2]), isUnavailable: false }
  // A register that does not open is the answer to every question; the rejection is not unhandled.
  begun.register.catch((cause: unknown) => {
    begun.isUnavailable = cause instanceof RegisterError && cause.code === 'UNAVAILABLE'
  })
  return begun
}

let opening = begin()

/** The register; one that was unavailable, as a database that starts later, is opened again. */
function opened(): Promise<Register> {
  if (opening.isUnavailable && performance.now() - opening.atMs >= againMs) opening = begin()
  return opening.register
}

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
    post({ number, content: await answer(await opened(), content) })
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
