import type { QuestionTrace } from '../../person/index.ts'

/** Puts rows together by a key, in the order in which keys come. */
export function groupBy<Row>(
  rows: Iterable<Row>,
  keyOf: (row: Row) => string,
): ReadonlyMap<string, readonly Row[]> {
  const groups = new Map<string, Row[]>()
  for (const row of rows) {
    const key = keyOf(row)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [row])
    else group.push(row)
  }
  return groups
}

/** Whose questions they are: side and consumer. */
export function consumerKey({ side, consumer }: Pick<QuestionTrace, 'side' | 'consumer'>): string {
  return `${side} ${consumer}`
}

/** The same, under one agreement. */
export function agreementKey(
  trace: Pick<QuestionTrace, 'side' | 'consumer' | 'agreement'>,
): string {
  return `${consumerKey(trace)} ${trace.agreement}`
}

/** The same, of one official. */
export function officialKey(
  trace: Pick<QuestionTrace, 'side' | 'consumer' | 'agreement' | 'official'>,
): string {
  return `${agreementKey(trace)} ${trace.official}`
}

/** How many different subjects are asked about. */
export function countSubjects(traces: readonly QuestionTrace[]): number {
  return new Set(traces.map(({ subject }) => subject)).size
}
