import type { Socket } from 'node:net'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import {
  type ConsumerDeps,
  type ExchangeReader,
  personQuestionPath,
  type ProviderDeps,
  serveQuestion,
} from '../../person/index.ts'
import type { SignedResponse } from '../../protocol/index.ts'
import { addAsking } from './ask-routes.ts'
import type { AskCallers } from './identify-caller.ts'
import type { DirectoryBook } from '../directory/directory-book.ts'
import type { ServedTls } from '../directory/read-listen-tls.ts'
import { type BodyDeadline, bodyDeadline } from './body-deadline.ts'
import { connectionCaps } from './connection-caps.ts'
import { addCorrections } from './correction-route.ts'
import { addConsistency, type ServedLog } from './consistency.ts'
import { addPeerJoins, type PeerJoinRoutesDeps } from './peer-join-routes.ts'
import { addPeerBundles, type PeerBundleDeps } from '../reconcile/bundle-routes.ts'
import { addPopulation, type PopulationRoutesDeps } from './population-routes.ts'
import { addStatistics, type StatisticsRoutesDeps } from './statistics-routes.ts'
import { problemOfFailure, problemResponse, type ProblemResponse } from './problem-response.ts'
import { addAgreements, type AgreementRoutesDeps } from './agreement-routes.ts'
import { addDirectory } from './directory-routes.ts'
import { shownPin } from './peer-certificate.ts'
import {
  addPublicRecord,
  type PublicCountsDeps,
  type PublicRecordDeps,
} from './public-record/index.ts'
import { publicServer } from './public-server.ts'
import { requestQuota } from './request-quota.ts'
import { servePublished } from './published-log.ts'
import { addSeenCheckpoint, type SeenCheckpointDeps } from './seen-checkpoint.ts'

/** What the public side of a gateway serves. */
export interface PublicAppDeps {
  readonly provider: ProviderDeps
  /** Absent when this organisation asks nobody. */
  readonly consumer: ConsumerDeps | undefined
  readonly reader: ExchangeReader
  /** Every log that is served, oldest first; the last is the present one. */
  readonly logs: readonly ServedLog[]
  readonly askCallers: AskCallers
  /** Whether the log is fit for new entries now; while it is not, questions get `LOG_UNAVAILABLE`. */
  readonly mayAnswer: () => boolean
  readonly seen: SeenCheckpointDeps
  /** Absent where no agreement can be taken up. */
  readonly agreements?: AgreementRoutesDeps['agreements']
  /** What peers may ask about populations. */
  readonly population?: PopulationRoutesDeps['population']
  /** What peers do with joins. */
  readonly joins?: Pick<PeerJoinRoutesDeps, 'answerer' | 'runner' | 'auditable'>
  /** What inspectors may take of the own logs. */
  readonly bundles?: Pick<PeerBundleDeps, 'desk' | 'inspectors'>
  /** What everybody may read; left out: the counts alone. */
  readonly record?: PublicRecordDeps
  /** What is counted month by month; left out: nothing is. */
  readonly counts?: PublicCountsDeps['counts']
  /** What own analysts ask with. */
  readonly statistics?: Omit<StatisticsRoutesDeps, 'mayAnswer'>
  /** Absent where nobody's record is known. */
  readonly directory?: Pick<DirectoryBook, 'accept' | 'ownRecord' | 'peerOfPin' | 'rootKeyOf'>
  /** Left out: plain HTTP, on this machine. */
  readonly tls?: ServedTls | undefined
  /** Is told each route as it is added, with one method at a time. */
  readonly onRoute?: (method: string, url: string) => void
  readonly limits: {
    readonly bodyBytes: number
    readonly connections: number
    readonly connectionsPerAddress?: number | undefined
    readonly connectionsPerPeer?: number | undefined
    readonly requestsPerPeerPerMinute?: number | undefined
  }
}

function bodyOf(request: FastifyRequest): Uint8Array {
  const { body } = request
  return body instanceof Uint8Array ? body : new Uint8Array()
}

async function sendProblem(reply: FastifyReply, problem: ProblemResponse): Promise<FastifyReply> {
  return await reply.code(problem.status).type(problem.contentType).send(Buffer.from(problem.body))
}

async function sendSigned(reply: FastifyReply, response: SignedResponse): Promise<FastifyReply> {
  for (const [name, value] of Object.entries(response.headers)) {
    if (typeof value === 'string') void reply.header(name, value)
  }
  return await reply.code(response.status).send(Buffer.from(response.body))
}

/** Who asks may be nobody but the peer whose certificate the connection has shown, where one is required. */
function providerFor({ raw }: FastifyRequest, deps: PublicAppDeps): ProviderDeps {
  const { provider, tls, directory } = deps
  if (tls?.clientCertificates !== 'required') return provider
  const pin = shownPin(raw.socket)
  const peer = pin === undefined ? undefined : directory?.peerOfPin(pin)
  const known = peer === undefined ? undefined : provider.consumers.get(peer)
  return {
    ...provider,
    consumers: new Map(peer === undefined || known === undefined ? [] : [[peer, known]]),
  }
}

/** Connections and requests unless configured. */
const usualShare = 128
const usualRequests = 12_000

/** Whether the peer that has signed a request may have it looked at, and its connection kept. */
type Limiter = (socket: Socket, peer: string) => boolean

function limiterOf(app: FastifyInstance, { limits, provider }: PublicAppDeps): Limiter {
  const caps = connectionCaps(app.server, {
    connections: limits.connections,
    perAddress: limits.connectionsPerAddress ?? usualShare,
    perPeer: limits.connectionsPerPeer ?? usualShare,
  })
  const quota = requestQuota(limits.requestsPerPeerPerMinute ?? usualRequests, provider.clock)
  return (socket, peer) => caps.identify(socket, peer) && quota.take(peer)
}

function addQuestions(app: FastifyInstance, deps: PublicAppDeps, mayAsk: Limiter): void {
  app.post(personQuestionPath, async (request, reply) => {
    const response = await serveQuestion(
      {
        method: 'POST',
        authority: deps.provider.authority,
        path: personQuestionPath,
        headers: request.headers,
        body: bodyOf(request),
      },
      {
        ...providerFor(request, deps),
        mayAsk: (peer) => mayAsk(request.raw.socket, peer),
      },
    )
    return sendSigned(reply, response)
  })
}

function addPopulations(
  app: FastifyInstance,
  deps: PublicAppDeps,
  { mayAsk, deadline }: { readonly mayAsk: Limiter; readonly deadline: BodyDeadline },
): void {
  const { population, joins, statistics, bundles, provider, mayAnswer } = deps
  const { authority, ed25519 } = provider
  const consumersOf: PopulationRoutesDeps['consumersOf'] = (request) =>
    providerFor(request, deps).consumers
  if (population !== undefined) addPopulation(app, { population, authority, consumersOf, mayAsk })
  if (joins !== undefined) addPeerJoins(app, { ...joins, authority, consumersOf, mayAsk, deadline })
  const asked = { authority, ed25519, consumersOf, mayAsk }
  if (bundles !== undefined) addPeerBundles(app, { ...bundles, ...asked })
  if (statistics !== undefined) addStatistics(app, { ...statistics, mayAnswer })
}

function asksCertificates({ tls, askCallers, statistics }: PublicAppDeps): boolean {
  const pinned = askCallers.certificates.size + (statistics?.analysts.certificates.size ?? 0)
  return tls?.clientCertificates === 'required' || pinned > 0
}

/** Whether a body comes in any coding; chunks are none. */
function isCoded(headers: FastifyRequest['headers']): boolean {
  const transfer = headers['transfer-encoding'] ?? 'chunked'
  return headers['content-encoding'] !== undefined || transfer !== 'chunked'
}

/**
 * The public HTTP interface of a gateway, not yet listening: questions of peers, `/v1/ask` for the
 * organisation's own systems, consistency proofs and the published log. Bodies are cut off at the
 * limit before anything reads them; a content coding is refused; an unexpected failure answers
 * nothing.
 */
export function createPublicApp(deps: PublicAppDeps): FastifyInstance {
  const app = Fastify({
    logger: false,
    bodyLimit: deps.limits.bodyBytes,
    serverFactory: (listener) => publicServer(listener, deps.tls, asksCertificates(deps)),
    // Fastify's own refusal of an address quotes it.
    frameworkErrors: (_cause, _request, reply) =>
      void sendProblem(reply, problemResponse('MALFORMED')),
  })
  app.addHook('onRoute', ({ method, url }) => {
    for (const one of [method].flat()) deps.onRoute?.(one, url)
  })
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) =>
    done(null, body),
  )
  const deadline = bodyDeadline()
  app.addHook('onRequest', async (request, reply) => {
    deadline.begin(request.raw)
    if (isCoded(request.headers)) {
      await sendProblem(reply, problemResponse('UNSUPPORTED_MEDIA'))
    }
  })
  app.addHook('onResponse', async (request) => deadline.lift(request.raw))
  app.setErrorHandler((cause, _request, reply) => void sendProblem(reply, problemOfFailure(cause)))
  app.setNotFoundHandler((_request, reply) => void sendProblem(reply, problemResponse('NOT_FOUND')))
  const mayAsk = limiterOf(app, deps)
  addQuestions(app, deps, mayAsk)
  addPopulations(app, deps, { mayAsk, deadline })
  const { provider } = deps
  addCorrections(app, {
    receiver: { ...provider, mayAnswer: deps.mayAnswer },
    authority: provider.authority,
    peersOf: (request) => providerFor(request, deps).consumers,
    mayAsk,
  })
  if (deps.consumer !== undefined) addAsking(app, { ...deps, consumer: deps.consumer })
  addConsistency(app, deps.logs)
  addSeenCheckpoint(app, deps.seen)
  const { reader, record, counts } = deps
  addPublicRecord(app, { reader, clock: provider.clock, record, counts })
  const { directory, mayAnswer } = deps
  if (directory !== undefined) addDirectory(app, { directory, mayAnswer })
  const { agreements } = deps
  if (agreements !== undefined) addAgreements(app, { agreements, mayWrite: mayAnswer })
  for (const log of deps.logs) servePublished(app, log)
  return app
}
