import { type ExchangeId, type QuestionCore, signConsentToken } from '../../protocol/index.ts'
import { type Attack, everyMove, lastMove } from '../attack.ts'
import { bodyOf, type QuestionWish, type RedCase } from '../world/insider.ts'
import { redConsentIssuer, redFriends } from '../world/red-agreements.ts'
import { redAddress } from '../world/red-people.ts'
import type { RedReply } from '../world/red-reply.ts'
import type { RedWorld } from '../world/start-world.ts'

const care = { agreement: 'care-disability' } as const
const matching = { agreement: 'rent-address', elements: ['address_matches'] } as const
/** Guesses of one address in one case. */
const guesses = 8

/** What the documented case's address fields held, and what else people type to get past a form. */
export const placeholders: readonly string[] = [
  'Failed to Provide',
  'NA NA',
  '00000',
  'N/A',
  'unknown',
  'Sans adresse',
  'keine Angabe',
  'xxxxxxxx',
  '12345',
  'no fixed address',
]

/** A consent as its issuer signs it, for a question and everything in it. */
function consentFor(
  core: QuestionCore,
  seed: Uint8Array,
  {
    exchangeId = core.exchangeId,
    iss = redConsentIssuer,
  }: { readonly exchangeId?: ExchangeId; readonly iss?: string } = {},
): Promise<string> {
  const iat = Math.floor(Date.now() / 1000)
  const { agreement, version, subject } = core
  return signConsentToken(
    {
      iss,
      aud: 'tax',
      iat,
      exp: iat + 300,
      exchangeId,
      agreement,
      version,
      elements: [...core.elements],
      subject,
      auth_time: iat - 10,
    },
    seed,
  )
}

async function askWithConsent(
  world: RedWorld,
  own: RedCase,
  consentOf: (core: QuestionCore) => Promise<string>,
  wish: QuestionWish = care,
): Promise<RedReply> {
  const { insider, tax } = world
  const drafted = await insider.draft(tax, own, wish)
  const core = { ...drafted, consent: await consentOf(drafted) }
  return insider.send(tax, bodyOf(core, await insider.log(tax, core)))
}

/** A consent for one question, sent with another about the same person. */
async function moveConsent(world: RedWorld): Promise<RedReply> {
  const own = world.nextCase()
  const { insider, tax } = world
  const consented = await insider.draft(tax, own, care)
  const consent = await consentFor(consented, insider.secrets.consents)
  return askWithConsent(world, own, () => Promise.resolve(consent))
}

/** What is protected, and where somebody can be found. */
export const elementAttacks: readonly Attack[] = [
  {
    name: 'protected-without-consent',
    attacker: 'official',
    what: "ask for a disability without the person's consent",
    control: 'CONSENT_MISSING',
    stoppedBy: "the person's own consent",
    run: (world) =>
      lastMove(world, world.tax, () => world.insider.ask(world.tax, world.nextCase(), care)),
  },
  {
    name: 'forged-consent',
    attacker: "consumer's gateway",
    what: "sign the person's consent with the gateway's own key",
    control: 'CONSENT_INVALID',
    stoppedBy: 'an issuer independent of the consumer',
    run: (world) =>
      lastMove(world, world.tax, () =>
        askWithConsent(world, world.nextCase(), (core) =>
          consentFor(core, world.insider.secrets.gateway),
        ),
      ),
  },
  {
    name: 'consent-for-another-question',
    attacker: "consumer's gateway",
    what: "use the person's genuine consent for another question",
    control: 'CONSENT_INVALID',
    stoppedBy: 'a consent is for one exchange',
    run: (world) => lastMove(world, world.tax, () => moveConsent(world)),
  },
  {
    name: 'consent-of-somebody-else',
    attacker: "consumer's gateway",
    what: "use another person's genuine consent",
    control: 'CONSENT_INVALID',
    stoppedBy: 'a consent names the person',
    run: (world) =>
      lastMove(world, world.tax, () =>
        askWithConsent(world, world.nextCase(), async (core) => {
          const other = await world.insider.draft(world.tax, world.nextCase(), care)
          return consentFor(other, world.insider.secrets.consents, { exchangeId: core.exchangeId })
        }),
      ),
  },
  {
    name: 'consent-by-a-friend',
    attacker: "consumer's gateway",
    what: "pass the own officer's key off as that of an independent issuer",
    control: 'issuer-key',
    stoppedBy: 'no key of another organisation is an issuer',
    run: (world) =>
      lastMove(world, world.tax, () =>
        askWithConsent(
          world,
          world.nextCase(),
          (core) => consentFor(core, world.insider.secrets.dpo, { iss: redFriends }),
          { agreement: 'care-friends' },
        ),
      ),
  },
  {
    name: 'the-address-itself',
    attacker: 'government',
    what: 'ask where somebody lives',
    control: 'CONSENT_MISSING',
    stoppedBy: 'an address is only compared, unless the person consents',
    run: (world) =>
      lastMove(world, world.tax, () =>
        world.insider.ask(world.tax, world.nextCase(), {
          agreement: 'rent-address',
          elements: ['address'],
        }),
      ),
  },
  {
    name: 'guess-the-address',
    attacker: 'official',
    what: `try ${guesses} addresses of one person in one case`,
    control: 'CAP_EXCEEDED',
    stoppedBy: 'one try a person and case',
    run: async (world) => {
      const own = world.nextCase()
      const guess = (number: number): Promise<RedReply> => {
        const value = redAddress(own.place + 190 * number)
        const supplied = [{ element: 'address_matches', value }]
        return world.insider.ask(world.tax, own, { ...matching, supplied })
      }
      await guess(guesses)
      const moves = Array.from({ length: guesses - 1 }, (_, number) => () => guess(number))
      const { detail: _detail, ...result } = await everyMove(world, world.tax, moves)
      return { ...result, detail: 'locatingTriesPerCase' }
    },
  },
  {
    name: 'placeholder-address',
    attacker: 'government',
    what: `supply an address that is none, in ${placeholders.length} ways`,
    control: 'PRECONDITION_FAILED',
    stoppedBy: 'the provider checks what is supplied',
    run: (world) =>
      everyMove(
        world,
        world.tax,
        placeholders.map((value) => () => {
          const supplied = [{ element: 'address_matches', value }]
          return world.insider.ask(world.tax, world.nextCase(), { ...matching, supplied })
        }),
      ),
  },
  {
    name: 'missing-precondition',
    attacker: 'government',
    what: 'supply no address at all',
    control: 'PRECONDITION_FAILED',
    stoppedBy: 'the provider checks what is supplied',
    run: (world) =>
      lastMove(world, world.tax, () => world.insider.ask(world.tax, world.nextCase(), matching)),
  },
]
