import assert from 'node:assert/strict'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { test } from 'node:test'
import { configJsonSchema } from '../../src/node/index.ts'

const root = resolve(import.meta.dirname, '../..')
const read = (path: string): string => readFileSync(join(root, path), 'utf8')

/** The pages that a source text sends its reader to and that are not there. */
function missingPages(source: string): readonly string[] {
  return [...source.matchAll(/\b(?:docs|spec)\/[a-zA-Z0-9/_-]+\.(?:md|json|svg)\b/g)]
    .map(([path]) => path)
    .filter((path) => !existsSync(join(root, path)))
}

test('every page that the program names is there', () => {
  const sources = globSync('src/**/*.ts', { cwd: root }).filter((path) => !path.includes('.test.'))
  assert.deepEqual(
    sources.flatMap((path) => missingPages(read(path)).map((page) => `${path}: ${page}`)),
    [],
  )
  assert.deepEqual(missingPages('see docs/reference/nothing.md'), ['docs/reference/nothing.md'])
})

/** The pages below `docs/` that an index does not lead to. */
function unlisted(index: string): readonly string[] {
  return globSync('docs/*/*', { cwd: root })
    .map((path) => relative('docs', path))
    .filter((path) => !index.includes(`](${path})`))
}

test('the index leads to every page', () => {
  assert.deepEqual(unlisted(read('docs/README.md')), [])
  assert.ok(unlisted('').includes('reference/configuration.md'))
})

interface Schema {
  readonly $ref?: string
  readonly properties?: Readonly<Record<string, Schema>>
  readonly items?: Schema
  readonly additionalProperties?: Schema | boolean
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
}

/** Every key of a configuration file, wherever it may stand. */
function keysOf(schema: Schema): readonly string[] {
  const { properties = {}, items, additionalProperties: values, anyOf = [], oneOf = [] } = schema
  assert.equal(schema.$ref, undefined, 'no schema refers to another')
  const inner = [...anyOf, ...oneOf, items, typeof values === 'object' ? values : undefined]
  return [
    ...Object.entries(properties).flatMap(([key, value]) => [key, ...keysOf(value)]),
    ...inner.flatMap((one) => (one === undefined ? [] : keysOf(one))),
  ]
}

function unexplained(page: string, words: readonly string[]): readonly string[] {
  const code = [...page.matchAll(/```[^`]*```|`([^`]+)`/g)].map(([all]) => all).join(' ')
  const known = new Set(code.split(/[^A-Za-z0-9_]+/))
  return [...new Set(words)].filter((word) => !known.has(word))
}

test('the reference has every key of a configuration file', () => {
  const keys = keysOf(configJsonSchema())
  assert.ok(keys.length > 60)
  const page = read('docs/reference/configuration.md')
  assert.deepEqual(unexplained(page, keys), [])
  assert.deepEqual(unexplained(page.replaceAll('`tls_pins[]`', ''), keys), ['tls_pins'])
})

/** Codes of the closed unions and lists that a source exports, by the name of each. */
function closedCodes(
  source: string,
): readonly (readonly [name: string, codes: readonly string[]])[] {
  const unions = source.matchAll(/export type (\w*(?:Code|Refusal)) =([^;]*?)(?=\n\n|\nexport|$)/g)
  const lists = source.matchAll(/export const (\w*(?:[cC]odes|[rR]efusals))\b[^=]*= \[([^\]]*)\]/g)
  return [...unions, ...lists]
    .map(([, name = '', body = '']) => [name, codesIn(body)] as const)
    .filter(([, codes]) => codes.length > 0)
}

const codesIn = (source: string): readonly string[] =>
  [...source.matchAll(/'([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*)'/g)].map(([, code = '']) => code)

test('the reference has every code of every closed union', () => {
  const pages = ['docs/reference/error-codes.md', 'docs/reference/agreement-draft.md']
  const page = pages.map(read).join('\n')
  const sources = globSync('src/**/*.ts', { cwd: root }).filter(
    (path) => !path.includes('.test.') && !path.startsWith('src/testing/'),
  )
  const found = sources.flatMap((path) =>
    closedCodes(read(path)).map(([name, codes]) => ({ name: `${path} ${name}`, codes })),
  )
  assert.ok(found.length > 35, `${found.length} unions`)
  const missing = found.flatMap(({ name, codes }) =>
    unexplained(page, codes).map((code) => `${name}: ${code}`),
  )
  assert.deepEqual(missing, [])
  const [[name, codes] = ['', []]] = closedCodes(
    "export type StoreCode =\n  | 'STORE_FULL'\n  | 'STORE_EMPTY'\n",
  )
  assert.equal(name, 'StoreCode')
  assert.deepEqual(unexplained(page, codes), ['STORE_EMPTY'])
})
