import type { FastifyInstance } from 'fastify'
import { type ConsumerDeps, resumeQuestions, settleAnswers } from '../person/index.ts'
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

/** A gateway with everything that its interfaces and jobs work on. */
interface Assembled {
  readonly loaded: LoadedConfig
  readonly gateway: OpenGateway
  readonly consumer: ConsumerDeps
  readonly files: Files
}

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

async function ailmentsOf({ gateway, files }: Assembled): Promise<readonly string[]> {
  const head = await gateway.reader.head()
  const published = await files.read('checkpoint')
  const ailments: string[] = []
  if (head === undefined) ailments.push('The log has no head.')
  if (published === undefined) ailments.push('Nothing of the log is published yet.')
  return ailments
}

function makePublishJob({ gateway, files }: Assembled): PublishJob {
  const { reader, http, policy, ed25519, keys } = gateway
  const aead = aesGcm(systemRandomness)
  const recordKey = keys.record
  return publishJob({ reader, files, http, policy, ed25519, aead, recordKey, clock: systemClock })
}

/** Longer than a question on its way takes; what is older was left by a peer's or an own outage. */
const resumeAfterMs = 10_000

/** One round of what is still open as a consumer: questions without outcome, receipts without witness. */
async function settleRound(consumer: ConsumerDeps): Promise<void> {
  await resumeQuestions(consumer, resumeAfterMs)
  const { forked } = await settleAnswers(consumer)
  if (forked === 0) return
  await consumer.writer.commit({
    type: 'governance',
    kind: 'signal.fork',
    name: null,
    digest: null,
    body: { receipts: forked },
    agreement: undefined,
  })
}

function makeApps(assembled: Assembled): {
  readonly open: FastifyInstance
  readonly admin: FastifyInstance
} {
  const { loaded, gateway, consumer, files } = assembled
  const { origin } = loaded.config.log
  const { connections, body_bytes: bodyBytes } = loaded.config.limits
  const { reader, writer, callers, keys } = gateway
  const noise = new Map<string, number>()
  const countNoise = (code: string): void => void noise.set(code, (noise.get(code) ?? 0) + 1)
  const aead = aesGcm(systemRandomness)
  const open = createPublicApp({
    provider: providerRole(loaded, gateway, countNoise),
    consumer,
    reader,
    files,
    callers,
    logPath: origin.slice(origin.indexOf('/')),
    limits: { bodyBytes, connections },
  })
  const admin = createAdminApp({
    disclosures: {
      reader,
      aead,
      recordKey: keys.record,
      handleKey: keys.handle,
      clock: systemClock,
    },
    writer,
    files,
    callers,
    noise,
    ailments: () => ailmentsOf(assembled),
    logSize: async () => (await reader.head())?.size ?? 0,
  })
  return { open, admin }
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
  const consumer = await consumerRole(loaded, gateway)
  const assembled = { loaded, gateway, consumer, files }
  await announceStart(loaded, gateway)
  const publish = makePublishJob(assembled)
  await publish.round().catch((cause: unknown) => report('publish', cause))
  const told = (job: string): Parameters<typeof repeat>[2] => ({
    timers: systemTimers,
    onFailure: (cause) => report(job, cause),
  })
  stack.use(repeat(() => settleRound(consumer), 500, told('settle')))
  stack.use(repeat(() => publish.round(), config.log.publish_s * 1000, told('publish')))
  const { open, admin } = makeApps(assembled)
  stack.defer(() => admin.close())
  stack.defer(() => open.close())
  const adminPort = await listen(admin, config.listen.admin)
  const publicPort = await listen(open, config.listen.public)
  const owned = stack.move()
  return {
    publicPort,
    adminPort,
    failed: gateway.writer.failed,
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}
