import { utf8 } from '../../bytes/index.ts'
import { type Attack, lastMove } from '../attack.ts'
import type { QuestionWish, RedCase } from '../world/insider.ts'
import { redEmergencies } from '../world/red-agreements.ts'
import type { RedReply } from '../world/red-reply.ts'
import type { RedWorld } from '../world/start-world.ts'
import { sendOnce } from '../world/wire.ts'

const emergency = { agreement: 'care-emergency', token: '' } as const

function ask(world: RedWorld, own: RedCase, wish: QuestionWish = {}): Promise<RedReply> {
  return world.insider.ask(world.tax, own, { ...emergency, ...wish })
}

/** The provider's officer says what an emergency was. */
async function review(
  { tax }: RedWorld,
  exchangeId: string,
  finding: 'justified' | 'unjustified',
): Promise<void> {
  const headers = {
    'content-type': 'application/json',
    authorization: `Bearer ${tax.callerTokens.officer}`,
  }
  const body = utf8(JSON.stringify({ v: 1, consumer: 'housing', exchangeId, finding }))
  const { status } = await sendOnce(tax.admin, { path: '/v1/emergency-reviews', headers, body })
  if (status !== 200) throw new TypeError(`the review was refused with ${status}`)
}

/** Asks, is found out, and asks again; at the end the finding is taken back, for those who come after. */
async function goOn(world: RedWorld): Promise<Awaited<ReturnType<Attack['run']>>> {
  const own = world.nextCase()
  const { insider, tax } = world
  const misuse = await insider.draft(tax, own, emergency)
  await insider.send(tax, await insider.body(tax, misuse))
  await review(world, misuse.exchangeId, 'unjustified')
  const result = await lastMove(world, tax, () => ask(world, own))
  await review(world, misuse.exchangeId, 'justified')
  return result
}

/** Questions without a case, for the sake of not needing one. */
export const emergencyAttacks: readonly Attack[] = [
  {
    name: 'everything-is-an-emergency',
    attacker: 'official',
    what: 'ask about one stranger after another without a case',
    control: 'CAP_EXCEEDED',
    stoppedBy: `${redEmergencies} emergencies an official in 30 days`,
    run: async (world) => {
      const { official } = world.nextCase()
      for (let number = 0; number < redEmergencies; number += 1)
        await ask(world, { ...world.nextCase(), official })
      return lastMove(world, world.tax, () => ask(world, { ...world.nextCase(), official }))
    },
  },
  {
    name: 'confirm-oneself',
    attacker: 'official',
    what: "be the second official of one's own emergency",
    control: 'CONFIRMATION_INVALID',
    stoppedBy: 'the second official is another one',
    run: (world) => {
      const own = world.nextCase()
      const confirmation = { pseudonym: own.official, authTimeMs: Date.now() - 5_000 }
      return lastMove(world, world.tax, () => ask(world, own, { confirmation }))
    },
  },
  {
    name: 'go-on-after-misuse',
    attacker: 'official',
    what: 'ask again after an emergency was found to be none',
    control: 'OFFICIAL_SUSPENDED',
    stoppedBy: "the officer's finding, which suspends the official",
    run: goOn,
  },
]
