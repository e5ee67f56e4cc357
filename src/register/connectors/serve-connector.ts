import type * as z from 'zod'

import { RegisterError } from '../register-error.ts'
import type { Batch, ConnectorFailure, Numbered } from './connector-messages.ts'

/** What a connector's process does with the questions that reach it. */
export interface ServedConnector<Opened, Question, Answer> {
  /** Opens the records by the settings that the process was started with. */
  open(settings: string): Promise<Opened>
  answer(opened: Opened, question: Question): Promise<Answer>
}

/** Least milliseconds between two attempts to open records that were unavailable. */
const againMs = 1000

/** What a connector's process says of a failure: its own words, and nothing of an engine. */
export function failure(cause: unknown): ConnectorFailure {
  if (cause instanceof RegisterError) {
    return { kind: 'failure', code: cause.code, message: cause.message }
  }
  // Whatever an engine says may quote a value: it stays here.
  return { kind: 'failure', code: 'UNAVAILABLE', message: 'the register could not be read' }
}

/** The opened records; those that were unavailable, as a database that starts later, are opened again. */
function opener<Opened>(open: () => Promise<Opened>): () => Promise<Opened> {
  const begin = (): { atMs: number; opened: Promise<Opened>; isUnavailable: boolean } => {
    const begun = { atMs: performance.now(), opened: open(), isUnavailable: false }
    // What does not open is the answer to every question; the rejection is not unhandled.
    begun.opened.catch((cause: unknown) => {
      begun.isUnavailable = cause instanceof RegisterError && cause.code === 'UNAVAILABLE'
    })
    return begun
  }
  let opening = begin()
  return () => {
    if (opening.isUnavailable && performance.now() - opening.atMs >= againMs) opening = begin()
    return opening.opened
  }
}

/**
 * Makes this process the one of a connector: it opens its records at once, answers batches of questions of the
 * closed schema, ends on anything else, and ends with its parent.
 */
export function serveConnector<Opened, Question, Answer>(
  questions: z.ZodType<Batch<Question>>,
  connector: ServedConnector<Opened, Question, Answer>,
): void {
  const opened = opener(async () => connector.open(process.argv[2] ?? ''))
  let outbox: Numbered<Answer | ConnectorFailure>[] = []
  function post(reply: Numbered<Answer | ConnectorFailure>): void {
    outbox.push(reply)
    if (outbox.length > 1) return
    setImmediate(() => {
      process.send?.(outbox)
      outbox = []
    })
  }
  async function take({ number, content }: Numbered<Question>): Promise<void> {
    try {
      post({ number, content: await connector.answer(await opened(), content) })
    } catch (cause) {
      post({ number, content: failure(cause) })
    }
  }
  process.on('message', (message) => {
    const batch = questions.safeParse(message)
    // A gateway that says anything else is not a gateway.
    if (!batch.success) process.exit(2)
    for (const one of batch.data) void take(one)
  })
  process.on('disconnect', () => process.exit(0))
}
