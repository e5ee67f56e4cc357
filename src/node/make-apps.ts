import type { FastifyInstance } from 'fastify'
import { aesGcm, systemClock, systemRandomness } from '../platform/index.ts'
import { logTiles } from '../oversight/index.ts'
import { JoinDesk, PopulationAnswerer, StatisticsDesk } from '../population/index.ts'
import { administrationRole } from './administration-role.ts'
import { askCallersOf } from './ask-callers.ts'
import { retentionOf } from './gateway-parts.ts'
import { providerRole } from './gateway-roles.ts'
import { createAdminApp } from './http/admin-app.ts'
import { createPublicApp, type PublicAppDeps } from './http/public-app.ts'
import { officeRole, publicRecordRole } from './office-role.ts'
import { budgetRole, deskRole, joinDeskRole, populationRole } from './population-role.ts'
import { publicLimits } from './public-limits.ts'
import { publishedHeadOf } from './published-folders.ts'
import { safeguardRole } from './safeguard-role.ts'
import { reportRole } from './report-role.ts'
import { sealingWarning } from './sealing-holders.ts'
import type { BundleDeskDeps } from './reconcile/bundle-desk.ts'
import type { AliveGateway } from './start-node.ts'
import { subjectFiles } from './subject-files.ts'

async function ailmentsOf({ gateway, reading }: AliveGateway): Promise<readonly string[]> {
  const head = await gateway.reader.head()
  const published = await reading.read('checkpoint')
  const ailments: string[] = []
  if (head === undefined) ailments.push('The log has no head.')
  if (published === undefined) ailments.push('Nothing of the log is published yet.')
  return ailments
}

/** The organisation's own logs as they are published. */
function logsOf(
  folders: AliveGateway['folders'],
  reader: AliveGateway['gateway']['reader'],
): PublicAppDeps['logs'] {
  return [...folders].map(([name, published]) => ({
    logPath: name.slice(name.indexOf('/')),
    files: published,
    reader: reader.logOf(name),
  }))
}

/** Hands out bundles of the own logs. */
function bundleDesk({ loaded, gateway, folders, life }: AliveGateway): BundleDeskDeps {
  const { reader, writer, keys } = gateway
  const { org, log } = loaded.config
  return {
    organisation: org.id,
    origin: log.origin,
    reader,
    writer,
    publishedHead: publishedHeadOf(folders),
    aead: aesGcm(systemRandomness),
    recordKeys: keys.record,
    clock: systemClock,
    mayWrite: () => life.gate.isOpen(),
  }
}

/** Counts what leaves no entry, by code. */
interface Counting {
  readonly noise: Map<string, number>
  readonly countNoise: (code: string) => void
}

function publicApp(alive: AliveGateway, { countNoise }: Counting): FastifyInstance {
  const { loaded, gateway, consumer, folders, life } = alive
  const { reader } = gateway
  const serving = { countNoise, mayAnswer: (): boolean => life.gate.isOpen() }
  const provider = providerRole(loaded, gateway, serving)
  return createPublicApp({
    provider,
    mayAnswer: serving.mayAnswer,
    seen: { ...provider, origins: gateway.directory.origins },
    directory: gateway.directory,
    agreements: gateway.agreementBook,
    record: publicRecordRole(loaded, gateway),
    counts: () => alive.counts.shown(),
    tls: gateway.tls,
    consumer,
    reader,
    askCallers: askCallersOf(loaded, gateway),
    population: new PopulationAnswerer(populationRole(loaded, gateway, serving)),
    joins: alive.joins,
    bundles: {
      desk: bundleDesk(alive),
      inspectors: loaded.config.reconciliation?.inspectors ?? [],
    },
    statistics: {
      joins: new JoinDesk(joinDeskRole(loaded, gateway, alive.joins.tally)),
      desk: new StatisticsDesk(deskRole(loaded, gateway)),
      analysts: askCallersOf(loaded, gateway, 'analyse'),
    },
    logs: logsOf(folders, reader),
    limits: publicLimits(loaded.config),
  })
}

function adminApp(alive: AliveGateway, { noise }: Counting): FastifyInstance {
  const { loaded, gateway, folders, life, standing } = alive
  const unsealed = sealingWarning(loaded.config, gateway.agreements)
  const { reader, writer, callers, keys } = gateway
  const aead = aesGcm(systemRandomness)
  return createAdminApp({
    disclosures: {
      reader,
      aead,
      recordKeys: keys.record,
      subjects: gateway.subjects,
      clock: systemClock,
      tilesOf: logTiles(),
    },
    writer,
    publishedHead: publishedHeadOf(folders),
    makeSubjectFile: subjectFiles(loaded, gateway, folders),
    callers,
    bundles: bundleDesk(alive),
    reconciliations: {
      organisations: loaded.config.reconciliation?.organisations ?? [],
      everySeconds: loaded.config.reconciliation?.every_s ?? 0,
      windowSeconds: loaded.config.reconciliation?.window_s ?? 0,
      state: () => alive.reconciling.state(),
    },
    agreements: gateway.agreementBook,
    budgets: budgetRole(loaded, gateway),
    joinAudits: alive.joins.auditor,
    noise,
    ailments: () => ailmentsOf(alive),
    shutBy: () => life.gate.reasons(),
    warnings: () => [standing.ailment(), unsealed].filter((sentence) => sentence !== undefined),
    logSize: async () => (await reader.head())?.size ?? 0,
    office: officeRole(loaded, gateway),
    administration: administrationRole(alive),
    safeguards: safeguardRole(loaded, gateway),
    reports: reportRole(loaded, gateway, folders),
    erasures: {
      reader,
      aead,
      recordKeys: keys.record,
      clock: systemClock,
      agreements: gateway.lineage,
      organisation: loaded.config.org.id,
      retention: retentionOf(loaded.config),
    },
  })
}

/** The public and the inner interface of a gateway, not yet listening. */
export function makeApps(alive: AliveGateway): {
  readonly open: FastifyInstance
  readonly admin: FastifyInstance
} {
  const { noise } = alive
  const countNoise = (code: string): void => void noise.set(code, (noise.get(code) ?? 0) + 1)
  const counting = { noise, countNoise }
  return { open: publicApp(alive, counting), admin: adminApp(alive, counting) }
}
