/** What the load process is started with, as JSON in its one argument. */
export interface LoadSettings {
  /** A file that holds the consumer's secrets as JSON. */
  readonly secretsFile: string
  /** Where every acknowledged answer goes, one a line. */
  readonly acknowledgedFile: string
  readonly connections: number
  /** Every n-th delivery asks an answered question again. */
  readonly againEvery: number
}

/** What the test tells the load process. */
export type LoadCommand =
  /** Send, and keep sending until told otherwise; a gateway that is away is tried again and again. */
  | { readonly type: 'run' }
  /** Send nothing new; what is under way is waited for. */
  | { readonly type: 'rest' }
  /** Ask nothing new any more: only what has no answer yet. Ends when all of it has. */
  | { readonly type: 'finish' }

/** What the load process tells the test. */
export type LoadReport =
  | { readonly type: 'ready' }
  /** The first delivery since `run` is on its way. */
  | { readonly type: 'sent' }
  | ({ readonly type: 'progress' } & LoadCounts)
  /** Nothing is under way any more, after `rest`. */
  | { readonly type: 'resting' }
  /** After `finish`: every question that was ever asked has its answer in the file. */
  | ({ readonly type: 'finished' } & LoadCounts)

/** What the load process has seen. */
export interface LoadCounts {
  /** Questions with an answer, each counted once. */
  readonly answered: number
  /** Deliveries without an acknowledged answer: the gateway was away, or died. */
  readonly broken: number
  /** Deliveries after an earlier one had broken. */
  readonly retried: number
  /** Answered questions that were asked again, and answered again. */
  readonly again: number
  /** Answers that were neither 200 nor "not now", or not signed by the provider: must stay empty. */
  readonly strange: readonly string[]
}

/** One line of the file of acknowledged answers. */
export interface Acknowledged {
  readonly exchangeId: string
  /** What a true answer says. */
  readonly expected: boolean
  /** The answer's body, verbatim. */
  readonly body: string
}

/** An acknowledged answer as a line; a canonical body has no line break. */
export function formatAcknowledged({ exchangeId, expected, body }: Acknowledged): string {
  return `${exchangeId} ${expected ? 'true' : 'false'} ${body}\n`
}

/** Reads what {@link formatAcknowledged} wrote. */
export function parseAcknowledged(line: string): Acknowledged {
  const [exchangeId = '', expected = ''] = line.split(' ', 2)
  const body = line.slice(exchangeId.length + expected.length + 2)
  return { exchangeId, expected: expected === 'true', body }
}
