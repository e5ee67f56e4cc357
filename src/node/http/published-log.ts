import type { FastifyInstance } from 'fastify'
import type { Files } from '../../ports/index.ts'
import { problemResponse } from './problem-response.ts'

const pathPattern = /^(?:checkpoint|tile\/[0-9a-z./]{1,120}|governance\/[0-9]{1,16})$/

function headersOf(path: string): Readonly<Record<string, string>> {
  if (path === 'checkpoint') {
    return { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'public, max-age=1' }
  }
  const type = path.startsWith('governance/') ? 'application/json' : 'application/octet-stream'
  return { 'content-type': type, 'cache-control': 'public, max-age=31536000, immutable' }
}

function isPlain(path: string): boolean {
  return (
    pathPattern.test(path) &&
    !path.split('/').some((part) => part === '' || part === '.' || part === '..')
  )
}

/** Serves the published folder of a log (C2SP tlog-tiles): what stands there, and nothing computed. */
export function servePublished(
  app: FastifyInstance,
  { files, logPath }: { readonly files: Files; readonly logPath: string },
): void {
  app.get<{ Params: { '*': string } }>(`${logPath}/*`, async (request, reply) => {
    const path = request.params['*']
    const bytes = isPlain(path) ? await files.read(path) : undefined
    if (bytes === undefined) {
      const problem = problemResponse('NOT_FOUND')
      return await reply
        .code(problem.status)
        .type(problem.contentType)
        .send(Buffer.from(problem.body))
    }
    return await reply.headers(headersOf(path)).send(Buffer.from(bytes))
  })
}
