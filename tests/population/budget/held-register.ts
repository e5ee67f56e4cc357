import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { claimPorts } from '../../../src/platform/index.ts'

/** An organisation's own register without anybody in it, whose tables wait for a word. */
export interface HeldRegister extends AsyncDisposable {
  readonly url: string
  /** Resolves when the next table is asked for, with what lets its answer go. */
  hold(): Promise<() => void>
  /** How many tables were asked for. */
  readonly reads: () => number
}

/** Opens one on a port of its own. */
export async function openHeldRegister(): Promise<HeldRegister> {
  let next: ((letGo: () => void) => void) | undefined
  let reads = 0
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    await text(request)
    reads += 1
    const holder = next
    next = undefined
    if (holder !== undefined) await new Promise<void>((letGo) => holder(letGo))
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ cells: [] }))
  }
  const server = createServer((request, response) => void answer(request, response))
  const [port = 0] = await claimPorts(1)
  await new Promise<void>((done) => server.listen(port, '127.0.0.1', done))
  return {
    url: `http://127.0.0.1:${port}`,
    hold: () => new Promise((come) => (next = come)),
    reads: () => reads,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
}
