import { isAboutPersons, isCountersigned } from '../agreement/index.ts'
import { type KnownAgreement, officialPseudonym, standingNow } from '../person/index.ts'
import { systemClock, systemRandomness, systemTimers } from '../platform/index.ts'
import {
  type DeskDeps,
  type JoinDeskDeps,
  type KnownPopulationAgreement,
  type PopulationDeps,
  standingRefusal,
} from '../population/index.ts'
import type { LoadedConfig } from './config-file.ts'
import { isDemoOrigin, officerKeys } from './gateway-parts.ts'
import type { BudgetRoutesDeps } from './http/budget-routes.ts'
import type { OpenGateway } from './open-gateway.ts'
import { publicUrl } from './public-url.ts'

function populationAgreement(
  known: KnownAgreement | undefined,
  { directory, ed25519 }: OpenGateway,
): KnownPopulationAgreement | undefined {
  if (known === undefined || isAboutPersons(known.agreement)) return undefined
  const { agreement, digest } = known
  const inspectors = (id: string): readonly Uint8Array[] => directory.inspectorKeys(id)
  return { agreement, digest, countersigned: isCountersigned(agreement, { inspectors, ed25519 }) }
}

/** What this gateway answers questions about populations with. */
export function populationRole(
  { config }: LoadedConfig,
  gateway: OpenGateway,
  { countNoise, mayAnswer }: Pick<PopulationDeps, 'countNoise' | 'mayAnswer'>,
): PopulationDeps {
  const { ed25519, key, reader, writer, registers, agreements } = gateway
  return {
    key,
    ed25519,
    reader,
    writer: writer.population,
    countNoise,
    mayAnswer,
    organisation: config.org.id,
    authority: publicUrl(config).host,
    clock: systemClock,
    timers: systemTimers,
    randomness: systemRandomness,
    registers: new Map([...registers].map(([name, { register }]) => [name, register])),
    agreementOf: (id, version) =>
      populationAgreement(
        agreements.find(({ agreement }) => agreement.id === id && agreement.version === version),
        gateway,
      ),
    refusalNow: async ({ digest }) => {
      const known = agreements.find((one) => one.digest === digest)
      if (known === undefined) return 'AGREEMENT_UNKNOWN'
      return standingRefusal((await standingNow(reader, known, systemClock.now(), gateway)).state)
    },
    isKeyCurrent: (keyId) => gateway.directory.isCurrentGatewayKey(keyId),
  }
}

/** What this gateway's own analysts ask with. */
export function deskRole({ config }: LoadedConfig, gateway: OpenGateway): DeskDeps {
  const { ed25519, key, keys, reader, writer, http, directory, agreements } = gateway
  return {
    key,
    ed25519,
    reader,
    writer: writer.population,
    http,
    organisation: config.org.id,
    clock: systemClock,
    randomness: systemRandomness,
    providers: directory.providers,
    agreements: () => agreements,
    stateHere: async (digest) => {
      const known = agreements.find((one) => one.digest === digest)
      if (known === undefined) return 'drafted'
      return (await standingNow(reader, known, systemClock.now(), gateway)).state
    },
    pseudonymOf: (provider, analyst) => officialPseudonym(keys.pseudonym, provider, analyst),
  }
}

/** What this gateway's own analysts ask over two registers with. */
export function joinDeskRole(
  loaded: LoadedConfig,
  gateway: OpenGateway,
  runs: JoinDeskDeps['runs'],
): JoinDeskDeps {
  const { reader: joins, directory, ed25519, key } = gateway
  const own = { publicKey: ed25519.publicKey(key.seed), isRevoked: false }
  const inspectors = (id: string): readonly Uint8Array[] => directory.inspectorKeys(id)
  return {
    ...deskRole(loaded, gateway),
    runs,
    joins,
    keysAt: (organisation, atMs) => {
      const known = directory.gatewayKeysAt(organisation, atMs)
      const isOwn = organisation === loaded.config.org.id && !known.has(key.keyId)
      return isOwn ? new Map([...known, [key.keyId, own]]) : known
    },
    countersigned: (agreement) => isCountersigned(agreement, { inspectors, ed25519 }),
  }
}

/** What years of populations are opened with. */
export function budgetRole(
  { config }: LoadedConfig,
  gateway: OpenGateway,
): Omit<BudgetRoutesDeps, 'mayWrite'> {
  const { directory, ed25519, reader, writer, timeLock } = gateway
  return {
    reader,
    writer: writer.population,
    clock: systemClock,
    lockMs: timeLock.milliseconds,
    demo: isDemoOrigin(config.log.origin),
    verifiers: () => ({
      organisation: config.org.id,
      dpoKeys: officerKeys(config, directory.peers()).dpos.get(config.org.id) ?? [],
      inspectors: (id) => directory.inspectorKeys(id),
      ed25519,
    }),
  }
}
