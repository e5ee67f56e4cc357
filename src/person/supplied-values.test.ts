import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type InProcessExchange, openExchange } from '../../tests/fault/in-process-exchange.ts'
import type { DataElement } from '../agreement/index.ts'
import { samplePersonAgreement } from '../testing/index.ts'
import type { AskOutcome } from './ask-outcome.ts'
import { type AskRequest, askQuestion } from './ask-question.ts'

function comparing(name: string, category: DataElement['category'], source = 'district') {
  return {
    name,
    register: 'income',
    source,
    answerType: 'predicate',
    predicate: { op: 'equals-supplied', threshold: null },
    category,
  } as const
}

function openComparing(held = 'Rue de l’Église 12'): Promise<InProcessExchange> {
  return openExchange({
    agreement: samplePersonAgreement({
      dataElements: [
        comparing('address_matches', 'locating'),
        comparing('income_matches', 'ordinary', 'annualIncome'),
      ],
    }),
    rowOf: () => ({ district: held, annualIncome: 12_000 }),
  })
}

let keys = 0

function ask(
  exchange: InProcessExchange,
  supplied: Readonly<Record<string, string>>,
  change: Partial<AskRequest> = {},
): Promise<AskOutcome> {
  keys += 1
  const elements = Object.keys(supplied)
  return askQuestion(
    {
      ...exchange.request(1),
      elements,
      supplied: elements.map((element) => ({ element, value: supplied[element] ?? '' })),
      idempotencyKey: `supplied-${keys}`,
      ...change,
    },
    exchange.consumerDeps,
  )
}

test('a supplied value is compared at the provider, exactly, and only yes or no comes back', async () => {
  using exchange = await openComparing()
  const answers = [
    ['Rue de l’Église 12', true],
    ['rue de l’église 12', false],
    ['Rue de l’Église 1', false],
    ['Rue de l’Église 12 ', false],
  ] as const
  for (const [index, [value, expected]] of answers.entries()) {
    const { subject } = exchange.request(index)
    const inCase = { case: `CASE-${index}`, subject }
    const { results } = await ask(exchange, { address_matches: value }, inCase)
    assert.deepEqual(results, [{ element: 'address_matches', value: expected }], value)
  }
  const number = await ask(exchange, { income_matches: '12000' }, { case: 'CASE-9' })
  assert.deepEqual(number.results, [{ element: 'income_matches', value: true }])
})

test('what the register holds in another Normalization Form is equal', async () => {
  using exchange = await openComparing('Rue de l’Église 12'.normalize('NFD'))
  const { results } = await ask(exchange, { address_matches: 'Rue de l’Église 12' })
  assert.deepEqual(results, [{ element: 'address_matches', value: true }])
})

test('a placeholder, a value too many or too few is refused, nobody is looked up, and no try is spent', async () => {
  using exchange = await openComparing()
  for (const value of ['Failed to Provide', 'NA NA', '00000', 'unknown', 'xxxx', '-', 'N/A']) {
    const { code } = await ask(exchange, { address_matches: value })
    assert.equal(code, 'PRECONDITION_FAILED', value)
  }
  const one = { element: 'address_matches', value: 'Main Street 1' }
  const other = { element: 'income_matches', value: '12000' }
  const surplus = await ask(exchange, { address_matches: one.value }, { supplied: [one, other] })
  assert.equal(surplus.code, 'PRECONDITION_FAILED')
  const missing = await ask(exchange, { address_matches: one.value }, { supplied: [other] })
  assert.equal(missing.code, 'PRECONDITION_FAILED')
  assert.deepEqual(exchange.lookUps, [])
  assert.equal((await ask(exchange, { address_matches: one.value })).outcome, 'permit')
})

test('where someone can be found is compared once a case, even after a no', async () => {
  using exchange = await openComparing()
  assert.equal((await ask(exchange, { address_matches: 'Main Street 1' })).outcome, 'permit')
  const second = await ask(exchange, { address_matches: 'Rue de l’Église 12' })
  assert.deepEqual([second.code, second.cap], ['CAP_EXCEEDED', 'locatingTriesPerCase'])
  assert.equal((await ask(exchange, { income_matches: '12000' })).outcome, 'permit')
  const otherCase = { case: 'ANOTHER' }
  assert.equal(
    (await ask(exchange, { address_matches: 'Main Street 2' }, otherCase)).outcome,
    'permit',
  )
})

test('guessing a value is over after two guesses in a year, in however many cases', async () => {
  using exchange = await openComparing()
  const guess = (value: string, inCase: string): Promise<AskOutcome> =>
    ask(exchange, { income_matches: value }, { case: inCase })
  assert.equal((await guess('11000', 'A')).outcome, 'permit')
  assert.equal((await guess('11500', 'B')).outcome, 'permit')
  const third = await guess('12000', 'C')
  assert.deepEqual([third.code, third.cap], ['CAP_EXCEEDED', 'thresholdsPerSubject'])
  assert.equal((await guess('11500', 'D')).outcome, 'permit')
})

test('two tries at once in one case are one try', async () => {
  using exchange = await openComparing()
  const racing = ['Main Street 1', 'Main Street 2', 'Main Street 3'].map((value) =>
    ask(exchange, { address_matches: value }),
  )
  const outcomes = (await Promise.all(racing)).map(({ outcome, cap }) => cap ?? outcome)
  assert.deepEqual(outcomes.toSorted(), ['locatingTriesPerCase', 'locatingTriesPerCase', 'permit'])
})
