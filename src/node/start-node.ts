import type { FastifyInstance } from 'fastify'
import { resumeQuestions, settleAnswers, type ConsumerDeps } from '../person/index.ts'
import {
  aesGcm,
  folderFiles,
  systemClock,
  systemRandomness,
  systemTimers,
} from '../platform/index.ts'
import type { Files } from '../ports/index.ts'
import { announceStart } from './announce-start.ts'
import type { LoadedConfig } from './config-file.ts'
import { consumerRole, providerRole } from './gateway-roles.ts'
import { createAdminApp } from './http/admin-app.ts'
import { createPublicApp } from './http/public-app.ts'
import { type PublishJob, publishJob } from './jobs/publish-job.ts'
import { repeat } from './jobs/repeat.ts'
import type { NodeError } from './node-error.ts'
import { type OpenGateway, openGateway } from './open-gateway.ts'

/** A gateway that listens. Disposing stops taking questions, finishes those under way and closes. */
export interface RunningNode extends AsyncDisposable {
  readonly publicPort: number
  readonly adminPort: number
  /** Resolves with the reason when the gateway must end: its writer has failed. */
  readonly failed: Promise<NodeError>
}

/** Where a failed round of a job is told; never with personal data. */
export type ReportFailure = (job: string, cause: unknown) => void

function addressOf(listen: string): { readonly host: string; readonly port: number } {
  const colon = listen.lastIndexOf(':')
  return {
    host: listen.slice(0, colon).replace(/^\[|\]$/g, ''),
    port: Number(listen.slice(colon + 1)),
  }
}

async function listen(app: FastifyInstance, address: string): Promise<number> {
  const { host, port } = addressOf(address)
  await app.listen({ host, port })
  const bound = app.server.address()
  return bound !== null && typeof bound === 'object' ? bound.port : port
}

function shardPath(origin: string): string {
  return origin.slice(origin.indexOf('/'))
}

async function ailmentsOf(gateway: OpenGateway, files: Files): Promise<readonly string[]> {
  const head = await gateway.reader.head()
  const published = await files.read('checkpoint')
  const ailments: string[] = []
  if (head === undefined) ailments.push('The log has no head.')
  if (published === undefined) ailments.push('Nothing of the log is published yet.')
  return ailments
}

function makePublishJob(
  { reader, http, policy, ed25519, keys }: OpenGateway,
  files: Files,
): PublishJob {
  const aead = aesGcm(systemRandomness)
  return publishJob({
    reader,
    files,
    http,
    policy,
    ed25519,
    aead,
    recordKey: keys.record,
    clock: systemClock,
  })
}

async function settleRound(consumer: ConsumerDeps): Promise<void> {
  await resumeQuestions(consumer)
  const { forked } = await settleAnswers(consumer)
  if (forked === 0) return
  const body = { receipts: forked }
  await consumer.writer.commit({
    type: 'governance',
    kind: 'signal.fork',
    name: null,
    digest: null,
    body,
    agreement: undefined,
  })
}

/**
 * Starts a gateway: opens and checks its stores, makes the start an entry, listens on the public and
 * the admin address, and begins to publish, to settle receipts and to re-send what is still asked.
 *
 * @throws what any part of it throws; then nothing is left running
 */
export async function startNode(loaded: LoadedConfig, report: ReportFailure): Promise<RunningNode> {
  const { config, at } = loaded
  await using stack = new AsyncDisposableStack()
  const gateway = stack.use(await openGateway(loaded))
  const files = folderFiles(at(config.log.folder))
  const noise = new Map<string, number>()
  const provider = providerRole(loaded, gateway, (code) =>
    noise.set(code, (noise.get(code) ?? 0) + 1),
  )
  const consumer = await consumerRole(loaded, gateway)
  await announceStart(loaded, gateway)
  const publish = makePublishJob(gateway, files)
  await publish.round().catch((cause: unknown) => report('publish', cause))
  const { reader, writer, callers } = gateway
  const publicApp = createPublicApp({
    provider,
    consumer,
    reader,
    files,
    callers,
    logPath: shardPath(config.log.origin),
    limits: {
      bodyBytes: config.limits.body_bytes,
      connections: config.limits.connections,
    },
  })
  const aead = aesGcm(systemRandomness)
  const disclosures = {
    reader,
    aead,
    recordKey: gateway.keys.record,
    handleKey: gateway.keys.handle,
    clock: systemClock,
  }
  const ailments = (): Promise<readonly string[]> => ailmentsOf(gateway, files)
  const logSize = async (): Promise<number> => (await reader.head())?.size ?? 0
  const adminApp = createAdminApp({ disclosures, writer, files, callers, ailments, logSize, noise })
  stack.use(
    repeat(() => settleRound(consumer), 500, {
      timers: systemTimers,
      onFailure: (cause) => report('settle', cause),
    }),
  )
  stack.use(
    repeat(() => publish.round(), config.log.publish_s * 1000, {
      timers: systemTimers,
      onFailure: (cause) => report('publish', cause),
    }),
  )
  stack.defer(() => adminApp.close())
  stack.defer(() => publicApp.close())
  const adminPort = await listen(adminApp, config.listen.admin)
  const publicPort = await listen(publicApp, config.listen.public)
  const owned = stack.move()
  return {
    publicPort,
    adminPort,
    failed: writer.failed,
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}
