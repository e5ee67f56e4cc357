import { type Attack, everyMove, lastMove } from '../attack.ts'
import { redSubject } from '../world/red-people.ts'

const staleMs = 16 * 60_000
/** Neighbours in the register whom the enumeration tries. */
const neighbours = 12

/** Asking without a case, or in a case that is not one's own. */
export const caseAttacks: readonly Attack[] = [
  {
    name: 'no-case',
    attacker: 'official',
    what: 'ask about a neighbour without a case',
    control: 'CASE_REQUIRED',
    stoppedBy: "the case source's token",
    run: (world) =>
      lastMove(world, world.tax, () =>
        world.insider.ask(world.tax, world.nextCase(), { token: '' }),
      ),
  },
  {
    name: 'invented-case',
    attacker: "consumer's gateway",
    what: "invent a case, and sign its token with the gateway's own key",
    control: 'CASE_REQUIRED',
    stoppedBy: "the case source's key, which no gateway has",
    run: (world) =>
      lastMove(world, world.tax, () => {
        const tokenSeed = world.insider.secrets.gateway
        return world.insider.ask(world.tax, world.nextCase(), { tokenSeed })
      }),
  },
  {
    name: 'closed-case',
    attacker: 'official',
    what: 'ask in a case that is closed',
    control: 'CASE_CLOSED',
    stoppedBy: 'the token says so',
    run: (world) =>
      lastMove(world, world.tax, () =>
        world.insider.ask(world.tax, world.nextCase(), { claims: { open: false } }),
      ),
  },
  {
    name: 'colleagues-case',
    attacker: 'official',
    what: "ask in a colleague's case",
    control: 'OFFICIAL_NOT_ASSIGNED',
    stoppedBy: 'the token names the official',
    run: (world) => {
      const { official } = world.nextCase()
      return lastMove(world, world.tax, () =>
        world.insider.ask(world.tax, world.nextCase(), { official }),
      )
    },
  },
  {
    name: 'forged-official',
    attacker: "consumer's gateway",
    what: 'invent an official, with a case of their own',
    control: 'OFFICIAL_UNKNOWN',
    stoppedBy: 'officials are enrolled by an entry',
    run: (world) =>
      lastMove(world, world.tax, () => {
        const official = 'official-forged'
        const wish = { official, claims: { official } }
        return world.insider.ask(world.tax, world.nextCase(), wish)
      }),
  },
  {
    name: 'unattended-desk',
    attacker: 'official',
    what: 'ask from a desk whose official proved who they are 16 minutes ago',
    control: 'OFFICIAL_UNKNOWN',
    stoppedBy: 'authentication of the last 15 minutes',
    run: (world) =>
      lastMove(world, world.tax, () =>
        world.insider.ask(world.tax, world.nextCase(), { authTimeMs: Date.now() - staleMs }),
      ),
  },
  {
    name: 'not-a-party',
    attacker: 'official',
    what: "ask about a celebrity in one's own case",
    control: 'SUBJECT_NOT_PARTY',
    stoppedBy: 'the token names the party',
    run: (world) => {
      const { place } = world.nextCase()
      const subject = { scheme: 'demo-nin', value: redSubject(place) }
      return lastMove(world, world.tax, () =>
        world.insider.ask(world.tax, world.nextCase(), { subject }),
      )
    },
  },
  {
    name: 'enumerate-identifiers',
    attacker: 'official',
    what: `go through ${neighbours} identifiers in a row in one's own case`,
    control: 'SUBJECT_NOT_PARTY',
    stoppedBy: 'the token names the party',
    run: (world) => {
      const own = world.nextCase()
      const moves = Array.from({ length: neighbours }, (_, number) => () => {
        const subject = { scheme: 'demo-nin', value: redSubject(own.place + 1 + number) }
        return world.insider.ask(world.tax, own, { subject })
      })
      return everyMove(world, world.tax, moves)
    },
  },
  {
    name: 'wildcard',
    attacker: "consumer's gateway",
    what: 'a wildcard in place of an identifier, in a case that names it',
    control: 'SUBJECT_ID_INVALID',
    stoppedBy: 'pattern and check digits of the scheme',
    run: (world) =>
      lastMove(world, world.tax, () => {
        const subject = { scheme: 'demo-nin', value: '1000%' }
        return world.insider.ask(world.tax, world.nextCase(), { subject, claims: { subject } })
      }),
  },
]
