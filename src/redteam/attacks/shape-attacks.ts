import { Buffer } from 'node:buffer'
import { gzipSync } from 'node:zlib'
import { canonicalBytes, type Json } from '../../bytes/index.ts'
import { personQuestionPath } from '../../person/index.ts'
import { type Attack, type AttackResult, everyMove, lastMove } from '../attack.ts'
import { redSubject } from '../world/red-people.ts'
import { readReply, type RedReply } from '../world/red-reply.ts'
import type { RedWorld } from '../world/start-world.ts'
import { sendOnce, sendRaw } from '../world/wire.ts'

/** An honest question's members, for bending. */
async function members(world: RedWorld): Promise<Record<string, Json>> {
  const { insider, tax } = world
  const body = await insider.body(tax, await insider.draft(tax, world.nextCase()))
  return JSON.parse(Buffer.from(body).toString('utf8')) as Record<string, Json>
}

function bent(change: (honest: Record<string, Json>, world: RedWorld) => Json): Attack['run'] {
  return (world) =>
    lastMove(world, world.tax, async () =>
      world.insider.send(world.tax, canonicalBytes(change(await members(world), world))),
    )
}

/** Where somebody might hope for a list. */
const listPaths: readonly string[] = [
  '/v1/person-questions',
  '/v1/person-questions?where=income%3C9000',
  '/v1/person-questions/batch',
  '/v1/subjects',
  '/v1/subjects?where=address%20like%20%27%25%27',
  '/v1/registers/income',
  '/v1/registers/income/export',
  '/v1/search?q=*',
  '/v1/disclosures',
]

function askForLists(world: RedWorld): Promise<AttackResult> {
  const { tax } = world
  const look = (path: string) => async (): Promise<RedReply> =>
    readReply(await sendOnce(tax.authority, { method: 'GET', path }), tax.organisation)
  return everyMove(world, tax, listPaths.map(look))
}

/** Two requests in one, where a front server and the gateway might count differently. */
async function smuggle(world: RedWorld): Promise<AttackResult> {
  const { insider, tax } = world
  const body = await insider.body(tax, await insider.draft(tax, world.nextCase()))
  const { headers = {} } = insider.signed(tax, body)
  const fields = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  const start = `POST ${personQuestionPath} HTTP/1.1\r\nhost: ${tax.authority}\r\n${fields.join('')}`
  const chunk = `${body.length.toString(16)}\r\n${Buffer.from(body).toString('utf8')}\r\n0\r\n\r\n`
  const said = await sendRaw(
    tax.authority,
    `${start}content-length: 5\r\ntransfer-encoding: chunked\r\n\r\n${chunk}`,
  )
  const isReached = said.startsWith('HTTP/1.1 200')
  const code = isReached ? '' : (/^HTTP\/1\.1 (\d{3})/.exec(said)?.[1] ?? 'closed')
  return { isReached, code, trace: { kind: 'nothing' } }
}

/** More than one person in a message, a criterion, a list; and bodies that are not what they seem. */
export const shapeAttacks: readonly Attack[] = [
  {
    name: 'batch-of-questions',
    attacker: 'government',
    what: 'two questions in one body',
    control: 'closed-messages',
    stoppedBy: 'a message is one question',
    run: bent((honest) => [honest, honest]),
  },
  {
    name: 'batch-of-subjects',
    attacker: 'government',
    what: 'a thousand persons in one question',
    control: 'closed-messages',
    stoppedBy: 'a question has one subject',
    run: bent((honest) => ({
      ...honest,
      subject: Array.from({ length: 1_000 }, (_, place) => ({
        scheme: 'demo-nin',
        value: redSubject(place),
      })),
    })),
  },
  {
    name: 'criterion-for-a-subject',
    attacker: 'government',
    what: 'a criterion in place of a person',
    control: 'closed-messages',
    stoppedBy: 'no message has a criterion',
    run: bent((honest) => ({ ...honest, subject: { where: 'annual_income < 9000' } })),
  },
  {
    name: 'ask-for-a-list',
    attacker: 'government',
    what: `look for a list, a search or an export at ${listPaths.length} addresses`,
    control: 'closed-messages',
    stoppedBy: 'there is none',
    run: askForLists,
  },
  {
    name: 'oversize-body',
    attacker: 'network',
    what: 'a body of 200 KiB',
    control: 'body-limit',
    stoppedBy: 'cut off at 64 KiB, before it is read',
    run: async (world) => {
      const padded = { padding: 'a'.repeat(200_000) }
      const result = await bent((honest) => ({ ...honest, ...padded }))(world)
      return { ...result, isReached: result.code !== 'TOO_LARGE' }
    },
  },
  {
    name: 'compressed-body',
    attacker: 'network',
    what: 'a body that unfolds to a hundred times its size',
    control: 'content-coding',
    stoppedBy: 'no content coding is taken',
    run: async (world) => {
      const { insider, tax } = world
      const result = await lastMove(world, tax, () => {
        const body = gzipSync(Buffer.alloc(6_000_000))
        const { headers = {} } = insider.signed(tax, body)
        return insider.deliver(tax, { headers: { ...headers, 'content-encoding': 'gzip' }, body })
      })
      return { ...result, isReached: result.code !== 'UNSUPPORTED_MEDIA' }
    },
  },
  {
    name: 'smuggled-request',
    attacker: 'network',
    what: 'a length and chunks in one request',
    control: 'strict-http',
    stoppedBy: 'HTTP in two readings is refused',
    run: smuggle,
  },
]
