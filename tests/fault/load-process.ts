import { openSync, readFileSync, writeSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { Agent, request } from 'undici'
import { decodeBase64 } from '../../src/bytes/index.ts'
import { personQuestionPath } from '../../src/person/index.ts'
import { bestEd25519, systemClock } from '../../src/platform/index.ts'
import { gatewayKeyId, parseOrganisationId, verifyResponse } from '../../src/protocol/index.ts'
import { type AskedQuestion, askingConsumer, type AskWhere } from './asking-consumer.ts'
import {
  formatAcknowledged,
  type LoadCommand,
  type LoadCounts,
  type LoadReport,
  type LoadSettings,
} from './load-messages.ts'
import type { ConsumerSecrets } from './provider-fixture.ts'

/** The process that plays a consumer under load; `kill-under-load.test.ts` starts and steers it. */

const settings: LoadSettings = JSON.parse(process.argv[2] ?? '{}')
const secrets: ConsumerSecrets = JSON.parse(readFileSync(settings.secretsFile, 'utf8'))
const consumer = askingConsumer(secrets)
const ed25519 = bestEd25519()
const providerKey = decodeBase64(secrets.providerGatewayKey)
const providerKeyId = gatewayKeyId(parseOrganisationId(secrets.provider), providerKey)
const agent = new Agent({ connections: settings.connections, pipelining: 1 })
const file = openSync(settings.acknowledgedFile, 'a')
const places: readonly AskWhere[] = secrets.cases.flatMap((one) =>
  one.subjects.map((subject) => ({ case: one, subject })),
)

interface Delivery {
  readonly question: AskedQuestion
  readonly isRetry: boolean
  readonly isAgain: boolean
}

const fresh: AskedQuestion[] = []
const broken: AskedQuestion[] = []
/** A sample of answered questions, to be asked again. */
const answeredSample: AskedQuestion[] = []
const answered = new Set<string>()
const counts = { broken: 0, retried: 0, again: 0 }
const strange: string[] = []
let mode: 'run' | 'rest' | 'finish' = 'rest'
let underWay = 0
let deliveries = 0
let asking: Promise<void> | undefined
let hasSent = true

function report(message: LoadReport): void {
  process.send?.(message)
}

function countsNow(): LoadCounts {
  return { ...counts, answered: answered.size, strange }
}

/** Asks a batch ahead, in the own log first. The places go round, so no cap is near. */
async function askAhead(): Promise<void> {
  const first = (deliveries * 31) % places.length
  const where = Array.from({ length: 128 }, (_, step) => places[(first + step) % places.length])
  fresh.push(
    ...(await consumer.ask(where.flatMap((place) => (place === undefined ? [] : [place])))),
  )
  asking = undefined
}

async function nextDelivery(): Promise<Delivery | undefined> {
  const retry = broken.shift()
  if (retry !== undefined) return { question: retry, isRetry: true, isAgain: false }
  if (mode === 'finish') return undefined
  if (deliveries % settings.againEvery === 0) {
    const [question] = answeredSample.splice(deliveries % Math.max(1, answeredSample.length), 1)
    if (question !== undefined) return { question, isRetry: false, isAgain: true }
  }
  while (fresh.length === 0) await (asking ??= askAhead())
  if (fresh.length < 64) asking ??= askAhead()
  const question = fresh.shift()
  return question === undefined ? undefined : { question, isRetry: false, isAgain: false }
}

interface Reply {
  readonly status: number
  readonly body: Uint8Array
  readonly isSigned: boolean
}

async function send({ question }: Delivery): Promise<Reply> {
  const headers = consumer.sign(question.body)
  if (!hasSent) report({ type: 'sent' })
  hasSent = true
  const response = await request(`http://${secrets.authority}${personQuestionPath}`, {
    dispatcher: agent,
    method: 'POST',
    headers,
    body: question.body,
    headersTimeout: 20_000,
    bodyTimeout: 20_000,
  })
  const body = new Uint8Array(await response.body.arrayBuffer())
  const target = { method: 'POST', authority: secrets.authority, path: personQuestionPath, headers }
  const verdict = verifyResponse(
    { status: response.statusCode, headers: response.headers, body },
    target,
    {
      keyOf: (keyId) => (keyId === providerKeyId ? providerKey : undefined),
      nowMs: systemClock.now(),
      ed25519,
    },
  )
  return { status: response.statusCode, body, isSigned: verdict.ok }
}

function acknowledge(delivery: Delivery, reply: Reply): void {
  const { question } = delivery
  const { exchangeId, expected } = question
  const body = Buffer.from(reply.body).toString('utf8')
  // One write a line: from here the consumer holds the answer.
  writeSync(file, formatAcknowledged({ exchangeId, expected, body }))
  answered.add(exchangeId)
  if (delivery.isAgain) counts.again += 1
  else if (answeredSample.length < 400) answeredSample.push(question)
  if (answered.size % 20 === 0) report({ type: 'progress', ...countsNow() })
}

async function deliver(delivery: Delivery): Promise<void> {
  if (delivery.isRetry) counts.retried += 1
  let reply: Reply | undefined
  try {
    reply = await send(delivery)
  } catch {
    // No complete response: whether there is an entry, nobody knows. The same question again.
  }
  if (reply?.status === 200 && reply.isSigned) return acknowledge(delivery, reply)
  counts.broken += 1
  if (reply !== undefined && reply.status !== 503) {
    strange.push(`${reply.status} ${reply.isSigned ? 'signed' : 'unsigned'}`)
  }
  broken.push(delivery.question)
  await sleep(15)
}

async function work(): Promise<void> {
  for (;;) {
    const delivery = mode === 'rest' ? undefined : await nextDelivery()
    if (delivery === undefined) {
      await sleep(5)
      continue
    }
    deliveries += 1
    underWay += 1
    await deliver(delivery)
    underWay -= 1
  }
}

async function untilQuiet(isQuiet: () => boolean): Promise<void> {
  while (!isQuiet()) await sleep(5)
}

async function obey(command: LoadCommand): Promise<void> {
  mode = command.type
  hasSent = command.type !== 'run'
  if (command.type === 'rest') {
    await untilQuiet(() => underWay === 0)
    report({ type: 'resting' })
  }
  if (command.type === 'finish') {
    await untilQuiet(() => underWay === 0 && broken.length === 0)
    report({ type: 'finished', ...countsNow() })
  }
}

process.on('message', (command: LoadCommand) => void obey(command))
process.on('disconnect', () => process.exit(0))
await askAhead()
for (let worker = 0; worker < settings.connections; worker += 1) void work()
report({ type: 'ready' })
