import { utf8 } from '../../bytes/index.ts'
import { type Attack, type AttackResult, lastMove } from '../attack.ts'
import { redSubject } from '../world/red-people.ts'
import { readReply, type RedReply } from '../world/red-reply.ts'
import type { RedWorld } from '../world/start-world.ts'
import { sendOnce } from '../world/wire.ts'

interface Call {
  readonly at: string
  readonly token: string | undefined
  readonly body: object
}

let calls = 0

async function call(
  { tax }: RedWorld,
  path: string,
  { at, token, body: said }: Call,
): Promise<RedReply> {
  calls += 1
  const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` }
  const headers = {
    'content-type': 'application/json',
    'idempotency-key': `red-team-${process.pid}-${calls}`,
    ...authorization,
  }
  const body = utf8(JSON.stringify(said))
  return readReply(await sendOnce(at, { path, headers, body }), tax.organisation)
}

function inner(
  world: RedWorld,
  path: string,
  said: { readonly token: string | undefined; readonly body: object },
): Promise<RedReply> {
  return call(world, path, { at: world.tax.admin, ...said })
}

/** Reached when the caller was let in, whatever was found to be wrong behind the door. */
function pastTheDoor({ status, code }: RedReply): AttackResult {
  const isReached = status !== 401 && status !== 403
  return { isReached, code: isReached ? '' : code, trace: { kind: 'nothing' } }
}

/** The inner listener, with no token or with the token of another role. */
export const doorAttacks: readonly Attack[] = [
  {
    name: 'act-without-token',
    attacker: "provider's operator",
    what: 'write an act into the log without being anybody',
    control: 'role-of-caller',
    stoppedBy: 'a token, each with its own role',
    run: (world) =>
      lastMove(world, world.tax, () => {
        const body = { kind: 'signal.test', name: null, body: null }
        return inner(world, '/v1/acts', { token: undefined, body })
      }),
  },
  {
    name: 'read-as-officer',
    attacker: "provider's operator",
    what: "read a person's disclosures with the officer's token",
    control: 'role-of-caller',
    stoppedBy: 'a token, each with its own role',
    run: (world) =>
      lastMove(world, world.tax, () => {
        const body = { subject: { scheme: 'demo-nin', value: redSubject(1) } }
        return inner(world, '/v1/disclosures', { token: world.tax.callerTokens.officer, body })
      }),
  },
  {
    name: 'ask-as-officer',
    attacker: "provider's operator",
    what: "be taken for a case system at POST /v1/ask with the officer's token",
    control: 'role-of-asker',
    stoppedBy: 'a token, each with its own role',
    run: async (world) => {
      const body = { agreement: 'rent-income', elements: ['income_below_limit'], case: 'RENT-1' }
      const subject = { scheme: 'demo-nin', value: redSubject(1) }
      const official = { id: 'official-0001', authTimeMs: Date.now() - 5_000 }
      const token = world.tax.callerTokens.officer
      const at = world.tax.authority
      return pastTheDoor(
        await call(world, '/v1/ask', { at, token, body: { ...body, subject, official } }),
      )
    },
  },
  {
    name: 'dismiss-a-signal',
    attacker: "provider's operator",
    what: "decide a signal of list building with the pages' token",
    control: 'role-of-caller',
    stoppedBy: 'a token, each with its own role',
    run: async (world) => {
      const body = { v: 1, id: 'A'.repeat(11), verdict: 'explained' }
      const token = world.tax.callerTokens.pages
      const at = world.tax.admin
      return pastTheDoor(await call(world, '/v1/signal-decisions', { at, token, body }))
    },
  },
]
