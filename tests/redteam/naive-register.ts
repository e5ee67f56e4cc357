import { createServer } from 'node:http'
import { gunzipSync } from 'node:zlib'

/** A register behind a plain service, as such services are: whatever is asked for, of whomever, is answered. */
export interface NaiveRegister extends AsyncDisposable {
  readonly authority: string
}

const rows = Array.from({ length: 20 }, (_, place) => ({ value: place * 1_000 }))

/** Starts it. It reads any body of any size and coding, in whatever way HTTP was meant, and gives rows back. */
export async function startNaiveRegister(): Promise<NaiveRegister> {
  const server = createServer({ insecureHTTPParser: true }, (request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const body = Buffer.concat(parts)
      const read = request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify({ results: rows, readBytes: read.length }))
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  const port = address !== null && typeof address === 'object' ? address.port : 0
  return {
    authority: `127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
}
