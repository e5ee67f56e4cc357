import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import test from 'node:test'

import * as z from 'zod'

import * as protocol from '../index.ts'
import { subjectSchema } from './person-question.ts'
import { messageSchemas } from './message-schemas.ts'

/** The part of JSON Schema that zod writes for this protocol's schemas. */
interface SchemaNode {
  readonly type?: string
  readonly properties?: Readonly<Record<string, SchemaNode>>
  readonly additionalProperties?: unknown
  readonly items?: SchemaNode
  readonly anyOf?: readonly SchemaNode[]
  readonly allOf?: readonly SchemaNode[]
  readonly oneOf?: readonly SchemaNode[]
  readonly maxLength?: number
  readonly maxItems?: number
  readonly minimum?: number
  readonly maximum?: number
  readonly enum?: readonly unknown[]
  readonly const?: unknown
}

/** What no message may hold: a way to name several people, or to find people by what is known of them. */
const CRITERIA =
  /subjects|people|persons|list|batch|filter|query|where|criteri|search|match|wildcard|range|page|cursor|limit|select/i

interface Findings {
  readonly faults: string[]
  readonly subjects: string[]
}

function walk(node: SchemaNode, path: string, found: Findings): void {
  const { faults } = found
  // A part of allOf without a type adds a pattern to its node, which is bounded by itself or not at all.
  const joint = (node.allOf ?? []).filter(
    (part) => node.type === undefined || part.type !== undefined,
  )
  const variants = [...(node.anyOf ?? []), ...joint, ...(node.oneOf ?? [])]
  for (const [index, variant] of variants.entries()) walk(variant, `${path}|${index}`, found)
  if (node.type === 'object') walkObject(node, path, found)
  else if (node.type === 'array') walkArray(node, path, found)
  else if (variants.length === 0) faults.push(...leafFaults(node, path))
}

function leafFaults(node: SchemaNode, path: string): string[] {
  const { type, maxLength, maximum } = node
  if (node.enum !== undefined || node.const !== undefined) return []
  if (type === 'boolean' || type === 'null') return []
  if (type === 'string') return maxLength === undefined ? [`${path}: unbounded text`] : []
  if (type === undefined) return [`${path}: anything goes`]
  return maximum === undefined ? [`${path}: unbounded number`] : []
}

function walkObject(node: SchemaNode, path: string, found: Findings): void {
  if (node.additionalProperties !== false) found.faults.push(`${path}: not closed`)
  const names = Object.keys(node.properties ?? {})
  if (names.includes('scheme') && names.includes('value')) found.subjects.push(path)
  for (const [name, member] of Object.entries(node.properties ?? {})) {
    if (CRITERIA.test(name)) found.faults.push(`${path}.${name}: a criterion`)
    if (/subject|person|identifier|^nin$/i.test(name) && name !== 'subject') {
      found.faults.push(`${path}.${name}: a second way to name a person`)
    }
    walk(member, `${path}.${name}`, found)
  }
}

function walkArray(node: SchemaNode, path: string, found: Findings): void {
  if (node.maxItems === undefined) found.faults.push(`${path}: unbounded list`)
  const inside: Findings = { faults: found.faults, subjects: [] }
  walk(node.items ?? {}, `${path}[]`, inside)
  if (inside.subjects.length > 0) found.faults.push(`${path}: a list of subjects`)
}

function findings(schema: z.ZodType): Findings {
  const found: Findings = { faults: [], subjects: [] }
  const node: SchemaNode = JSON.parse(JSON.stringify(z.toJSONSchema(schema)))
  walk(node, '$', found)
  if (found.subjects.length > 1) found.faults.push(`${found.subjects.join(', ')}: several subjects`)
  return found
}

test('no message holds more than one subject or a criterion, and every part of it is bounded', () => {
  for (const [name, schema] of Object.entries(messageSchemas)) {
    assert.deepEqual(findings(schema).faults, [], name)
  }
  const { personQuestion } = messageSchemas
  assert.ok(personQuestion !== undefined)
  assert.deepEqual(findings(personQuestion).subjects, ['$.subject'])
})

test('the walk sees every way in which a message could carry people or be open', () => {
  const subject = subjectSchema
  const bad: Record<string, z.ZodType> = {
    'a list of subjects': z.strictObject({ subject: z.array(subject).max(2) }),
    'several subjects': z.strictObject({ subject, of: z.strictObject({ subject }) }),
    'a second way': z.strictObject({ otherSubject: z.string().max(9) }),
    'a criterion': z.strictObject({ filter: z.string().max(9) }),
    'not closed': z.looseObject({ subject }),
    'not closed either': z.record(z.string().max(9), subject),
    'unbounded text': z.strictObject({ note: z.string() }),
    'unbounded list': z.strictObject({ notes: z.array(z.string().max(9)) }),
    'unbounded number': z.strictObject({ count: z.number() }),
    'anything goes': z.strictObject({ extra: z.unknown() }),
    'anything of a pattern': z.strictObject({ note: z.string().regex(/^a/).regex(/b$/) }),
  }
  for (const [fault, schema] of Object.entries(bad)) {
    assert.notDeepEqual(findings(schema).faults, [], fault)
  }
})

test('every message schema that the protocol offers is registered', () => {
  const parts = ['exchangeIdSchema', 'organisationIdSchema', 'subjectSchema', 'suppliedSchema']
  const offered = Object.keys(protocol).filter((name) => name.endsWith('Schema'))
  const registered = Object.keys(messageSchemas).map((name) => `${name}Schema`)
  assert.deepEqual(offered.toSorted(), [...registered, ...parts].sort())
})

test('every schema in a file of messages or tokens is offered or part of one that is', () => {
  const parts = ['loggedEntryShape', 'messageSchemas']
  for (const folder of ['.', '../tokens']) {
    const files = readdirSync(new URL(folder, import.meta.url)).filter(
      (name) => !name.includes('.test'),
    )
    for (const file of files.filter((name) => name.endsWith('.ts'))) {
      const text = readFileSync(new URL(`${folder}/${file}`, import.meta.url), 'utf8')
      for (const [, name] of text.matchAll(/export const (\w+Schemas?|\w+Shape)\b/g)) {
        assert.ok(
          name !== undefined && (Object.hasOwn(protocol, name) || parts.includes(name)),
          name,
        )
      }
    }
  }
})
