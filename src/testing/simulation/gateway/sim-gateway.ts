import type { TimeLock } from '../../../agreement/index.ts'
import { encodeBase64, type JsonObject } from '../../../bytes/index.ts'
import type { Ed25519 } from '../../../crypto/index.ts'
import { createLog } from '../../../log/index.ts'
import type { Policy } from '../../../log/verify/index.ts'
import {
  type ConsumerDeps,
  type ExchangeReader,
  type GovernanceIntent,
  type KnownAgreement,
  type PersonWriter,
  type ProviderDeps,
  publicationOf,
  resumeQuestions,
  settleAnswers,
} from '../../../person/index.ts'
import type { Aead, Clock, Files, HttpClient, Randomness, Timers } from '../../../ports/index.ts'
import { readCaseToken } from '../../../protocol/index.ts'
import { directCall, memoryHeadStore, memoryStateStore } from '../../memory-store/index.ts'
import type { Faults, ProcessLife, SimNetwork } from '../../simulator/index.ts'
import { DeviceError, simFiles } from '../../simulator/index.ts'
import { simCaseSource } from '../sim-case-source.ts'
import { type GatewayDisk, openStores, type Seams } from './sim-disk.ts'
import { simGatewayServer } from './sim-gateway-server.ts'
import { consumerOf, providerOf, type SimOrganisation } from '../sim-organisation.ts'
import { simPublish } from './sim-publish.ts'
import { simRegister } from '../sim-register.ts'
import { simAudit, simWriter } from './sim-writer.ts'

/** What is the same in every life of a simulated gateway. */
export interface SimGatewayDeps {
  readonly organisation: SimOrganisation
  readonly peer: SimOrganisation
  readonly disk: GatewayDisk
  readonly agreements: readonly KnownAgreement[]
  readonly timeLock: TimeLock
  readonly populationSize: number
  readonly policy: Policy
  readonly clock: Clock
  /** True time: the case system's clock is its own. */
  readonly caseClock: Clock
  readonly network: SimNetwork
  readonly faults: Faults
  readonly ed25519: Ed25519
  readonly aead: (randomness: Randomness) => Aead
  readonly seams: Seams
  /** Hears of failures of the gateway's jobs. */
  readonly onFailure: (cause: unknown) => void
}

/** One life of a gateway, once it serves. */
export interface ServingGateway {
  readonly writer: PersonWriter
  readonly reader: ExchangeReader
}

/** What one life holds in memory. */
interface GatewayParts extends ServingGateway {
  readonly life: ProcessLife
  readonly randomness: Randomness
  readonly aead: Aead
  readonly timers: Timers
  readonly http: HttpClient
  readonly files: Files
}

/** Brings an organisation's log into being, before any fault: by hand, as an operator does. */
export function createSimLog(deps: SimGatewayDeps): Promise<void> {
  const { organisation, disk, ed25519, clock } = deps
  return createLog({
    store: memoryStateStore(disk, directCall),
    headStore: memoryHeadStore(disk, directCall),
    ed25519,
    origin: organisation.origin,
    signers: [organisation.logSigner],
    nowMs: clock.now(),
  })
}

async function openParts(
  life: ProcessLife,
  randomness: Randomness,
  deps: SimGatewayDeps,
): Promise<GatewayParts> {
  const { organisation, disk, seams, network, clock, ed25519, agreements, timeLock } = deps
  seams.beforeStart?.(disk)
  const stores = openStores(disk, life, seams)
  const aead = deps.aead(randomness)
  const audit = seams.audit?.(simAudit(), disk) ?? simAudit()
  const opened = await simWriter({
    life,
    organisation,
    stores,
    agreements,
    timeLock,
    clock,
    randomness,
    aead,
    ed25519,
    audit,
  })
  // What a start has verified is as good as what the store has confirmed.
  for (const { leaf } of disk.tables.entries) disk.confirmed.add(encodeBase64(leaf))
  return {
    life,
    randomness,
    aead,
    writer: seams.writer?.(opened, life) ?? opened,
    reader: stores.reader,
    timers: { sleep: (ms) => life.call('timers.sleep', () => undefined, { delayMs: ms }) },
    http: network.client(life),
    files: seams.files?.(disk.files, life) ?? simFiles(disk.files, life.device('files')),
  }
}

function providerRole(parts: GatewayParts, deps: SimGatewayDeps): ProviderDeps {
  const { organisation, peer, ed25519, agreements, timeLock, clock } = deps
  const { life, randomness, timers, reader, writer } = parts
  const register = { ...simRegister(life, deps.faults), populationSize: deps.populationSize }
  return {
    organisation: organisation.id,
    authority: organisation.host,
    key: organisation.key,
    handleKey: organisation.handleKey,
    subjects: organisation.subjects,
    consumers: new Map([[peer.id, consumerOf(peer, organisation)]]),
    registers: new Map([['income', deps.seams.register?.(register) ?? register]]),
    readCaseToken: (token, { name, publicKey }, nowMs) =>
      readCaseToken(token, {
        issuer: name,
        publicKey,
        audience: organisation.id,
        nowMs,
        ed25519,
      }),
    countNoise: () => undefined,
    clock,
    timers,
    randomness,
    ed25519,
    reader,
    writer,
    agreements,
    timeLock,
  }
}

function consumerRole(parts: GatewayParts, deps: SimGatewayDeps): ConsumerDeps {
  const { organisation, peer, ed25519, agreements, clock, policy } = deps
  const { life, randomness, timers, reader, writer, aead, http } = parts
  return {
    organisation: organisation.id,
    key: organisation.key,
    subjects: organisation.subjects,
    recordKeys: organisation.recordKeys,
    pseudonymKey: organisation.pseudonymKey,
    providers: new Map([[peer.id, providerOf(peer, policy)]]),
    cases: simCaseSource(life, deps.caseClock),
    clock,
    timers,
    randomness,
    ed25519,
    aead,
    http,
    reader,
    writer,
    agreements,
  }
}

/** An act of governance without an agreement. */
export function plainAct(
  kind: GovernanceIntent['kind'],
  body: JsonObject | null,
): GovernanceIntent {
  return { type: 'governance', kind, name: null, digest: null, body, agreement: undefined }
}

/** The start is an entry, and so is every agreement that the log does not have yet. */
async function announce({ writer, reader }: GatewayParts, deps: SimGatewayDeps): Promise<void> {
  await writer.commit(plainAct('admin.start', { version: 'simulated' }))
  for (const known of deps.agreements) {
    const publication = await publicationOf(reader, known, deps.organisation.id)
    if (publication !== undefined) await writer.commit(publication)
  }
}

/** Longer than a question on its way takes, as in production. */
const resumeAfterMs = 10_000

async function settleRound(consumer: ConsumerDeps): Promise<void> {
  await Promise.all([resumeQuestions(consumer, resumeAfterMs), settleAnswers(consumer)])
}

/** Rounds of a job that never overlap, until the life ends. */
async function repeat(
  round: () => Promise<unknown>,
  pauseMs: number,
  { timers, onFailure }: Pick<GatewayParts, 'timers'> & Pick<SimGatewayDeps, 'onFailure'>,
): Promise<never> {
  for (;;) {
    await round().catch(onFailure)
    await timers.sleep(pauseMs)
  }
}

/** As in production: an error of a device that a job meets ends the process, a full disk does not. */
function isDeviceFailure(cause: unknown): boolean {
  return cause instanceof DeviceError && cause.code === 'EIO'
}

/**
 * Starts one life of a gateway in the order of production: check the stores, make the start an entry,
 * publish, listen, then the jobs. Rejects when a step does; then nothing listens.
 */
export async function startSimGateway(
  life: ProcessLife,
  randomness: Randomness,
  deps: SimGatewayDeps,
): Promise<ServingGateway> {
  const parts = await openParts(life, randomness, deps)
  const provider = providerRole(parts, deps)
  const consumer = consumerRole(parts, deps)
  await announce(parts, deps)
  const { organisation, policy, ed25519 } = deps
  const onFailure = (cause: unknown): void => {
    if (isDeviceFailure(cause)) life.end('a device has failed')
    else deps.onFailure(cause)
  }
  const { origin } = organisation
  const publish = simPublish({ ...parts, policy, ed25519, clock: deps.clock })
  await publish().catch(onFailure)
  const logPath = `${origin.slice(origin.indexOf('/'))}/`
  const { reader, files, timers } = parts
  const server = simGatewayServer(life, { provider, consumer, reader, files, logPath })
  deps.network.listen(organisation.host, server)
  void repeat(() => settleRound(consumer), 500, { timers, onFailure })
  void repeat(publish, 2_000, { timers, onFailure })
  return parts
}
