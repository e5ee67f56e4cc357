import { type Attack, type AttackResult, lastMove } from '../attack.ts'
import { redIncome, redSubject } from '../world/red-people.ts'
import type { RedReply } from '../world/red-reply.ts'
import type { RedWorld } from '../world/start-world.ts'

/** More than any register here has. */
const absent = 900_000
const limit = 24_000

function ask(world: RedWorld, place: number): Promise<RedReply> {
  const subject = { scheme: 'demo-nin', value: redSubject(place) }
  const wish = { agreement: 'rent-hidden', subject, claims: { subject } } as const
  return world.insider.ask(world.tax, world.nextCase(), wish)
}

/** Reached when the answer about somebody who is not there differs from a plain no. */
async function tellApart(world: RedWorld): Promise<AttackResult> {
  const { place } = world.nextCase()
  const there = [0, 1, 2, 3, 4, 5, 6, 7].find((more) => redIncome(place + more) >= limit) ?? 0
  const known = await ask(world, place + there)
  let found: RedReply | undefined
  const { trace } = await lastMove(world, world.tax, async () => {
    found = await ask(world, absent + place)
    return found
  })
  const seen = (reply: RedReply | undefined): string =>
    JSON.stringify([reply?.status, reply?.code, reply?.values])
  const isReached = known.status !== 200 || seen(known) !== seen(found)
  return { isReached, code: isReached ? '' : 'SAME_ANSWER', trace }
}

/** Finding out whether a register has somebody at all. */
export const presenceAttacks: readonly Attack[] = [
  {
    name: 'is-somebody-in-the-register',
    attacker: 'official',
    what: 'tell a no about somebody from an answer about nobody',
    control: 'hidden-presence',
    stoppedBy: 'absent, empty and no are one answer',
    run: tellApart,
  },
]
