import { ProtocolError } from '../protocol-error.ts'
import type { FieldLine, RequestModel, ResponseModel } from './http-message.ts'

/** Header fields by lower-case name. Several lines of one name are joined, or a list of them. */
export type MessageHeaders = Readonly<Record<string, string | readonly string[] | undefined>>

/** The part of a request that a response is bound to. */
export interface RequestHead {
  readonly method: string
  /** This gateway's own, or the peer's, configured authority: never the Host field. */
  readonly authority: string
  /** Without a query: nothing that is signed has one. */
  readonly path: string
  readonly headers: MessageHeaders
}

/** A request, as sent or as received, that carries a signature. */
export interface SignedRequest extends RequestHead {
  readonly body: Uint8Array
}

/** A response that carries a signature. */
export interface SignedResponse {
  readonly status: number
  readonly headers: MessageHeaders
  readonly body: Uint8Array
}

const METHOD = /^[A-Z]{3,10}$/
const AUTHORITY = /^[a-z0-9.-]{1,253}(?::[0-9]{1,5})?$|^\[[0-9a-f:.]{2,45}\](?::[0-9]{1,5})?$/
const PATH = /^\/[A-Za-z0-9\-._~!$&'()*+,;=:@%/]{0,1023}$/
/** A field name as HTTP allows it (RFC 9110, 5.6.2), lower-case: hence none is called `@method`. */
const FIELD_NAME = /^[!#$%&'*+\-.^_`|~0-9a-z]+$/
/** Visible ASCII, blanks inside only: no line fold, no other control, no padding at either end. */
const FIELD_VALUE = /^[\x21-\x7e](?:[\t\x20-\x7e]*[\x21-\x7e])?$/
/** Forms can shadow parameters, so no signed message is one. */
const FORM = /^(?:application\/x-www-form-urlencoded|multipart\/)/i

/**
 * The model of a request under the profile, with the fields that are named.
 *
 * @throws {@link ProtocolError} `MALFORMED` for anything that two parsers could read in two ways
 */
export function requestModel(request: RequestHead, fields: readonly string[]): RequestModel {
  const { method, authority, path } = request
  if (!METHOD.test(method)) throw malformed('the method is not upper-case letters')
  if (!AUTHORITY.test(authority)) throw malformed('the authority is not a lower-case host and port')
  if (!PATH.test(path)) throw malformed('the path is not absolute, or has a query')
  const lines = fieldLines(request.headers, fields)
  return { method, scheme: 'https', authority, path, query: '', fields: lines }
}

/**
 * The model of a response under the profile, bound to its request.
 *
 * @throws {@link ProtocolError} `MALFORMED`
 */
export function responseModel(
  response: Pick<SignedResponse, 'status' | 'headers'>,
  request: RequestHead,
): ResponseModel {
  const { status } = response
  if (!Number.isInteger(status) || status < 200 || status > 599) {
    throw malformed('the status is not that of a final response')
  }
  return {
    status,
    fields: fieldLines(response.headers, ['content-type', 'content-digest']),
    request: requestModel(request, ['content-digest', 'signature-input']),
  }
}

/**
 * One field's value.
 *
 * @throws {@link ProtocolError} `MALFORMED` when it is absent, stands several times or is not plain
 */
export function fieldOf(headers: MessageHeaders, name: string): string {
  const given = headers[name]
  const value = typeof given === 'string' || given === undefined ? given : joined(given, name)
  if (value === undefined) throw malformed(`there is no ${name}`)
  if (!FIELD_VALUE.test(value)) throw malformed(`${name} is not plain ASCII in one line`)
  return value
}

function fieldLines(headers: MessageHeaders, names: readonly string[]): FieldLine[] {
  for (const name of Object.keys(headers)) {
    if (!FIELD_NAME.test(name)) throw malformed('a field name is not a lower-case token')
  }
  return names.map((name) => {
    const value = fieldOf(headers, name)
    if (name === 'content-type' && FORM.test(value)) throw malformed('a form is not accepted')
    return [name, value]
  })
}

/** Signatures of others may stand in lines of their own; nothing else may stand twice. */
function joined(lines: readonly string[], name: string): string | undefined {
  const [only, another] = lines
  if (another === undefined) return only
  if (name !== 'signature' && name !== 'signature-input') throw malformed(`${name} stands twice`)
  return lines.join(', ')
}

function malformed(message: string): ProtocolError {
  return new ProtocolError('MALFORMED', message)
}
