import assert from 'node:assert/strict'
import { test } from 'node:test'

import * as fc from 'fast-check'

import { sampleBeginMs, samplePermitted, samplePersonAgreement } from '../../testing/index.ts'
import { standingOf } from '../agreement-standing.ts'
import type { AgreementFact, TimeLock } from '../agreement-standing.ts'
import type { PersonAgreement } from '../agreement.ts'
import { dayMs } from '../calendar.ts'
import { decide } from './decide.ts'

/** Ends before the review of twelve months is due, so that its end alone ends it. */
const agreement = samplePersonAgreement({ notAfterMs: sampleBeginMs + 310 * dayMs })
const lock: TimeLock = { milliseconds: 14 * dayMs, demo: false }
const skewMs = 300_000
const parties = ['tax', 'housing', 'inspector'] as const

type Step =
  | { readonly type: 'wait'; readonly ms: number }
  | {
      readonly type: 'act'
      readonly act: AgreementFact['kind']
      readonly by: string
      readonly skew: number
    }
  /** A question, by a log whose clock is off. */
  | { readonly type: 'ask'; readonly skew: number }
  /** A new version in the place of the old one: a new document, that nobody has published. */
  | { readonly type: 'version' }

const skew = fc.integer({ min: -skewMs, max: skewMs })
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    type: fc.constant('wait' as const),
    ms: fc.oneof(
      fc.integer({ min: 0, max: 2 * skewMs }),
      fc.constantFrom(1, 13, 14, 15, 150, 200).map((days) => days * dayMs),
    ),
  }),
  fc.record({
    type: fc.constant('act' as const),
    act: fc.constantFrom<AgreementFact['kind']>(
      'agreement.published',
      'agreement.published',
      'agreement.suspended',
      'agreement.resumed',
      'agreement.resumed',
      'agreement.terminated',
    ),
    by: fc.constantFrom(...parties),
    skew,
  }),
  fc.record({ type: fc.constant('ask' as const), skew }),
  fc.record({ type: fc.constant('ask' as const), skew }),
  fc.record({ type: fc.constant('version' as const) }),
)

/** What a broken engine does otherwise. */
interface Engine {
  readonly agreement: PersonAgreement
  readonly lock: TimeLock
  /** The acts that it sees of those on the version in force. */
  see(acts: readonly AgreementFact[], older: readonly AgreementFact[]): readonly AgreementFact[]
}

const sound: Engine = { agreement, lock, see: (acts) => acts }

function permits(engine: Engine, seen: readonly AgreementFact[], nowMs: number): boolean {
  const plain = samplePermitted(engine.agreement)
  const { request, facts } = plain
  const { caseToken } = facts
  assert.ok(caseToken.state === 'valid')
  const movedMs = nowMs - plain.nowMs
  const { iat, exp } = caseToken.claims
  const seconds = Math.floor(movedMs / 1000)
  const { authTimeMs, ...official } = request.subject.properties
  const decision = decide(
    {
      ...request,
      subject: {
        ...request.subject,
        properties: { ...official, authTimeMs: authTimeMs + movedMs },
      },
    },
    {
      ...facts,
      standing: standingOf(engine.agreement, seen, nowMs, engine.lock),
      caseToken: {
        ...caseToken,
        claims: { ...caseToken.claims, iat: iat + seconds, exp: exp + seconds },
      },
    },
    nowMs,
  )
  return decision.outcome === 'permit'
}

/** What is known of the version in force, in true time, told step by step and not by its log. */
interface Truth {
  nowMs: number
  publishedAtMs: number | undefined
  ended: boolean
  suspended: Set<string>
  resumed: Set<string>
}

function fresh(nowMs: number): Truth {
  const publishedAtMs = undefined
  return { nowMs, publishedAtMs, ended: false, suspended: new Set(), resumed: new Set() }
}

function follow(truth: Truth, { act, by }: Extract<Step, { type: 'act' }>): void {
  if (act === 'agreement.published' && by !== 'inspector') truth.publishedAtMs ??= truth.nowMs
  if (act === 'agreement.terminated') truth.ended = true
  if (act === 'agreement.suspended') {
    truth.suspended.add(by)
    truth.resumed.clear()
  }
  if (act === 'agreement.resumed') truth.resumed.add(by)
  const needed = [...truth.suspended, 'tax', 'housing']
  if (needed.every((one) => truth.resumed.has(one))) truth.suspended.clear()
}

/** Whether an answer may leave now, give or take the clocks of two parties. */
function mayAnswer({ nowMs, publishedAtMs, ended, suspended }: Truth): boolean {
  if (publishedAtMs === undefined || ended || suspended.size > 0) return false
  return (
    nowMs >= publishedAtMs + lock.milliseconds - 2 * skewMs &&
    nowMs >= agreement.notBeforeMs - skewMs &&
    nowMs < agreement.notAfterMs + skewMs
  )
}

/** Runs the steps; false at the first answer that must not be. */
function holds(
  engine: Engine,
  steps: readonly Step[],
  count: () => void = () => undefined,
): boolean {
  let truth = fresh(sampleBeginMs - 20 * dayMs)
  let acts: AgreementFact[] = []
  let older: AgreementFact[] = []
  // Log time never falls.
  let newestMs = 0
  const logTime = (offMs: number): number => (newestMs = Math.max(newestMs, truth.nowMs + offMs))
  for (const one of steps) {
    if (one.type === 'wait') truth.nowMs += one.ms
    if (one.type === 'version') {
      older = [...older, ...acts]
      acts = []
      truth = fresh(truth.nowMs)
    }
    if (one.type === 'act') {
      acts.push({ kind: one.act, by: one.by, atMs: logTime(one.skew) })
      follow(truth, one)
    }
    if (one.type === 'ask' && permits(engine, engine.see(acts, older), logTime(one.skew))) {
      count()
      if (!mayAnswer(truth)) return false
    }
  }
  return true
}

const sequences = fc.array(step, { maxLength: 40, size: 'max' })

test('no sequence of acts makes an agreement answer early, late, suspended, ended or unpublished', () => {
  let answers = 0
  const property = fc.property(sequences, (steps) => holds(sound, steps, () => (answers += 1)))
  fc.assert(property, { numRuns: 2_000, seed: 4 })
  console.log(`${answers} answers in 2,000 sequences, each inside of its agreement`)
  assert.ok(answers > 50, String(answers))
})

const without = (kind: AgreementFact['kind']): Engine['see'] => {
  return (acts) => acts.filter((act) => act.kind !== kind)
}

/** Engines with one bug each; the property must find every one. */
const planted: Readonly<Record<string, Partial<Engine>>> = {
  'effective without its time lock': { lock: { milliseconds: 0, demo: true } },
  'a day early': { lock: { milliseconds: 13 * dayMs, demo: false } },
  'a suspension is forgotten': { see: without('agreement.suspended') },
  'a termination is forgotten': { see: without('agreement.terminated') },
  'one side alone resumes': {
    see: (acts) =>
      acts.flatMap((act) =>
        act.kind === 'agreement.resumed' ? parties.map((by) => ({ ...act, by })) : [act],
      ),
  },
  'a new version takes over what was done for the old one': {
    see: (acts, older) => [...older.filter(({ kind }) => kind === 'agreement.published'), ...acts],
  },
  'valid for longer than agreed': {
    agreement: { ...agreement, notAfterMs: agreement.notAfterMs + 30 * dayMs },
  },
}

for (const [name, bug] of Object.entries(planted)) {
  test(`the property finds a planted bug: ${name}`, () => {
    const property = fc.property(sequences, (steps) => holds({ ...sound, ...bug }, steps))
    assert.ok(fc.check(property, { numRuns: 20_000, seed: 4 }).failed)
  })
}
