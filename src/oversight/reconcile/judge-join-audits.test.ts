import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ExchangeStep } from './exchange-step.ts'
import { judgeJoin } from './judge-join.ts'
import type { JudgingRules } from './judged.ts'

const orgs = { left: 'tax', right: 'homes', tally: 'office', inspector: 'watch' } as const
type Party = keyof typeof orgs

const rules: JudgingRules = { knownUntil: () => 1_000_000, windowMs: 0, toleranceMs: 0 }

let entries = 0

/** An entry of one log about a message between two parties, as a gateway writes it. */
function message(at: Party, about: 'left' | 'right', leg: string, digest: string): ExchangeStep {
  entries += 1
  const organisation = orgs[at]
  const provider = orgs[about]
  return {
    organisation,
    provider,
    role: at === about ? 'provider' : at === 'tally' ? 'consumer' : 'other',
    log: `${organisation}.localhost/log`,
    entry: entries,
    kind: 'join.message',
    timeMs: entries,
    consumer: orgs.tally,
    commitment: `entry ${entries}`,
    peer: null,
    outcome: null,
    code: leg,
    cap: null,
    terms: '',
    resultDigest: digest,
  }
}

/** The entries of an audit: an opening to all three, evidence of each, a request to both, and both answers. */
function auditSteps(): readonly ExchangeStep[] {
  const holders = (['left', 'right'] as const).flatMap((side) =>
    ['opening', `evidence ${side}`, 'request', `answer ${side}`].flatMap((digest) => [
      message('inspector', side, 'M7', digest),
      message(side, side, 'M7', digest),
    ]),
  )
  // What is between inspector and tally names a holder in both logs.
  const tally = ['opening', 'evidence tally'].flatMap((digest) => [
    message('inspector', 'left', 'M7', digest),
    message('tally', 'left', 'M7', digest),
  ])
  return [...begunAt('tally'), ...begunAt('left'), ...begunAt('right'), ...holders, ...tally]
}

function begunAt(party: 'left' | 'right' | 'tally'): readonly ExchangeStep[] {
  const about = party === 'tally' ? 'left' : party
  const step = message(party, about, 'M1', '')
  const begun = { ...step, code: null, resultDigest: null }
  return [party === 'tally' ? begun : { ...begun, kind: 'population.reserved', outcome: 'permit' }]
}

const gapsOf = (steps: readonly ExchangeStep[]): readonly string[] =>
  judgeJoin(steps, rules).findings.map(({ at, leg }) => `${leg} ${at}`)

test('an audit that all four wrote down has no gap', () => {
  assert.deepEqual(gapsOf(auditSteps()), [])
})

test('an entry of an audit that one party leaves out is a gap at that party', () => {
  const all = auditSteps()
  const without = (organisation: string, digest: string): readonly ExchangeStep[] =>
    all.filter((step) => step.organisation !== organisation || step.resultDigest !== digest)
  assert.deepEqual(gapsOf(without('tax', 'answer left')), ['M7 tax'])
  assert.deepEqual(gapsOf(without('watch', 'answer right')), ['M7 watch'])
  assert.deepEqual(gapsOf(without('watch', 'evidence tally')), ['M7 watch'])
  assert.equal(gapsOf(without('office', 'evidence tally')).length, 1)
})

test('the refusal of a message stops no judging, and that of a plan does', () => {
  const all = auditSteps().filter(({ resultDigest }) => resultDigest !== 'answer left')
  const answer = message('left', 'left', 'M7', 'answer left')
  const refused = {
    ...message('left', 'left', 'MESSAGE_CHANGED', 'another'),
    kind: 'population.refused',
    outcome: 'deny',
  } as const
  assert.deepEqual(gapsOf([...all, answer, refused]), ['M7 watch'])
  assert.deepEqual(gapsOf([...all, answer, { ...refused, resultDigest: null }]), [])
})
