import { openApiDocument } from '../src/node/index.ts'

interface Schema {
  readonly type?: string | readonly string[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly items?: Schema
  readonly anyOf?: readonly Schema[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
}

const heading = `// Made by tools/client-types.ts out of the OpenAPI document; a test compares the two.

`

function objectType({ properties = {}, required = [] }: Schema, indent: string): string {
  const inner = `${indent}  `
  const members = Object.entries(properties).map(
    ([name, schema]) =>
      `${inner}readonly ${name}${required.includes(name) ? '' : '?'}: ${typeOf(schema, inner)}\n`,
  )
  return `{\n${members.join('')}${indent}}`
}

function arrayType({ items = {} }: Schema, indent: string): string {
  const item = typeOf(items, indent)
  return item.includes(' | ') && !item.startsWith('{')
    ? `readonly (${item})[]`
    : `readonly ${item}[]`
}

function typeOf(schema: Schema, indent: string): string {
  const { type } = schema
  if (typeof type === 'object')
    return type.map((one) => typeOf({ ...schema, type: one }, indent)).join(' | ')
  return plainTypeOf(schema, indent)
}

function plainTypeOf(schema: Schema, indent: string): string {
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (schema.enum !== undefined) return schema.enum.map((one) => JSON.stringify(one)).join(' | ')
  if (schema.anyOf !== undefined) return schema.anyOf.map((one) => typeOf(one, indent)).join(' | ')
  switch (schema.type) {
    case 'object':
      return objectType(schema, indent)
    case 'array':
      return arrayType(schema, indent)
    case 'integer':
    case 'number':
      return 'number'
    case 'boolean':
    case 'string':
    case 'null':
      return schema.type
    case undefined:
    default:
      throw new TypeError(`no type is made of ${JSON.stringify(schema)}`)
  }
}

const docs: Readonly<Record<string, string>> = {
  AskRequest: 'One question about one person. Personal data.',
  AskOutcome: 'What came of a question, with its proof. Holds values: personal data.',
  ConsentWish: 'A question that the person’s consent is wanted for. Personal data.',
  ConsentStanding: 'How far the person’s consent is; holds the token when it is given.',
  Problem: 'Why a request was refused (RFC 9457). Read `code`, which is stable.',
}

/** The types of the consumer API's client, as TypeScript, out of its OpenAPI document. */
export function clientTypes(): string {
  const { components } = openApiDocument() as {
    readonly components: { readonly schemas: Readonly<Record<string, Schema>> }
  }
  const types = Object.entries(components.schemas).map(
    ([name, schema]) =>
      `/** ${docs[name] ?? name} */\nexport type ${name} = ${typeOf(schema, '')}\n`,
  )
  return heading + types.join('\n')
}
