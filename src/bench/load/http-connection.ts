import { Buffer } from 'node:buffer'
import { connect, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { BenchError } from '../bench-error.ts'
import type { ReceivedResponse } from './prepared-request.ts'

/** A kept connection on which one request after the other is answered. */
export interface HttpConnection extends Disposable {
  /**
   * Resolves with the whole response.
   *
   * @throws {@link BenchError} `PROCESS_LOST` when the connection ends before
   */
  send(request: Uint8Array): Promise<ReceivedResponse>
}

const headEnd = '\r\n\r\n'

function headersOf(lines: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    lines.map((line) => {
      const colon = line.indexOf(':')
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()]
    }),
  )
}

/** The response at the start of `bytes`, or `undefined` while it is not whole. Bodies have a length. */
function readResponse(bytes: Buffer): ReceivedResponse | undefined {
  const end = bytes.indexOf(headEnd)
  if (end < 0) return undefined
  const head = bytes.toString('latin1', 0, end)
  const length = Number(/\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? Number.NaN)
  if (Number.isNaN(length)) throw new BenchError('PROCESS_LOST', 'A response had no length.')
  const body = end + headEnd.length
  if (bytes.length < body + length) return undefined
  const [statusLine = '', ...lines] = head.split('\r\n')
  return {
    status: Number(statusLine.slice(9, 12)),
    // Read when somebody looks: most responses are only counted.
    get headers() {
      return headersOf(lines)
    },
    body: bytes.subarray(body, body + length),
    receivedAtMs: Date.now(),
  }
}

class KeptConnection implements HttpConnection {
  readonly #socket: Socket
  #held: Buffer = Buffer.alloc(0)
  #waiting: PromiseWithResolvers<ReceivedResponse> | undefined
  #lost: BenchError | undefined

  constructor(socket: Socket) {
    this.#socket = socket
    socket.setNoDelay(true)
    socket.on('data', (chunk) => this.#take(chunk))
    socket.on('error', () => this.#fail())
    socket.on('close', () => this.#fail())
  }

  send(request: Uint8Array): Promise<ReceivedResponse> {
    if (this.#lost !== undefined) return Promise.reject(this.#lost)
    this.#waiting = Promise.withResolvers()
    this.#socket.write(request)
    return this.#waiting.promise
  }

  [Symbol.dispose](): void {
    this.#socket.destroy()
  }

  #take(chunk: Buffer): void {
    this.#held = this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk])
    const response = readResponse(this.#held)
    if (response === undefined) return
    this.#held = Buffer.alloc(0)
    this.#waiting?.resolve(response)
  }

  #fail(): void {
    this.#lost ??= new BenchError('PROCESS_LOST', 'The server closed a connection.')
    this.#waiting?.reject(this.#lost)
  }
}

/** Where a server listens. */
export interface HttpPlace {
  readonly host: string
  readonly port: number
  /** PEM: with it the connection is TLS 1.3, and the server must show this very certificate. */
  readonly certificate?: string | undefined
}

function open({ certificate, ...at }: HttpPlace): readonly [Socket, ready: string] {
  if (certificate === undefined) return [connect(at), 'connect']
  return [connectTls({ ...at, ca: certificate, minVersion: 'TLSv1.3' }), 'secureConnect']
}

/** Opens a connection and keeps it. */
export async function openHttpConnection(place: HttpPlace): Promise<HttpConnection> {
  const [socket, ready] = open(place)
  await new Promise<void>((resolve, reject) => {
    socket.once(ready, resolve)
    socket.once('error', () =>
      reject(new BenchError('PROCESS_LOST', 'The server takes no connection.')),
    )
  })
  return new KeptConnection(socket)
}
