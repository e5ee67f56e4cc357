import { canonicalBytes } from '../../bytes/index.ts'
import { bestEd25519, systemRandomness } from '../../platform/index.ts'
import { type Attack, type AttackResult, lastMove } from '../attack.ts'
import { bodyOf, Insider } from '../world/insider.ts'
import { redConsumerRecord, redKeyId } from '../world/red-consumer.ts'
import type { RedWorld } from '../world/start-world.ts'
import { sendOnce } from '../world/wire.ts'

const ed25519 = bestEd25519()

/** Rightly made bodies, sent in another's name or at another time. */
async function honestBody(world: RedWorld): Promise<Uint8Array> {
  const { insider, tax } = world
  return insider.body(tax, await insider.draft(tax, world.nextCase()))
}

async function withStolenKey(world: RedWorld): Promise<AttackResult> {
  const { insider, tax } = world
  const { stolenGateway: seed } = insider.secrets
  const before = await insider.send(tax, await honestBody(world), { seed })
  const nowMs = Date.now()
  const second = canonicalBytes(redConsumerRecord(insider.secrets, 2, { ed25519, nowMs }))
  const headers = { 'content-type': 'application/json' }
  const handed = await sendOnce(tax.authority, { path: '/v1/directory', headers, body: second })
  const isSetUp = before.status === 200 && handed.status === 204
  if (!isSetUp && before.status === 200) throw new TypeError('the revocation was not taken')
  return lastMove(world, tax, async () => insider.send(tax, await honestBody(world), { seed }))
}

/** A second history of the consumer's log under the same name: what a consumer has that hides questions. */
async function withForkedLog(world: RedWorld): Promise<AttackResult> {
  const { insider, tax } = world
  const hidden = new Insider(insider.secrets)
  // As long as the one that the provider has seen, so that two trees have one size.
  const shown = await insider.draft(tax, world.nextCase())
  const receipt = await insider.log(tax, shown)
  await insider.send(tax, bodyOf(shown, receipt))
  const size = Number(/^index (\d+)$/m.exec(receipt.proof)?.[1] ?? '0') + 1
  const core = await insider.draft(tax, world.nextCase())
  let last = await hidden.log(tax, core)
  for (let made = 1; made < size; made += 1) last = await hidden.log(tax, core)
  return lastMove(world, tax, () => hidden.send(tax, bodyOf(core, last)))
}

/** Messages that are forged, recorded, relayed or changed, and questions that are hidden. */
export const messageAttacks: readonly Attack[] = [
  {
    name: 'forged-signature',
    attacker: 'network',
    what: "sign in the consumer's name with a key of one's own",
    control: 'message-signature',
    stoppedBy: 'the signature over the whole message',
    run: (world) =>
      lastMove(world, world.tax, async () => {
        const { insider, tax } = world
        const keyId = redKeyId(insider.secrets.gateway, ed25519)
        const seed = systemRandomness.bytes(32)
        return insider.send(tax, await honestBody(world), { seed, keyId })
      }),
  },
  {
    name: 'relay-to-another',
    attacker: 'network',
    what: 'relay a question to a provider that it was not signed for',
    control: 'message-signature',
    stoppedBy: 'the signature covers the authority',
    run: (world) =>
      lastMove(world, world.tax, async () => {
        const { authority } = world.social
        return world.insider.send(world.tax, await honestBody(world), { authority })
      }),
  },
  {
    name: 'revoked-key',
    attacker: 'stolen key',
    what: 'ask with a stolen gateway key after it was revoked',
    control: 'key-revocation',
    stoppedBy: 'a revocation counts at the next request',
    run: withStolenKey,
  },
  {
    name: 'replayed-message',
    attacker: 'network',
    what: 'send a recorded question again, byte for byte',
    control: 'REPLAYED',
    stoppedBy: 'a nonce counts once, across restarts',
    run: async (world) => {
      const { insider, tax } = world
      const request = insider.signed(tax, await honestBody(world))
      await insider.deliver(tax, request)
      return lastMove(world, tax, () => insider.deliver(tax, request))
    },
  },
  {
    name: 'message-of-yesterday',
    attacker: 'network',
    what: 'hold a signed question back for four minutes',
    control: 'CLOCK_SKEW',
    stoppedBy: 'a signature counts for 60 seconds',
    run: (world) =>
      lastMove(world, world.tax, async () => {
        const { insider, tax } = world
        const atMs = Date.now() - 4 * 60_000
        const core = await insider.draft(tax, world.nextCase(), { createdAtMs: atMs })
        return insider.send(tax, await insider.body(tax, core), { signedAtMs: atMs })
      }),
  },
  {
    name: 'one-exchange-for-two',
    attacker: "consumer's gateway",
    what: 'use one exchange id for a second person',
    control: 'EXCHANGE_CONFLICT',
    stoppedBy: 'an exchange id stands for one body',
    run: async (world) => {
      const { insider, tax } = world
      const first = await insider.draft(tax, world.nextCase())
      await insider.send(tax, await insider.body(tax, first))
      const { exchangeId } = first
      return lastMove(world, tax, () => insider.ask(tax, world.nextCase(), { exchangeId }))
    },
  },
  {
    name: 'unlogged-question',
    attacker: "consumer's gateway",
    what: "ask without an entry in the consumer's own log",
    control: 'ASKED_RECEIPT_MISSING',
    stoppedBy: 'the receipt for "asked"',
    run: (world) =>
      lastMove(world, world.tax, async () => {
        const { insider, tax } = world
        const core = await insider.draft(tax, world.nextCase())
        return insider.send(tax, bodyOf(core, undefined))
      }),
  },
  {
    name: 'one-receipt-for-many',
    attacker: "consumer's gateway",
    what: 'use one receipt for "asked" for a second question',
    control: 'ASKED_RECEIPT_MISSING',
    stoppedBy: 'a receipt is opened, and for one question',
    run: async (world) => {
      const { insider, tax } = world
      const first = await insider.draft(tax, world.nextCase())
      const receipt = await insider.log(tax, first)
      await insider.send(tax, bodyOf(first, receipt))
      const second = await insider.draft(tax, world.nextCase())
      return lastMove(world, tax, () => insider.send(tax, bodyOf(second, receipt)))
    },
  },
  {
    name: 'forked-log',
    attacker: "consumer's gateway",
    what: 'show the provider a second history of the own log',
    control: 'one-tree-a-size',
    stoppedBy: 'one tree a size; both checkpoints become an entry',
    run: withForkedLog,
  },
]
