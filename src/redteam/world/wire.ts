import { Buffer } from 'node:buffer'
import { type Agent, request as send } from 'node:http'
import { connect } from 'node:net'

/** A request as an attacker puts it on the wire; Host and a length are added. */
export interface WireRequest {
  readonly method?: string
  readonly path?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: Uint8Array
  /** Keeps connections; each request has one of its own without it. */
  readonly agent?: Agent
}

/** What came back. */
export interface WireReply {
  readonly status: number
  readonly body: Uint8Array
}

/** Sends one request and reads the whole reply. */
export function sendOnce(authority: string, request: WireRequest): Promise<WireReply> {
  const {
    method = 'POST',
    path = '/v1/person-questions',
    headers = {},
    body,
    agent = false,
  } = request
  const { hostname, port } = new URL(`http://${authority}`)
  const length = body === undefined ? {} : { 'content-length': String(body.length) }
  return new Promise((resolve, reject) => {
    const options = {
      hostname,
      port,
      method,
      path,
      agent,
      headers: { ...length, ...headers },
    }
    const sent = send(options, (response) => {
      const parts: Buffer[] = []
      response.on('data', (part: Buffer) => parts.push(part))
      response.on('error', reject)
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, body: Buffer.concat(parts) }),
      )
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

/** Writes bytes that need not be HTTP, and reads until the other side closes or `waitMs` have passed. */
export async function sendRaw(
  authority: string,
  bytes: string | Uint8Array,
  waitMs = 1_000,
): Promise<string> {
  const { hostname, port } = new URL(`http://${authority}`)
  const socket = connect(Number(port), hostname)
  const parts: Buffer[] = []
  socket.on('data', (part: Buffer) => parts.push(part))
  socket.on('error', () => undefined)
  socket.write(bytes)
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, waitMs)
    socket.once('close', () => {
      clearTimeout(timer)
      resolve()
    })
  })
  socket.destroy()
  return Buffer.concat(parts).toString('latin1')
}
