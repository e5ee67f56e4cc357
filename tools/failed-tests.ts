import { basename } from 'node:path'
import { inspect } from 'node:util'
import type { TestEvent } from './slowest-tests.ts'

const linesShown = { first: 3, last: 9, stack: 5 }

/** A long text's beginning and end: what a program printed tells at its end why it stopped. */
function bothEnds(lines: readonly string[]): readonly string[] {
  const { first, last } = linesShown
  if (lines.length <= first + last) return lines
  return [...lines.slice(0, first), '…', ...lines.slice(-last)]
}

function reasonOf(error: { readonly cause?: unknown; readonly message?: string }): string {
  const { cause } = error
  const [message, stack] =
    cause instanceof Error
      ? [`${cause.name}: ${cause.message}`, (cause.stack ?? '').split('\n')]
      : [cause === undefined ? (error.message ?? '') : inspect(cause), []]
  const places = stack.filter((line) => /^\s+at /.test(line)).slice(0, linesShown.stack)
  return [...bothEnds(message.split('\n').filter((line) => line.trim() !== '')), ...places]
    .map((line) => `    ${line}\n`)
    .join('')
}

/* oxlint-disable import/no-default-export -- node:test takes a reporter from there */
/** A reporter of node:test: each test that failed, with its file and the ends of the reason. */
export default async function* failedTests(
  events: AsyncIterable<TestEvent>,
): AsyncGenerator<string> {
  for await (const { type, data } of events) {
    const { name = '', nesting, file = '', details } = data
    if (type !== 'test:fail' || nesting !== 0) continue
    yield `  ${name} (${basename(file)})\n${reasonOf(details?.error ?? {})}`
  }
}
