import { type Attack, lastMove } from '../attack.ts'
import type { QuestionWish } from '../world/insider.ts'

const carePurpose = 'https://cloison.eu/purpose/care'

/** A question at the tax agency that says one thing too much. */
function asking(wish: QuestionWish): Attack['run'] {
  return (world) =>
    lastMove(world, world.tax, () => world.insider.ask(world.tax, world.nextCase(), wish))
}

/** Asking beyond what an agreement says, or beside its term. */
export const scopeAttacks: readonly Attack[] = [
  {
    name: 'other-purpose',
    attacker: "consumer's gateway",
    what: "ask under one agreement for another one's purpose",
    control: 'PURPOSE_MISMATCH',
    stoppedBy: 'one purpose an agreement',
    run: asking({ purpose: carePurpose, claims: { purpose: carePurpose } }),
  },
  {
    name: 'other-legal-basis',
    attacker: "consumer's gateway",
    what: 'claim a legal basis that the agreement does not have',
    control: 'LEGAL_BASIS_MISSING',
    stoppedBy: 'the legal bases agreed upon',
    run: asking({ legalBasis: 'eu-gdpr:A6-1-f' }),
  },
  {
    name: 'element-not-agreed',
    attacker: "consumer's gateway",
    what: 'ask for an element that the register has and the agreement has not',
    control: 'ELEMENT_NOT_AGREED',
    stoppedBy: 'the elements agreed upon',
    run: asking({ elements: ['income_below_limit', 'annual_income'] }),
  },
  {
    name: 'made-up-agreement',
    attacker: "consumer's gateway",
    what: 'ask under an agreement that the provider never signed',
    control: 'agreement-known',
    stoppedBy: 'agreements are what both have signed',
    run: (world) =>
      lastMove(world, world.tax, async () => {
        const core = await world.insider.draft(world.tax, world.nextCase())
        const made = { ...core, agreement: 'rent-everything' }
        return world.insider.send(world.tax, await world.insider.body(world.tax, made))
      }),
  },
  {
    name: 'fresh-agreement',
    attacker: 'government',
    what: 'order a new agreement and use it the same day',
    control: 'TIME_LOCKED',
    stoppedBy: 'the time lock of 14 days',
    run: (world) =>
      lastMove(world, world.social, () =>
        world.insider.ask(world.social, world.nextCase(), { agreement: 'rent-locked' }),
      ),
  },
  {
    name: 'suspended-agreement',
    attacker: "consumer's gateway",
    what: 'go on under an agreement that was suspended',
    control: 'AGREEMENT_SUSPENDED',
    stoppedBy: 'a suspension counts at once',
    run: asking({ agreement: 'rent-suspended' }),
  },
  {
    name: 'expired-agreement',
    attacker: "consumer's gateway",
    what: 'go on under an agreement whose term has ended',
    control: 'AGREEMENT_EXPIRED',
    stoppedBy: 'the term, by log time',
    run: asking({ agreement: 'rent-expired' }),
  },
  {
    name: 'gag-without-order',
    attacker: 'government',
    what: 'withhold the notice to the person without an order',
    control: 'SECRECY_NOT_AUTHORISED',
    stoppedBy: 'an order signed by the named authority',
    run: asking({ agreement: 'rent-withheld' }),
  },
]
