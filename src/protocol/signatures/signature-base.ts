import { ProtocolError } from '../protocol-error.ts'
import { isResponse } from './http-message.ts'
import type { FieldLine, MessageModel, RequestModel } from './http-message.ts'

/** A covered component: a derived one (`@…`) or a field by its lower-case name. */
export interface Component {
  readonly name: string
  /** Taken from the request that a response answers (RFC 9421, section 2.4). */
  readonly req?: true
}

const DEFAULT_PORT = { https: /:443$/, http: /:80$/ }

const derived: ReadonlyMap<string, (request: RequestModel) => string> = new Map([
  ['@method', (request: RequestModel) => request.method],
  ['@authority', authority],
  ['@scheme', (request: RequestModel) => request.scheme],
  [
    '@target-uri',
    (request: RequestModel) => `${request.scheme}://${authority(request)}${target(request)}`,
  ],
  ['@request-target', target],
  ['@path', path],
  ['@query', (request: RequestModel) => (request.query === '' ? '?' : request.query)],
])

/** A component's identifier as it stands in a signature: `"@method"`, `"content-digest";req`. */
export function componentIdentifier(component: Component): string {
  return component.req === true ? `"${component.name}";req` : `"${component.name}"`
}

/**
 * The text that a signature signs (RFC 9421, section 2.5): one line for each component, then
 * `parameters`, which is the value of the signature's member in Signature-Input.
 *
 * @throws {@link ProtocolError} `COMPONENT_REFUSED` for a component that is unknown, named twice or
 * absent from the message, and for a field value with a line fold or beyond printable ASCII
 */
export function signatureBase(
  message: MessageModel,
  components: readonly Component[],
  parameters: string,
): string {
  const seen = new Set<string>()
  let base = ''
  for (const component of components) {
    const identifier = componentIdentifier(component)
    if (seen.has(identifier)) throw refused(`${identifier} is covered twice`)
    seen.add(identifier)
    base += `${identifier}: ${componentValue(message, component)}\n`
  }
  return `${base}"@signature-params": ${parameters}`
}

function componentValue(message: MessageModel, component: Component): string {
  if (component.req !== true) return valueIn(message, component)
  if (!isResponse(message) || message.request === undefined) {
    throw refused('there is no request to take a component from')
  }
  return valueIn(message.request, component)
}

function valueIn(message: MessageModel, component: Component): string {
  const { name } = component
  if (!name.startsWith('@')) return fieldValue(message.fields, name)
  if (isResponse(message)) {
    if (name === '@status') return String(message.status)
    throw refused(`a response has no ${componentIdentifier(component)}`)
  }
  const derive = derived.get(name)
  if (derive === undefined) throw refused(`${componentIdentifier(component)} is not supported`)
  return derive(message)
}

/** RFC 9421, section 2.1: all lines of the name in order, trimmed, joined by a comma and a space. */
function fieldValue(fields: readonly FieldLine[], name: string): string {
  let joined: string | undefined
  for (const [lineName, value] of fields) {
    if (lineName.toLowerCase() !== name) continue
    if (!/^[\t\x20-\x7e]*$/.test(value)) throw refused(`the value of "${name}" is not plain ASCII`)
    const trimmed = value.trim()
    joined = joined === undefined ? trimmed : `${joined}, ${trimmed}`
  }
  if (joined === undefined) throw refused(`the message has no "${name}"`)
  return joined
}

function authority(request: RequestModel): string {
  return request.authority.toLowerCase().replace(DEFAULT_PORT[request.scheme], '')
}

function path(request: RequestModel): string {
  return request.path === '' ? '/' : request.path
}

function target(request: RequestModel): string {
  return path(request) + request.query
}

function refused(message: string): ProtocolError {
  return new ProtocolError('COMPONENT_REFUSED', message)
}
