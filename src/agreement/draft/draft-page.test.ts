import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { lintCodes } from '../lint/lint-finding.ts'
import { draftKeys } from './draft-keys.ts'
import { advices } from './draft-problem.ts'

const page = readFileSync(
  new URL('../../../docs/reference/agreement-draft.md', import.meta.url),
  'utf8',
)

/** The first two cells of every row of the page's tables, without the code marks of the first. */
function rowsOf(text: string): readonly (readonly [string, string])[] {
  return [...text.matchAll(/^\| `([A-Za-z_0-9]+)` *\| (.*?) *\|/gm)].map(
    ([, key = '', cell = '']) => [key, cell],
  )
}

const unexplained = (text: string): readonly string[] => {
  const explained = new Set(rowsOf(text).map(([key]) => key))
  const known = [...draftKeys.map(({ key }) => key), ...lintCodes]
  return known.filter((one) => !explained.has(one))
}

test('the reference page has every key of a draft and every finding', () => {
  assert.deepEqual(unexplained(page), [])
  assert.deepEqual(unexplained(page.replaceAll('| `contest`', '| `other`')), ['contest'])
})

test('it says what to do about a problem in the words of the command', () => {
  const rows = rowsOf(page).filter(([key]) => key in advices)
  assert.deepEqual(Object.fromEntries(rows), advices)
})
