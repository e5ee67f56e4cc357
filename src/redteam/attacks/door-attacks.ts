import { utf8 } from '../../bytes/index.ts'
import { type Attack, lastMove } from '../attack.ts'
import { redSubject } from '../world/red-people.ts'
import { readReply, type RedReply } from '../world/red-reply.ts'
import type { RedWorld } from '../world/start-world.ts'
import { sendOnce } from '../world/wire.ts'

async function inner(
  { tax }: RedWorld,
  path: string,
  call: { readonly token: string | undefined; readonly body: object },
): Promise<RedReply> {
  const { token } = call
  const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` }
  const headers = { 'content-type': 'application/json', ...authorization }
  const body = utf8(JSON.stringify(call.body))
  return readReply(await sendOnce(tax.admin, { path, headers, body }), tax.organisation)
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
]
