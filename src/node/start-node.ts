import type { FastifyInstance } from 'fastify'
import type { PublishedMemory } from '../log/index.ts'
import { type ConsumerDeps, peerFollower, resumeQuestions, settleAnswers } from '../person/index.ts'
import {
  aesGcm,
  sweepTemporaries,
  nodeMlDsa44,
  systemClock,
  systemRandomness,
  systemTimers,
} from '../platform/index.ts'
import type { Files } from '../ports/index.ts'
import { openPublishedMemory, openStateReader } from '../storage/sqlite/index.ts'
import { announceStart } from './announce-start.ts'
import { type SelfAudit, selfAudit } from './audit/self-audit.ts'
import type { LoadedConfig } from './config-file.ts'
import { consumerRole } from './gateway-roles.ts'
import { awaitsWitnessTime, keepWitnessed } from './agreements/witnessed-time.ts'
import { makeAgreementJob, makeCorrectionJob, makeDirectoryJob } from './jobs/peer-jobs.ts'
import { auditJob } from './jobs/audit-job.ts'
import { defaultEpochSeconds, type EpochJob, epochJob } from './jobs/epoch-job.ts'
import { oversightJobs } from './jobs/oversight-jobs.ts'
import type { CountsBook } from '../oversight/index.ts'
import { gatewayCounts } from './jobs/counts-job.ts'
import { closedLogsJob, type ClosedLogsJob } from './jobs/closed-logs-job.ts'
import { type PublishDeps, type PublishJob, publishJob } from './jobs/publish-job.ts'
import { witnessStanding, type WitnessStanding } from './jobs/witness-standing.ts'
import { makeReconcileJob } from './reconcile/make-reconcile-job.ts'
import type { ReconcileJob } from './reconcile/reconcile-job.ts'
import { type OpenJoins, openJoins } from './joins/open-joins.ts'
import { makeApps } from './make-apps.ts'
import type { NodeError } from './node-error.ts'
import { publishedPlace } from './published-place.ts'
import { type PublishedFolders, publishedFolders } from './published-folders.ts'
import { type OpenGateway, openGateway } from './open-gateway.ts'
import { checkStart, ownLogKeys, type StartFindings } from './startup/check-start.ts'
import { logLife, type LogLife } from './startup/log-life.ts'
import { noticesJob } from './jobs/notices-job.ts'
import { withAdvice } from './startup/start-evidence.ts'

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
export interface AssembledGateway {
  readonly loaded: LoadedConfig
  readonly gateway: OpenGateway
  readonly consumer: ConsumerDeps
  /** Where the present log is published; for its publisher alone. */
  readonly files: Files
  /** The same place, for everybody else. */
  readonly reading: Files
  readonly folders: PublishedFolders
  readonly memory: PublishedMemory
  readonly findings: StartFindings
}

/** An assembled gateway whose log is alive. */
export interface AliveGateway extends AssembledGateway {
  readonly life: LogLife
  readonly standing: WitnessStanding
  readonly audit: SelfAudit
  readonly joins: OpenJoins
  readonly reconciling: ReconcileJob
  /** What is counted for everybody. */
  readonly counts: CountsBook
  /** Refusals without an entry, by code, since the start. */
  readonly noise: Map<string, number>
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

/** Publishes the present log of an assembled gateway. */
export function makePublishJob({ gateway, files, memory }: AssembledGateway): PublishJob {
  const { reader } = gateway
  const awaitsTime = (): Promise<boolean> =>
    awaitsWitnessTime({ reader, nowMs: systemClock.now() }, gateway)
  return publishJobOf(gateway, { reader, files, memory, awaitsTime })
}

function publishJobOf(
  gateway: OpenGateway,
  log: Pick<PublishDeps, 'reader' | 'files' | 'memory' | 'awaitsTime'>,
): PublishJob {
  const { http, policy, ed25519, keys } = gateway
  const clock = systemClock
  const seed = keys.logTree
  return publishJob({
    ...log,
    treeSigner: seed === undefined ? undefined : { seed, mlDsa44: nodeMlDsa44 },
    mlDsa44: nodeMlDsa44,
    http,
    policy,
    ed25519,
    clock,
  })
}

/** Longer than a question on its way takes; what is older was left by a peer's or an own outage. */
const resumeAfterMs = 10_000

/** One round of what is still open as a consumer: questions without outcome, receipts without witness. */
async function settleRound(consumer: ConsumerDeps): Promise<void> {
  await Promise.all([resumeQuestions(consumer, resumeAfterMs), settleAnswers(consumer)])
}

/** How long a start waits for its witnesses before it listens with the gate shut. */
const witnessPatienceMs = 5_000

/** How long a whole self-audit may take where the configuration does not say. */
const defaultAuditSeconds = 3_600

async function makeSelfAudit({ loaded, gateway, reading }: AssembledGateway): Promise<SelfAudit> {
  const { config, at } = loaded
  return selfAudit({
    files: reading,
    origin: config.log.origin,
    keys: await ownLogKeys(loaded, gateway),
    ed25519: gateway.ed25519,
    aead: aesGcm(systemRandomness),
    recordKeys: gateway.keys.record,
    openStore: () => openStateReader(at(config.store.path)),
    timers: systemTimers,
    passMs: (config.log.audit_s ?? defaultAuditSeconds) * 1000,
  })
}

/** Follows the ends of closed logs by a policy of the same witnesses. */
function makeClosedLogsJob({ loaded, gateway, folders }: AssembledGateway): ClosedLogsJob {
  const { reader, policy, ed25519 } = gateway
  const deps = { policy, ed25519, mlDsa44: nodeMlDsa44, clock: systemClock }
  const closed = [...folders].filter(([origin]) => origin !== loaded.config.log.origin)
  return closedLogsJob(
    closed.map(([origin, files]) => {
      const log = reader.logOf(origin)
      return {
        log,
        publish: publishJobOf(gateway, { reader: log, files }),
        standing: witnessStanding(deps),
      }
    }),
  )
}

function makeEpochJob({ loaded, gateway }: AssembledGateway, mayWrite: () => boolean): EpochJob {
  const { reader, writer, subjects } = gateway
  const periodMs = (loaded.config.log.epoch_s ?? defaultEpochSeconds) * 1000
  const machine = { clock: systemClock, randomness: systemRandomness, timers: systemTimers }
  return epochJob({ reader, writer, subjects, periodMs, ...machine }, mayWrite)
}

function beginLife(
  assembled: AssembledGateway,
  audit: SelfAudit,
  report: ReportFailure,
): Omit<AliveGateway, keyof AssembledGateway> {
  const { loaded, gateway, consumer, findings } = assembled
  const { policy, ed25519 } = gateway
  const standing = witnessStanding({ policy, ed25519, mlDsa44: nodeMlDsa44, clock: systemClock })
  const auditing = auditJob(audit, gateway.writer)
  const closed = makeClosedLogsJob(assembled)
  const follower = peerFollower(consumer)
  const noise = new Map<string, number>()
  const life = logLife({
    publish: makePublishJob(assembled),
    standing,
    checkWitnesses: findings.checkWitnesses,
    announce: () => announceStart(loaded, gateway, findings.peers),
    publishPauseMs: loaded.config.log.publish_s * 1000,
    witnessed: () => keepWitnessed(gateway, loaded.config.log.origin, standing),
    jobs: [
      { name: 'settle', pauseMs: 500, round: async () => settleIfOpen() },
      { name: 'audit', pauseMs: 50, round: () => auditing.round() },
      { name: 'epoch', pauseMs: 1_000, round: () => epochs.round() },
      ...oversightJobs(assembled, () => life.gate.isOpen()),
      { name: 'counts', pauseMs: 1_000, round: () => counts.round(life.gate.isOpen()) },
      { name: 'follow', pauseMs: 2_000, round: () => follower.round() },
      { name: 'notices', pauseMs: 1_000, round: () => notices.round() },
      { name: 'directory', pauseMs: 1_000, round: () => following.round() },
      { name: 'agreements', pauseMs: 500, round: () => courier.round() },
      { name: 'closed logs', pauseMs: 1_000, round: () => closed.round() },
      { name: 'corrections', pauseMs: 500, round: () => corrections.round() },
      { name: 'joins', pauseMs: 500, round: () => joins.round() },
      { name: 'reconciliation', pauseMs: 1_000, round: () => reconciling.round() },
    ],
    report,
  })
  const counts = gatewayCounts(gateway, loaded.config.log.origin)
  const following = makeDirectoryJob(assembled, report)
  const { reader, writer } = gateway
  const notices = noticesJob({ reader, writer, clock: systemClock }, () => life.gate.isOpen())
  const courier = makeAgreementJob(assembled, () => life.gate.isOpen(), report)
  const corrections = makeCorrectionJob(assembled, () => life.gate.isOpen())
  const reconciling = makeReconcileJob(loaded, gateway, () => life.gate.isOpen())
  const epochs = makeEpochJob(assembled, () => life.gate.isOpen())
  const joins = openJoins(loaded, gateway, {
    countNoise: (code) => void noise.set(code, (noise.get(code) ?? 0) + 1),
    mayAnswer: () => life.gate.isOpen(),
    report: (cause) => report('joins', cause),
  })
  life.gate.watch(() => auditing.ailment())
  async function settleIfOpen(): Promise<void> {
    if (life.gate.isOpen()) await settleRound(consumer)
  }
  return { life, standing, audit, joins, reconciling, counts, noise }
}

/** Opens a gateway and holds its stores against everything that remembers its log. */
export async function assembleGateway(
  loaded: LoadedConfig,
  stack: AsyncDisposableStack,
): Promise<AssembledGateway> {
  const { config, at } = loaded
  const gateway = stack.use(await openGateway(loaded))
  const { files, reading } = await publishedPlace(loaded, gateway.http)
  const folders = publishedFolders(loaded, reading)
  const memory = stack.use(openPublishedMemory(at(config.store.head_path), config.log.origin))
  const findings = await checkStart(loaded, gateway, { files, memory })
  if (config.log.object_store === undefined) await sweepTemporaries(at(config.log.folder))
  const consumer = consumerRole(loaded, gateway)
  return { loaded, gateway, consumer, files, reading, folders, memory, findings }
}

async function start(loaded: LoadedConfig, report: ReportFailure): Promise<RunningNode> {
  const { config, at } = loaded
  await using stack = new AsyncDisposableStack()
  const assembled = await assembleGateway(loaded, stack)
  const audit = await makeSelfAudit(assembled)
  const alive = { ...assembled, ...beginLife(assembled, audit, report) }
  stack.use(alive.joins)
  stack.use(alive.life)
  stack.defer(() => audit.stop())
  await alive.life.begun(witnessPatienceMs)
  const { open, admin } = makeApps(alive)
  stack.defer(() => admin.close())
  stack.defer(() => open.close())
  const adminPort = await listen(admin, config.listen.admin)
  const publicPort = await listen(open, config.listen.public)
  const owned = stack.move()
  const failed = Promise.race([assembled.gateway.writer.failed, alive.life.failed])
  return {
    publicPort,
    adminPort,
    failed: failed.then((reason) => withAdvice(reason, at(config.log.folder))),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}

/**
 * Starts a gateway: opens its stores and compares them with each other, with the published folder,
 * and with what witnesses and peers remember of its log; has a quorum of witnesses confirm the head;
 * makes the start an entry; listens on the public and the admin address; and publishes, settles
 * receipts and re-sends what is still asked. Where the witnesses cannot be reached it listens all
 * the same, and answers nothing until they have confirmed.
 *
 * @throws what any part of it throws; then nothing is left running. {@link NodeError}
 * `LOG_REGRESSED`, `LOG_FORKED`, `LOG_DAMAGED` are evidence of tampering
 */
export async function startNode(loaded: LoadedConfig, report: ReportFailure): Promise<RunningNode> {
  try {
    return await start(loaded, report)
  } catch (cause) {
    throw withAdvice(cause, loaded.at(loaded.config.log.folder))
  }
}
