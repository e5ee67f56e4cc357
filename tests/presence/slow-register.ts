import { createServer, type ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'

/** What the register holds of someone, and how long it takes to say so. */
export interface SlowPerson {
  readonly row: { readonly annual_income: number | null } | null
  readonly takesMs: number
}

/** An organisation's own register behind HTTP whose time tells what it holds, as real ones do. */
export interface SlowRegister extends AsyncDisposable {
  readonly url: string
}

/** Serves look-ups of `spec/register.md` on this machine; `personOf` says what is held of an identifier. */
export async function openSlowRegister(
  personOf: (identifier: string) => SlowPerson,
): Promise<SlowRegister> {
  async function answer(text: string, response: ServerResponse): Promise<void> {
    const { subject } = JSON.parse(text)
    const { row, takesMs } = personOf(subject.value)
    await sleep(takesMs)
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ row }))
  }
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => void answer(Buffer.concat(parts).toString('utf8'), response))
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new TypeError('a port was asked for')
  return {
    url: `http://127.0.0.1:${address.port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
}
