import { type IncomingHttpHeaders, request as send } from 'node:http'
import { connect, type Socket } from 'node:net'

/** What came back over the wire. */
export interface WireReply {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: string
  /** Field lines as they came, for looking for what must not be there. */
  readonly rawHeaders: readonly string[]
}

/** A request as it is put on the wire; nothing is added but Host and a length. */
export interface WireRequest {
  readonly method?: string
  readonly path?: string
  readonly headers?: Readonly<Record<string, string | readonly string[]>>
  readonly body?: Uint8Array
}

/** Sends one request over a connection of its own. */
export function sendOnce(authority: string, request: WireRequest): Promise<WireReply> {
  const { method = 'POST', path = '/v1/person-questions', headers = {}, body } = request
  const { hostname, port } = new URL(`http://${authority}`)
  const length = body === undefined ? {} : { 'content-length': String(body.length) }
  return new Promise((resolve, reject) => {
    const sent = send(
      { hostname, port, method, path, agent: false, headers: { ...length, ...plain(headers) } },
      (response) => {
        const parts: Buffer[] = []
        response.on('data', (part: Buffer) => parts.push(part))
        response.on('error', reject)
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(parts).toString('utf8'),
            rawHeaders: response.rawHeaders,
          }),
        )
      },
    )
    sent.on('error', reject)
    sent.end(body)
  })
}

function plain(headers: WireRequest['headers'] = {}): Record<string, string | string[]> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : [...value],
    ]),
  )
}

/** Opens a connection and leaves it to the test. */
export function openSocket(authority: string): Promise<Socket> {
  const { hostname, port } = new URL(`http://${authority}`)
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => resolve(socket))
    socket.on('error', reject)
  })
}

/** What a gateway said on a raw connection until it closed it, or for as long as it was waited for. */
export interface RawReply {
  readonly text: string
  readonly closed: boolean
}

/** Writes bytes that need not be HTTP, and reads whatever comes until the other side closes. */
export async function sendRaw(
  authority: string,
  bytes: string | Uint8Array,
  waitMs = 1_500,
): Promise<RawReply> {
  const socket = await openSocket(authority)
  const parts: Buffer[] = []
  socket.on('data', (part: Buffer) => parts.push(part))
  socket.on('error', () => undefined)
  socket.write(bytes)
  const closed = await new Promise<boolean>((resolve) => {
    socket.once('close', () => resolve(true))
    setTimeout(() => resolve(false), waitMs)
  })
  socket.destroy()
  return { text: Buffer.concat(parts).toString('latin1'), closed }
}

/** How far a long body got, and what came back. */
export interface StreamedBody {
  readonly status: number | undefined
  readonly sentMegabytes: number
}

/**
 * Streams a body of `megabytes` as fast as the other side takes it, until it answers or closes. With
 * `isAnnounced` its length stands in front, else it comes in chunks. From the second part on it listens for `pauseMs` after each.
 */
export async function streamBody(
  authority: string,
  megabytes: number,
  { isAnnounced, pauseMs = 0 }: { readonly isAnnounced: boolean; readonly pauseMs?: number },
): Promise<StreamedBody> {
  const socket = await openSocket(authority)
  const part = ' '.repeat(65_536)
  const chunk = isAnnounced ? part : `10000\r\n${part}\r\n`
  const length = isAnnounced
    ? `content-length: ${megabytes * 1_048_576}`
    : 'transfer-encoding: chunked'
  let reply = ''
  let isOver = false
  socket.on('data', (bytes: Buffer) => (reply += bytes.toString('latin1')))
  socket.on('error', () => (isOver = true))
  socket.on('close', () => (isOver = true))
  socket.write(
    `POST /v1/person-questions HTTP/1.1\r\nhost: ${authority}\r\ncontent-type: application/json\r\n${length}\r\n\r\n`,
  )
  let parts = 0
  const heard = (): boolean => isOver || reply !== ''
  while (!isOver && reply === '' && parts < megabytes * 16) {
    const isFree = socket.write(chunk)
    parts += 1
    await (isFree ? new Promise((go) => setTimeout(go, 0)) : untilFree(socket))
    // The first part is not too much, and nothing is said of it.
    if (parts > 1) await waitFor(heard, pauseMs)
  }
  await waitFor(() => isOver, 2_000)
  socket.destroy()
  const [, status] = /^HTTP\/1\.1 (\d{3})/.exec(reply) ?? []
  return { status: status === undefined ? undefined : Number(status), sentMegabytes: parts / 16 }
}

/** Until it is so, or for as long. */
async function waitFor(isSo: () => boolean, mostMs: number): Promise<void> {
  const endsAtMs = performance.now() + mostMs
  while (!isSo() && performance.now() < endsAtMs) await new Promise((go) => setTimeout(go, 3))
}

/** Until the socket takes more, says something or is over. */
function untilFree(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    const events = ['drain', 'data', 'close', 'error'] as const
    const go = (): void => {
      for (const event of events) socket.off(event, go)
      resolve()
    }
    for (const event of events) socket.on(event, go)
  })
}
