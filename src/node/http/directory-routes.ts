import type { FastifyInstance } from 'fastify'
import { organisationOfRecord } from '../../protocol/index.ts'
import type { DirectoryBook } from '../directory/directory-book.ts'
import { directoryRefused, problemResponse, type ProblemResponse } from './problem-response.ts'

/** What the routes work on. */
export interface DirectoryRoutesDeps {
  readonly directory: Pick<DirectoryBook, 'accept' | 'ownRecord' | 'rootKeyOf'>
  readonly mayAnswer: () => boolean
}

/**
 * Takes a record that a peer hands in: who sends it does not matter, since the peer's root has signed
 * it. What is no newer record of a peer is refused and leaves no trace.
 */
async function receive(
  bytes: Uint8Array,
  { directory, mayAnswer }: DirectoryRoutesDeps,
): Promise<ProblemResponse | undefined> {
  const organisation = organisationOfRecord(bytes)
  const rootKey = directory.rootKeyOf(organisation)
  if (rootKey === undefined) return problemResponse('PEER_UNKNOWN')
  if (!mayAnswer()) return problemResponse('LOG_UNAVAILABLE')
  const verdict = await directory.accept({ organisation, rootKey, bytes })
  return verdict.state === 'refused' ? directoryRefused(verdict.code, verdict.reason) : undefined
}

/** Adds `GET /v1/directory`, the own record, and `POST /v1/directory`, a peer's newer one. */
export function addDirectory(app: FastifyInstance, deps: DirectoryRoutesDeps): void {
  app.get('/v1/directory', async (_request, reply) => {
    const record = deps.directory.ownRecord()
    void reply.header('cache-control', 'no-store').header('access-control-allow-origin', '*')
    if (record !== undefined) return await reply.type('application/json').send(Buffer.from(record))
    const problem = problemResponse('NOT_FOUND')
    return await reply
      .code(problem.status)
      .type(problem.contentType)
      .send(Buffer.from(problem.body))
  })
  app.post('/v1/directory', async ({ body }, reply) => {
    const problem = await receive(body instanceof Uint8Array ? body : new Uint8Array(), deps)
    if (problem === undefined) return await reply.code(204).send()
    return await reply
      .code(problem.status)
      .type(problem.contentType)
      .send(Buffer.from(problem.body))
  })
}
