import assert from 'node:assert/strict'
import { test } from 'node:test'
import { defaultCaps, type PersonAgreement } from '../../src/agreement/index.ts'
import { encodeBase64, utf8 } from '../../src/bytes/index.ts'
import { sha256 } from '../../src/crypto/index.ts'
import type { ExchangeTransaction, QuestionIntent } from '../../src/person/index.ts'
import { makeExchangeId, parsePersonAnswer, parsePersonDenial } from '../../src/protocol/index.ts'
import { sampleEmergencyAgreement, samplePersonAgreement } from '../../src/testing/index.ts'
import { heldIntent } from '../fault/held-intent.ts'
import { type InProcessExchange, openExchange } from '../fault/in-process-exchange.ts'

/*
 * The caps that `caps-race.test.ts` does not reach from outside: ceilings of agreement and consumer in 30 days and
 * in a year, bounds on one element, tries to locate, and emergencies. Forty questions a round race through the real
 * commit and store, in batches as they come; the clock is turned by hand, since years must pass.
 */

const racers = 40
/** 1 % is 10 people in 30 days, 5 % is 52 in a year. */
const populationSize = 1_040
const [month, year] = [10, 52]
const monthMs = 31 * 86_400_000

type Axes = Partial<QuestionIntent['axes']>

const handleOf = (name: string): string => encodeBase64(sha256(utf8(name)))

/** Everybody is somebody else, in a case of their own, asked about by an official of their own. */
function strangers(name: string): Axes {
  return {
    official: `official-${name}`,
    caseHandle: handleOf(`case ${name}`),
    subjectHandle: handleOf(`subject ${name}`),
  }
}

let exchanges = 0
let numbers = 0

function variant(intent: QuestionIntent, axes: Axes): QuestionIntent {
  exchanges += 1
  const id = sha256(utf8(`exchange ${exchanges}`))
  return {
    ...intent,
    question: { ...intent.question, exchangeId: makeExchangeId(id.subarray(0, 16)) },
    questionDigest: encodeBase64(id),
    nonce: { ...intent.nonce, value: `race ${exchanges}` },
    facts: { ...intent.facts, populationSize },
    axes: { ...intent.axes, ...axes },
  }
}

/** Lets them race; how many were answered, and by which caps the others were stopped. */
async function race(
  exchange: InProcessExchange,
  axesOf: (racer: number) => Axes,
): Promise<{ readonly answered: number; readonly caps: readonly string[] }> {
  numbers += 1
  const intent = await heldIntent(exchange, numbers)
  const racing = Array.from({ length: racers }, (_, racer) =>
    exchange.provider.writer.commit(variant(intent, axesOf(racer))),
  )
  const caps = new Set<string>()
  let answered = 0
  for (const result of await Promise.all(racing)) {
    if (result.type !== 'question') continue
    if (result.status === 200) {
      parsePersonAnswer(result.body)
      answered += 1
    } else caps.add(parsePersonDenial(result.body).cap ?? parsePersonDenial(result.body).code)
  }
  return { answered, caps: [...caps] }
}

const street = {
  name: 'street_matches',
  register: 'income',
  source: 'street',
  answerType: 'predicate',
  predicate: { op: 'equals-supplied', threshold: null },
  category: 'locating',
} as const
const wide: PersonAgreement = samplePersonAgreement({ approximateNumber: 900 })

const once: Readonly<Record<string, { readonly most: number; axesOf: (racer: number) => Axes }>> = {
  agreementSubjects30Days: { most: month, axesOf: (racer) => strangers(`${racer}`) },
  consumerSubjects30Days: {
    most: month,
    axesOf: (racer) => ({ ...strangers(`${racer}`), agreement: `line-${racer % 8}` }),
  },
  thresholdsPerSubject: {
    most: 2,
    axesOf: (racer) => ({
      ...strangers(`${racer}`),
      subjectHandle: handleOf('one'),
      bounds: [`income.annualIncome lt ${racer * 1_000}`],
    }),
  },
}

for (const [ceiling, { most, axesOf }] of Object.entries(once)) {
  test(`${racers} questions race for ${ceiling}: ${most} are answered`, async () => {
    using exchange = await openExchange({ agreement: wide })
    assert.deepEqual(await race(exchange, axesOf), { answered: most, caps: [ceiling] })
  })
}

const yearly = {
  agreementSubjectsYear: () => ({}),
  consumerSubjectsYear: (racer: number): Axes => ({ agreement: `line-${racer % 8}` }),
}

for (const [ceiling, linesOf] of Object.entries(yearly)) {
  test(`${racers} questions a month race for ${ceiling}: ${year} are answered, whatever the month`, async () => {
    using exchange = await openExchange({ agreement: wide })
    const answered: number[] = []
    let stoppedBy: readonly string[] = []
    for (let round = 0; round < 7; round += 1) {
      const found = await race(exchange, (racer) => ({
        ...strangers(`${round} ${racer}`),
        ...linesOf(racer),
      }))
      answered.push(found.answered)
      stoppedBy = found.caps
      exchange.clock.advance(monthMs)
    }
    assert.deepEqual(answered, [month, month, month, month, month, year - 5 * month, 0])
    assert.deepEqual(stoppedBy, [ceiling])
  })
}

test('questions race for the one try to compare where somebody is, under whatever agreements: one is answered', async () => {
  const agreement = samplePersonAgreement({ dataElements: [street], approximateNumber: 900 })
  using exchange = await openExchange({ agreement })
  const request = exchange.request.bind(exchange)
  const supplied = [{ element: street.name, value: 'Brick Lane 2' }]
  Object.assign(exchange, {
    request: (number: number) => ({ ...request(number), supplied }),
  })
  const tries = (racer: number): Axes => ({
    ...strangers('one'),
    official: `official-${racer}`,
    agreement: `line-${racer % 8}`,
    locating: true,
  })
  const found = await race(exchange, tries)
  assert.deepEqual(found, { answered: 1, caps: ['locatingTriesPerCase'] })
})

test('emergencies race for the caps of one official and of the agreement: neither is overspent', async () => {
  const caps = { perOfficialPer30Days: 7, perAgreementPer30Days: 12 }
  const agreement = sampleEmergencyAgreement({ caps, approximateNumber: 900 })
  using exchange = await openExchange({ agreement })
  const together =
    (official: string) =>
    (racer: number): Axes => ({
      ...strangers(`${official} ${racer % 5}`),
      official,
      emergency: true,
    })
  const first = await race(exchange, together('one'))
  assert.deepEqual(first, { answered: 7, caps: ['perOfficialPer30Days'] })
  const second = await race(exchange, together('two'))
  assert.deepEqual(second, { answered: 5, caps: ['perAgreementPer30Days'] })
})

/** What a commit would read that looks at the counters as they were when it began to be asked. */
function stale(): (tx: ExchangeTransaction) => ExchangeTransaction {
  let first: Awaited<ReturnType<ExchangeTransaction['capUse']>> | undefined
  return (tx) => ({
    ...tx,
    capUse: async (axes, nowMs) => (first ??= await tx.capUse(axes, nowMs)),
  })
}

test('counters that are read before the commit are overspent, all of these', async () => {
  for (const [ceiling, { axesOf }] of Object.entries(once)) {
    using exchange = await openExchange({ agreement: wide, seen: stale() })
    assert.equal((await race(exchange, axesOf)).answered, racers, ceiling)
  }
})

assert.ok(defaultCaps.distinctSubjectsPer30Days > month, 'no cap stands before a ceiling')
