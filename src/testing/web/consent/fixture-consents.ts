import type { ConsentDesk, ShownConsent } from '../../../web/index.ts'
import { fixtureNowMs } from '../fixture-backend.ts'
import { fixturePeople } from '../fixture-people.ts'

/** The desk of an issuer of consent, and what a test turns. */
export interface FixtureConsents extends ConsentDesk {
  /** Whether every decision from now on needs a newer log-in. */
  setOldLogIn(isOld: boolean): void
  /** Whether the desk fails from now on. */
  setBroken(isBroken: boolean): void
}

const waiting: ShownConsent = {
  exchangeId: 'AAECAwQFBgcICQoLDA0ODw',
  consumer: 'housing',
  provider: 'social',
  purpose: 'https://cloison.eu/purpose/service',
  legalBasis: ['eu-gdpr:A6-1-e', 'eu-gdpr:A9-2-a'],
  justification: 'An accessible home is offered to people who need care.',
  agreement: { id: 'housing-social-accessible-home', version: 1 },
  facts: [
    { name: 'care_degree', isYesOrNo: false },
    { name: 'income_below_limit', isYesOrNo: true },
  ],
  retentionDays: 90,
  askedAtMs: fixtureNowMs - 60_000,
  state: 'waiting',
}

/** The exchange of a request that nobody decided in time. */
export const expiredConsent = 'AgECAwQFBgcICQoLDA0ODw'

/** Two requests that wait for the first person of the fixture, one that has expired, and none for anybody else. */
export function createFixtureConsents(): FixtureConsents {
  const requests: readonly ShownConsent[] = [
    waiting,
    { ...waiting, exchangeId: 'AQECAwQFBgcICQoLDA0ODw' },
    { ...waiting, exchangeId: expiredConsent, state: 'expired' },
  ]
  const held = new Map(requests.map((one) => [one.exchangeId, one]))
  let [isOld, isBroken] = [false, false]
  const isTheirs = ({ value }: { readonly value: string }): boolean =>
    value === fixturePeople[0]?.id
  return {
    setOldLogIn: (old) => void (isOld = old),
    setBroken: (broken) => void (isBroken = broken),
    waiting(person) {
      if (isBroken) throw new Error('the fixture is broken')
      return isTheirs(person) ? [...held.values()].filter(({ state }) => state === 'waiting') : []
    },
    find: (exchangeId, person) => (isTheirs(person) ? held.get(exchangeId) : undefined),
    decide(exchangeId, _by, decision) {
      if (isOld) return Promise.resolve('log-in-too-old')
      held.set(exchangeId, { ...waiting, exchangeId, state: decision })
      return Promise.resolve('done')
    },
  }
}
