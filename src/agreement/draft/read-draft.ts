import { isAlias, isMap, isNode, isPair, isScalar, LineCounter, parseDocument, visit } from 'yaml'
import type { Document, Node } from 'yaml'

import type { Json, JsonObject } from '../../bytes/index.ts'
import { utf8 } from '../../bytes/index.ts'
import type { Agreement } from '../agreement.ts'
import { AgreementError } from '../agreement-error.ts'
import type { AgreementProblem } from '../agreement-problem.ts'
import { nearestKey } from '../nearest-key.ts'
import { compileAgreement } from '../parse-agreement.ts'
import { draftKeys, kindWords } from './draft-keys.ts'
import type { DraftKey } from './draft-keys.ts'
import { draftPath } from './draft-path.ts'
import { adviceOf } from './draft-problem.ts'
import type { DraftProblem, DraftProblemCode } from './draft-problem.ts'
import { WordError } from './word-error.ts'

/** What became of a draft. */
export type DraftReading =
  | { readonly ok: true; readonly agreement: Agreement; readonly lineOf: (path: string) => number }
  | {
      readonly ok: false
      readonly problems: readonly [DraftProblem, ...DraftProblem[]]
      readonly lineOf: (path: string) => number
    }

/** Most bytes of a draft: an agreement has 64 KiB, and comments have room. */
const largestDraft = 131_072

/**
 * Reads a draft: YAML 1.2 with unique keys, without anchors, aliases and tags, in the words of
 * `docs/reference/agreement-draft.md`. Every problem is reported at once, each with its line; a draft is
 * an agreement without signatures, or none.
 */
export function readDraft(text: string): DraftReading {
  if (utf8(text).length > largestDraft)
    return failed(problem('YAML_INVALID', 1, 'the draft is longer than 128 KiB'))
  const lines = new LineCounter()
  const document = parseYaml(text, lines)
  if (!('contents' in document)) return failed(document)
  const lineOf = (path: string): number => lineAt(document, lines, path)
  const found = yamlProblems(document, lines)
  const [first, ...others] = found
  if (first !== undefined) return { ok: false, problems: [first, ...others], lineOf }
  return compileDraft(document, lineOf)
}

function failed(one: DraftProblem): DraftReading {
  return { ok: false, problems: [one], lineOf: () => 1 }
}

function parseYaml(text: string, lineCounter: LineCounter): Document | DraftProblem {
  try {
    return parseDocument(text, {
      version: '1.2',
      uniqueKeys: true,
      lineCounter,
      prettyErrors: false,
    })
  } catch {
    // Nesting deeper than the stack, which no draft has.
    return problem('YAML_INVALID', 1, 'the draft is nested too deeply')
  }
}

function problem(code: DraftProblemCode, line: number, message: string): DraftProblem {
  return { code, line, path: '', message, advice: adviceOf(code) }
}

function yamlProblems(document: Document, lines: LineCounter): readonly DraftProblem[] {
  const syntax = [...document.errors, ...document.warnings].map(({ pos, message }) =>
    problem('YAML_INVALID', lines.linePos(pos[0]).line, firstSentence(message)),
  )
  if (syntax.length > 0) return syntax
  const shared: DraftProblem[] = []
  visit(document, {
    Node: (_key, node) => {
      const written = isAlias(node) || node.anchor !== undefined || isTagged(node)
      if (written)
        shared.push(
          problem('YAML_SHARED', lineOfNode(node, lines), 'has an anchor, an alias or a tag'),
        )
    },
  })
  if (shared.length > 0) return shared
  const odd = oddKeys(document, lines)
  if (odd.length > 0) return odd
  if (isMap(document.contents)) return []
  return [problem('YAML_INVALID', 1, 'the draft is no mapping of keys to values')]
}

function oddKeys(document: Document, lines: LineCounter): readonly DraftProblem[] {
  const odd: DraftProblem[] = []
  visit(document, {
    Pair: (_key, { key }) => {
      if (isScalar(key) && typeof key.value === 'string') return
      odd.push(
        problem('YAML_INVALID', isNode(key) ? lineOfNode(key, lines) : 1, 'a key is no word'),
      )
    },
  })
  return odd
}

function firstSentence(message: string): string {
  const [sentence = ''] = message.split('\n', 1)
  return sentence.replace(/[.:]+$/, '')
}

function isTagged(node: Node): boolean {
  return 'tag' in node && node.tag !== undefined
}

function lineOfNode(node: Node, lines: LineCounter): number {
  return node.range === null || node.range === undefined ? 1 : lines.linePos(node.range[0]).line
}

/** The line of the deepest key of a path that the draft has. */
function lineAt(document: Document, lines: LineCounter, path: string): number {
  let node: unknown = document.contents
  let line = 1
  for (const step of path.split('.')) {
    const next = stepInto(node, step)
    if (next === undefined) break
    if (isNode(next.at)) line = lineOfNode(next.at, lines)
    node = next.into
  }
  return line
}

function stepInto(
  node: unknown,
  step: string,
): { readonly at: unknown; readonly into: unknown } | undefined {
  if (isMap(node)) {
    const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === step)
    return pair === undefined ? undefined : { at: pair.key, into: pair.value }
  }
  if (typeof node !== 'object' || node === null || !('items' in node)) return undefined
  const { items } = node
  const item: unknown = Array.isArray(items) ? items[Number(step)] : undefined
  return item === undefined || isPair(item) ? undefined : { at: item, into: item }
}

function compileDraft(document: Document, lineOf: (path: string) => number): DraftReading {
  const source = plainObject(document)
  const problems: DraftProblem[] = []
  const add: AddProblem = (code, path, message, advice = adviceOf(code)) => {
    problems.push({ code, path, message, advice, line: lineOf(path) })
  }
  const keys = keysOf(source['kind'])
  for (const key of Object.keys(source)) {
    if (!keys.some((known) => known.key === key)) add('UNKNOWN_KEY', key, unknownKey(key, keys))
  }
  const members = readMembers(source, keys, add)
  if (problems.length === 0) {
    try {
      return { ok: true, agreement: compileAgreement(members), lineOf }
    } catch (cause) {
      if (!(cause instanceof AgreementError)) throw cause
      for (const found of cause.problems) add(...inDraft(found))
    }
  }
  const [first, ...others] = problems.toSorted((a, b) => a.line - b.line)
  if (first === undefined) throw new TypeError('a draft that does not compile must have a problem')
  return { ok: false, problems: [first, ...others], lineOf }
}

type AddProblem = (code: DraftProblemCode, path: string, message: string, advice?: string) => void

/** A problem of the agreement in the words of its draft. */
function inDraft({ code, path, message }: AgreementProblem): [DraftProblemCode, string, string] {
  return [code, draftPath(path), message]
}

/** The draft as plain values; keys are texts, and none of them is a prototype. */
function plainObject(document: Document): JsonObject {
  const plain: unknown = document.toJS({ maxAliasCount: 0 })
  return Object.fromEntries(Object.entries(plain as JsonObject))
}

function keysOf(kind: Json | undefined): readonly DraftKey[] {
  return draftKeys.filter(
    ({ kinds }) => kinds === 'all' || !isKind(kind) || kinds.some((one) => one === kind),
  )
}

/** With another kind than these, every key may be meant. */
function isKind(kind: Json | undefined): boolean {
  return kindWords.some((word) => word === kind)
}

function unknownKey(key: string, keys: readonly DraftKey[]): string {
  const near =
    nearestKey(
      key,
      keys.map((known) => known.key),
    ) ?? ''
  return `there is no ${JSON.stringify(key.slice(0, 40))} here; the nearest is "${near}"`
}

function readMembers(source: JsonObject, keys: readonly DraftKey[], add: AddProblem): JsonObject {
  const members: [string, Json][] = [
    ['v', 1],
    ['noRedisclosure', true],
    ['signatures', []],
  ]
  for (const { key, member, needs, absent, read } of keys) {
    const value = Object.hasOwn(source, key) ? (source[key] ?? null) : null
    if (isEmpty(value)) {
      if (absent !== undefined) members.push([member, absent])
      else add('KEY_MISSING', key, 'has no value', `It needs ${needs ?? 'one'}.`)
      continue
    }
    try {
      members.push([member, read(value)])
    } catch (cause) {
      if (!(cause instanceof WordError)) throw cause
      const path = [key, ...cause.below].join('.')
      add(codeOf(key, cause), path, cause.message)
    }
  }
  return Object.fromEntries(members)
}

function codeOf(key: string, { missing }: WordError): DraftProblemCode {
  if (missing) return 'KEY_MISSING'
  return key === 'purpose' ? 'PURPOSE_UNKNOWN' : 'WORDS_UNKNOWN'
}

/** Whether nothing is written there: a list without items says as little as a key without a value. */
function isEmpty(value: Json): boolean {
  return value === null || value === '' || (Array.isArray(value) && value.length === 0)
}
