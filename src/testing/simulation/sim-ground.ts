import type { TimeLock } from '../../agreement/index.ts'
import type { Ed25519 } from '../../crypto/index.ts'
import type { KnownAgreement } from '../../person/index.ts'
import type { Aead, Randomness } from '../../ports/index.ts'
import { Judge, type OracleId } from '../oracles/index.ts'
import type { Malice } from './malice/malice.ts'
import {
  drawRates,
  Faults,
  type ManualClock,
  manualClock,
  type NextTurn,
  type SeededRandom,
  seededRandom,
  SimNetwork,
  VirtualScheduler,
} from '../simulator/index.ts'
import { simAgreement, type SimParties, type SimTerms } from './sim-agreement.ts'
import { type GatewayDisk, gatewayDisk, type Seams } from './gateway/sim-disk.ts'
import { simOrganisation, type SimOrganisationId, simStartMs } from './sim-organisation.ts'

/** What a simulation is made from. */
export interface SimulationOptions {
  readonly seed: string
  readonly nextTurn: NextTurn
  readonly ed25519: Ed25519
  /** The real cipher; its nonces come from the seed. */
  readonly aead: (randomness: Randomness) => Aead
  /** What is wrong on purpose, by organisation. */
  readonly seams?: Partial<Record<SimOrganisationId, Seams>>
  readonly onTrace?: (line: string) => void
  /** Faults to strike instead of those that the seed draws. */
  readonly faults?: Faults
  /** Who lies, and how; everybody is honest where it is left out. */
  readonly malice?: Malice
  /** Invariants that cannot hold under that malice. */
  readonly waived?: readonly OracleId[]
}

function drawTerms(random: SeededRandom): SimTerms {
  const lock: TimeLock = { milliseconds: random.pick([0, 500, 2_000]), demo: true }
  return {
    lock,
    hidden: random.chance(0.5),
    caps: {
      perOfficialPerDay: random.between(3, 8),
      subjectsPerCase: random.between(2, 4),
      distinctSubjectsPer30Days: random.between(3, 6),
      perSubjectPer30Days: random.between(2, 5),
    },
    // Small enough in some seeds that the ceilings are nearer than the caps.
    populationSize: random.fork('population').pick([100_000, 100_000, 300, 500]),
    notAfterMs: simStartMs + (random.chance(0.1) ? 20_000 : 300 * 86_400_000),
  }
}

/** What lies under everything else of a simulation. */
export interface Ground {
  readonly random: SeededRandom
  readonly scheduler: VirtualScheduler
  readonly faults: Faults
  readonly network: SimNetwork
  readonly judge: Judge
  readonly parties: SimParties
  readonly terms: SimTerms
  readonly known: KnownAgreement
  /** How far all clocks are ahead of the scheduler: machines that were asleep. */
  readonly sleep: { totalMs: number }
  /** True time: what clocks show when they are right. */
  readonly trueMs: () => number
  readonly clocks: Readonly<Record<SimOrganisationId | 'witness', ManualClock>>
  readonly disks: Readonly<Record<SimOrganisationId, GatewayDisk>>
}

function clocksOf(trueMs: () => number): Ground['clocks'] {
  return {
    housing: manualClock(trueMs),
    tax: manualClock(trueMs),
    witness: manualClock(trueMs),
  }
}

/** Draws a seed's terms and rates, and makes scheduler, network, clocks and empty disks. */
export function layGround({
  seed,
  nextTurn,
  ed25519,
  onTrace,
  ...given
}: SimulationOptions): Ground {
  const random = seededRandom(seed)
  const order = random.fork('order')
  const scheduler = new VirtualScheduler({ startMs: simStartMs, random: order, nextTurn })
  if (onTrace !== undefined) scheduler.onTrace(onTrace)
  const drawn = new Faults(drawRates(random.fork('rates')), random.fork('faults'))
  const faults = given.faults ?? drawn
  const network = new SimNetwork({ scheduler, faults, random: random.fork('network') })
  const parties = {
    housing: simOrganisation('housing', ed25519),
    tax: simOrganisation('tax', ed25519),
  }
  const terms = drawTerms(random.fork('terms'))
  const known = simAgreement(terms, parties, ed25519)
  const sleep = { totalMs: 0 }
  const trueMs = (): number => scheduler.nowMs + sleep.totalMs
  return {
    random,
    scheduler,
    faults,
    network,
    judge: new Judge(given.waived),
    parties,
    terms,
    known,
    sleep,
    trueMs,
    clocks: clocksOf(trueMs),
    disks: { housing: gatewayDisk(), tax: gatewayDisk() },
  }
}
