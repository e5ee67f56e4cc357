import { isCountersigned } from '../../agreement/index.ts'
import { type KnownAgreement, officialPseudonym, standingNow } from '../../person/index.ts'
import {
  sodiumSealedBox,
  systemClock,
  systemRandomness,
  systemTimers,
} from '../../platform/index.ts'
import {
  type JoinContext,
  type JoinMachine,
  type JoinRuns,
  type KnownJoinAgreement,
  standingRefusal,
} from '../../population/index.ts'
import type { LoadedConfig } from '../config-file.ts'
import type { OpenGateway } from '../open-gateway.ts'
import { publicUrl } from '../public-url.ts'
import { identitySealing } from '../sealing-holders.ts'

function joinAgreement(
  known: KnownAgreement | undefined,
  { directory, ed25519 }: OpenGateway,
): KnownJoinAgreement | undefined {
  if (known?.agreement.kind !== 'join') return undefined
  const { agreement, digest } = known
  const inspectors = (id: string): readonly Uint8Array[] => directory.inspectorKeys(id)
  return { agreement, digest, countersigned: isCountersigned(agreement, { inspectors, ed25519 }) }
}

/** The inspector's sealing key, as `keys.sealing` names it: who opens identities opens what an audit asks for. */
function sealingKeys(config: LoadedConfig['config']): JoinContext['sealingKeyOf'] {
  const inspector =
    sodiumSealedBox() === undefined ? undefined : identitySealing(config)?.holders.inspector
  return (organisation) => (inspector?.organisation === organisation ? inspector.key : undefined)
}

/** Room for a million people and their units, or for some thousand cells; a run of so many takes some gigabytes. */
const usualPoints = 10_000_000

/** What this gateway carries joins with, in whatever role. */
export function joinRole(
  { config }: LoadedConfig,
  gateway: OpenGateway,
  parts: Pick<JoinContext, 'countNoise' | 'mayAnswer' | 'report'> & {
    readonly machine: JoinMachine
    readonly runs: JoinRuns
  },
): JoinContext {
  const { ed25519, key, keys, reader, writer, registers, agreements, http, directory } = gateway
  return {
    ...parts,
    key,
    ed25519,
    reader,
    writer: writer.population,
    http,
    organisation: config.org.id,
    authority: publicUrl(config).host,
    clock: systemClock,
    timers: systemTimers,
    randomness: systemRandomness,
    peers: directory.providers,
    registers: new Map([...registers].map(([name, { register }]) => [name, register])),
    agreementOf: (id, version) =>
      joinAgreement(
        agreements.find(({ agreement }) => agreement.id === id && agreement.version === version),
        gateway,
      ),
    refusalNow: async ({ digest }) => {
      const known = agreements.find((one) => one.digest === digest)
      if (known === undefined) return 'AGREEMENT_UNKNOWN'
      return standingRefusal((await standingNow(reader, known, systemClock.now(), gateway)).state)
    },
    mostPoints: config.limits.join_points ?? usualPoints,
    sealingKeyOf: sealingKeys(config),
    pseudonymOf: (holder, analyst) => officialPseudonym(keys.pseudonym, holder, analyst),
    isKeyCurrent: (keyId) => directory.isCurrentGatewayKey(keyId),
  }
}
