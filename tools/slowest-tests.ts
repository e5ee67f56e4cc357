import { basename } from 'node:path'

/** What of an event of node:test's reporters is read in this folder. */
export interface TestEvent {
  readonly type: string
  readonly data: {
    readonly name?: string
    readonly nesting?: number
    readonly file?: string
    readonly details?: {
      readonly duration_ms?: number
      readonly error?: { readonly cause?: unknown; readonly message?: string }
    }
  }
}

const shown = 10

/* oxlint-disable import/no-default-export -- node:test takes a reporter from there */
/** A reporter of node:test: the slowest tests of a run, one a line, the slowest first. */
export default async function* slowestTests(
  events: AsyncIterable<TestEvent>,
): AsyncGenerator<string> {
  const found: { readonly seconds: number; readonly what: string }[] = []
  for await (const { type, data } of events) {
    const { name = '', nesting, file = '', details } = data
    const isTest = (type === 'test:pass' || type === 'test:fail') && nesting === 0
    if (!isTest || details?.duration_ms === undefined) continue
    found.push({ seconds: details.duration_ms / 1000, what: `${name} (${basename(file)})` })
  }
  const slowest = found.toSorted((one, other) => other.seconds - one.seconds).slice(0, shown)
  for (const { seconds, what } of slowest) yield `${seconds.toFixed(1).padStart(7)} s  ${what}\n`
}
