import { type Attack, everyMove, lastMove } from '../attack.ts'
import { redSubject } from '../world/red-people.ts'
import type { RedReply } from '../world/red-reply.ts'
import { raceForTheCap } from './race-for-the-cap.ts'

const capped = { agreement: 'rent-capped' } as const
/** What `rent-capped` allows. */
const subjectsPerCase = 3
const perSubject = 4

/** Making a list out of many single questions, and narrowing a value down. */
export const capAttacks: readonly Attack[] = [
  {
    name: 'bisect-the-income',
    attacker: "consumer's gateway",
    what: 'close in on an income with the thresholds of three agreements',
    control: 'CAP_EXCEEDED',
    stoppedBy: 'two thresholds an element and person in 12 months',
    run: async (world) => {
      const own = world.nextCase()
      const ask = (
        agreement: 'rent-income' | 'rent-income-low' | 'rent-income-high',
      ): Promise<RedReply> => world.insider.ask(world.tax, own, { agreement })
      await ask('rent-income')
      await ask('rent-income-low')
      return lastMove(world, world.tax, () => ask('rent-income-high'))
    },
  },
  {
    name: 'everybody-in-one-case',
    attacker: 'official',
    what: 'add more and more parties to one case',
    control: 'CAP_EXCEEDED',
    stoppedBy: 'persons a case',
    run: async (world) => {
      const own = world.nextCase()
      const ask = (number: number): Promise<RedReply> => {
        const subject = { scheme: 'demo-nin', value: redSubject(own.place + number) }
        return world.insider.ask(world.tax, own, { ...capped, subject, claims: { subject } })
      }
      for (let number = 0; number < subjectsPerCase; number += 1) await ask(number)
      return lastMove(world, world.tax, () => ask(subjectsPerCase))
    },
  },
  {
    name: 'watch-one-person',
    attacker: 'official',
    what: 'ask about one person again and again',
    control: 'CAP_EXCEEDED',
    stoppedBy: 'questions a person in 30 days',
    run: async (world) => {
      const own = world.nextCase()
      for (let number = 0; number < perSubject; number += 1)
        await world.insider.ask(world.tax, own, capped)
      return lastMove(world, world.tax, () => world.insider.ask(world.tax, own, capped))
    },
  },
  {
    name: 'refusals-as-free-looks',
    attacker: 'official',
    what: 'use refusals to find out who is whose party, and ask afterwards',
    control: 'CAP_EXCEEDED',
    stoppedBy: 'a refusal counts like an answer',
    run: async (world) => {
      const own = world.nextCase()
      const ask = (wish: { readonly purpose?: string }): Promise<RedReply> =>
        world.insider.ask(world.tax, own, { ...capped, ...wish })
      for (let number = 0; number < perSubject; number += 1)
        await ask({ purpose: 'https://cloison.eu/purpose/care' })
      return everyMove(world, world.tax, [() => ask({})])
    },
  },
  {
    name: 'race-for-the-cap',
    attacker: "consumer's gateway",
    what: 'race for the last places of a cap from two processes',
    control: 'CAP_EXCEEDED',
    stoppedBy: 'caps are reserved in the durable commit',
    run: raceForTheCap,
  },
]
