import { utf8 } from '../../bytes/index.ts'
import type { GovernanceIntent } from '../../person/index.ts'
import { personQuestionPath } from '../../person/index.ts'
import type { SeededRandom } from '../simulator/index.ts'
import { simWitness } from './sim-organisation.ts'
import type { SimWorld } from './sim-world.ts'

/** How often what strikes from outside of any call is drawn. */
const tickMs = 500
const minuteMs = 60_000

function moveClocks(world: SimWorld, random: SeededRandom): void {
  const { faults, clocks, sleep, scheduler } = world
  const clock = random.pick([clocks.housing, clocks.tax, clocks.witness])
  if (faults.strikes('clock forward')) {
    clock.jump(random.chance(0.1) ? 5 * minuteMs : random.between(500, 50_000))
    scheduler.note('clock forward')
  }
  if (faults.strikes('clock back')) {
    clock.jump(-random.between(500, 50_000))
    scheduler.note('clock back')
  }
  if (faults.strikes('machine asleep')) {
    sleep.totalMs += random.pick([2 * minuteMs, 16 * minuteMs, 25 * 60 * minuteMs])
    scheduler.note('machine asleep')
  }
}

function cutNetwork(world: SimWorld, random: SeededRandom): void {
  const { faults, network, parties } = world
  if (!faults.strikes('partition')) return
  const { host } = simWitness
  const [housing, tax] = [parties.housing.host, parties.tax.host]
  const [one, other] = random.pick([
    [housing, tax],
    [housing, host],
    [tax, host],
  ] as const)
  network.cut(one, other)
}

/** Someone without a key sends something to the provider. */
function makeNoise({ faults, network, outside, parties }: SimWorld, random: SeededRandom): void {
  if (!faults.strikes('noise from a stranger')) return
  const body = random.chance(0.5) ? random.bytes(40) : utf8('{"v":1}')
  const url = `https://${parties.tax.host}${personQuestionPath}`
  const headers = { 'content-type': 'application/json' }
  const request = { method: 'POST', url, headers, body } as const
  void network
    .client(outside)
    .send({ ...request, timeoutMs: 1_000, maxResponseBytes: 10_000 })
    .catch(() => undefined)
}

function act(
  { known, agreement }: SimWorld,
  event: 'agreement.suspended' | 'agreement.resumed',
  by: string,
): GovernanceIntent {
  return {
    type: 'governance',
    kind: event,
    name: agreement.id,
    digest: known.digest,
    body: { by },
    agreement: { digest: known.digest, event, by },
  }
}

/** An officer of the provider suspends the agreement, and both sides resume it a little later. */
async function suspendAndResume(world: SimWorld, random: SeededRandom): Promise<void> {
  const { nodes, outside } = world
  const { tax, housing } = world.parties
  await nodes.tax.serving?.writer.commit(act(world, 'agreement.suspended', tax.id))
  await outside.call('officer', () => undefined, { delayMs: random.between(300, 4_000) })
  for (const { id } of [tax, housing]) {
    await nodes.tax.serving?.writer.commit(act(world, 'agreement.resumed', id))
  }
}

/** Everything that strikes from outside, drawn every half second until `untilMs`. */
export function unleash(world: SimWorld, untilMs: number): void {
  const { scheduler } = world
  const random = world.random.fork('chaos')
  const tick = (): void => {
    if (scheduler.nowMs >= untilMs) return
    moveClocks(world, random)
    cutNetwork(world, random)
    makeNoise(world, random)
    if (random.chance(0.01)) suspendAndResume(world, random).catch(() => undefined)
    scheduler.after(tickMs, 'chaos', tick)
  }
  scheduler.after(tickMs, 'chaos', tick)
}
