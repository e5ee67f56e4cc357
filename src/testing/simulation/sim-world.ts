import type { PersonAgreement } from '../../agreement/index.ts'
import { Watch, type WatchedGateway } from '../oracles/index.ts'
import { drawRates, Faults, ProcessLife } from '../simulator/index.ts'
import { createSimLog, type SimGatewayDeps } from './gateway/sim-gateway.ts'
import { type Ground, layGround, type SimulationOptions } from './sim-ground.ts'
import { type GatewayDisk, gatewayDisk } from './gateway/sim-disk.ts'
import { SimNode } from './gateway/sim-node.ts'
import {
  type SimOrganisation,
  type SimOrganisationId,
  simWitness,
  witnessPolicy,
} from './sim-organisation.ts'
import { forkOf, type SimFork } from './malice/sim-fork.ts'
import { rowOf, simSubjects } from './sim-register.ts'
import { lyingWitness } from './malice/lying-witness.ts'
import { simWitnessServer, type WitnessDisk } from './sim-witness.ts'

/** Everything of a simulation, set up and not begun. */
export interface SimWorld extends Ground {
  readonly watch: Watch
  readonly nodes: Readonly<Record<SimOrganisationId, SimNode>>
  readonly agreement: PersonAgreement
  /** A life that no fault strikes: clients, officers, strangers. */
  readonly outside: ProcessLife
  readonly startWitness: () => void
  /** The provider's other tree, where it forks. */
  readonly fork?: SimFork
  /** Failures that no fault explains. */
  readonly bugs: Error[]
}

function witnessStarter(ground: Ground, { ed25519, malice }: SimulationOptions): () => void {
  const { scheduler, faults, network, judge, parties, clocks } = ground
  const random = ground.random.fork('witness')
  const disk: WitnessDisk = new Map()
  const onFork = (origin: string): void =>
    judge.check('I3', false, () => `the witness was shown a fork of ${origin}`)
  const start = (): void => {
    const life = new ProcessLife(simWitness.host, { scheduler, faults, random })
    life.onEnd(() => scheduler.after(random.between(200, 2_000), 'witness starts', start))
    const logs = [parties.housing.logKey, parties.tax.logKey]
    const clock = clocks.witness
    const honest = simWitnessServer(life, { disk, clock, logs, ed25519, onFork })
    network.listen(simWitness.host, lyingWitness(honest, { malice, clock, ed25519 }))
  }
  return start
}

function gatewayOf(
  id: SimOrganisationId,
  ground: Ground,
  { options, bugs }: { readonly options: SimulationOptions; readonly bugs: Error[] },
): SimGatewayDeps {
  const { network, faults, disks, clocks, known, terms, parties, trueMs } = ground
  const { ed25519, aead, seams = {} } = options
  return {
    network,
    faults,
    ed25519,
    aead,
    organisation: parties[id],
    peer: id === 'tax' ? parties.housing : parties.tax,
    disk: disks[id],
    clock: clocks[id],
    caseClock: { now: trueMs },
    agreements: [known],
    timeLock: terms.lock,
    populationSize: terms.populationSize,
    policy: witnessPolicy(ed25519),
    seams: seams[id] ?? {},
    onFailure: (cause) => {
      if (cause instanceof TypeError || cause instanceof RangeError) bugs.push(cause)
    },
  }
}

async function makeNode(gateway: SimGatewayDeps, ground: Ground): Promise<SimNode> {
  await createSimLog(gateway)
  const { random, scheduler, faults, judge } = ground
  const { host, id } = gateway.organisation
  return new SimNode(gateway, {
    name: host,
    lives: { scheduler, faults, random: random.fork(`lives of ${id}`) },
    random: random.fork(id),
    onRefusal: (code) =>
      judge.check('I12', false, () => `${host} refuses its own disk at its start: ${code}`),
  })
}

function makeWatch(
  ground: Ground,
  agreement: PersonAgreement,
  {
    options,
    fork,
  }: { readonly options: SimulationOptions; readonly fork: GatewayDisk | undefined },
): Watch {
  const { ed25519, aead } = options
  const { parties, disks, judge, known, terms, random } = ground
  const watched = (organisation: SimOrganisation): WatchedGateway => ({
    ...organisation,
    disk: disks[organisation.id],
  })
  return new Watch({
    consumer: watched(parties.housing),
    provider: watched(parties.tax),
    facts: {
      agreement,
      rowOf,
      agreementDigest: known.digest,
      lockMs: terms.lock.milliseconds,
      populationSize: terms.populationSize,
      isPerson: (subject) => simSubjects.includes(subject),
    },
    aead: aead(random.fork('watch')),
    ed25519,
    judge,
    witness: simWitness.host,
    forks: fork === undefined ? [] : [{ ...watched(parties.tax), disk: fork }],
  })
}

function outsider({ random, scheduler }: Ground): ProcessLife {
  const never = new Faults(drawRates(random.fork('never')), random.fork('never'))
  return new ProcessLife('client', { scheduler, faults: never, random: random.fork('client') })
}

/** Lays out the world of a seed: keys, agreement, disks with empty logs, and all oracles. */
export async function makeWorld(options: SimulationOptions): Promise<SimWorld> {
  const ground = layGround(options)
  const { agreement } = ground.known
  if (agreement.kind !== 'person') throw new TypeError('the agreement is about persons')
  const bugs: Error[] = []
  const nodes = {
    housing: await makeNode(gatewayOf('housing', ground, { options, bugs }), ground),
    tax: await makeNode(gatewayOf('tax', ground, { options, bugs }), ground),
  }
  const forkDisk = options.malice?.provider === 'forking' ? gatewayDisk() : undefined
  const watch = makeWatch(ground, agreement, { options, fork: forkDisk })
  ground.network.watch(watch)
  return {
    ...ground,
    watch,
    nodes,
    agreement,
    ...(forkDisk === undefined
      ? {}
      : { fork: await forkOf(ground, forkDisk, gatewayOf('tax', ground, { options, bugs })) }),
    bugs,
    outside: outsider(ground),
    startWitness: witnessStarter(ground, options),
  }
}
