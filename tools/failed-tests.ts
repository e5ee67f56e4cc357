import { basename } from 'node:path'
import { inspect } from 'node:util'
import type { TestEvent } from './slowest-tests.ts'

const linesShown = 6

function reasonOf(error: { readonly cause?: unknown; readonly message?: string }): string {
  const { cause } = error
  const text = cause === undefined ? (error.message ?? '') : inspect(cause)
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(0, linesShown)
    .map((line) => `    ${line}\n`)
    .join('')
}

/* oxlint-disable import/no-default-export -- node:test takes a reporter from there */
/** A reporter of node:test: each test that failed, with its file and the first lines of the reason. */
export default async function* failedTests(
  events: AsyncIterable<TestEvent>,
): AsyncGenerator<string> {
  for await (const { type, data } of events) {
    const { name = '', nesting, file = '', details } = data
    if (type !== 'test:fail' || nesting !== 0) continue
    yield `  ${name} (${basename(file)})\n${reasonOf(details?.error ?? {})}`
  }
}
