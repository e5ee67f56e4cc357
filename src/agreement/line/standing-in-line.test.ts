import assert from 'node:assert/strict'
import { test } from 'node:test'

import * as fc from 'fast-check'

import { encodeBase64 } from '../../bytes/index.ts'
import type { JsonObject } from '../../bytes/index.ts'
import { sampleBeginMs, samplePersonAgreement } from '../../testing/index.ts'
import { agreementDigest } from '../agreement-signature.ts'
import type { AgreementFact, AgreementState } from '../agreement-standing.ts'
import { dayMs } from '../calendar.ts'
import { isNarrower } from '../change/agreement-changes.ts'
import { agreementsOfLine } from './agreements-of-line.ts'
import { type LineTerms, type LoggedAgreement, standingInLine } from './standing-in-line.ts'

const begin = sampleBeginMs
const lockOf = (): { milliseconds: number; demo: boolean } => ({
  milliseconds: 14 * dayMs,
  demo: false,
})

type Document = Pick<LoggedAgreement, 'agreement' | 'digest'>

function documentOf(changes: JsonObject = {}): Document {
  const agreement = samplePersonAgreement(changes)
  return { agreement, digest: encodeBase64(agreementDigest(agreement)) }
}

function citing(
  { agreement: { id, version }, digest }: Document,
  changes: JsonObject = {},
): Document {
  return documentOf({ version: version + 1, supersedes: { id, version, digest }, ...changes })
}

const first = documentOf()
const narrow = citing(first, {
  approximateNumber: 800,
  retention: { days: 30, disposal: 'delete' },
})
const wide = citing(first, { approximateNumber: 901 })

/** An act at a day of log time; cosigned a minute later unless told. */
function act(kind: AgreementFact['kind'], day: number, by = 'tax'): AgreementFact {
  const atMs = begin + day * dayMs
  return { kind, atMs, by, cosignedAtMs: atMs + 60_000 }
}

const published = (day: number): AgreementFact => act('agreement.published', day)

type Histories = readonly (readonly [Document, readonly AgreementFact[]])[]

function stateAt(
  day: number,
  of: Document,
  histories: Histories,
  witnessedDay = day,
): AgreementState {
  const line = histories.map(([document, history]) => ({ ...document, history }))
  const one = line.find(({ digest }) => digest === of.digest)
  assert.ok(one)
  const moment = { nowMs: begin + day * dayMs, witnessedMs: begin + witnessedDay * dayMs }
  return standingInLine(one, { line, moment, lockOf }).state
}

test('a narrower version that cites the one in force takes effect once it is cosigned, and ends that one', () => {
  const histories: Histories = [
    [first, [published(0)]],
    [narrow, [published(20)]],
  ]
  assert.equal(stateAt(20, narrow, histories), 'published', 'nobody has cosigned it yet')
  assert.equal(stateAt(20, first, histories), 'active')
  assert.equal(stateAt(20.1, narrow, histories), 'active')
  assert.equal(stateAt(20.1, first, histories), 'expired')
})

test('a wider version waits, and the older one stays permitted under its own terms meanwhile', () => {
  const histories: Histories = [
    [first, [published(0)]],
    [wide, [published(20)]],
  ]
  for (const day of [20.1, 33.9]) {
    assert.equal(stateAt(day, wide, histories), 'published')
    assert.equal(stateAt(day, first, histories), 'active')
  }
  assert.equal(stateAt(34.1, wide, histories), 'active')
  assert.equal(stateAt(34.1, first, histories), 'expired')
})

test('a narrower version has its own lock where the cited one was not in force when it was published', () => {
  const early: Histories = [
    [first, [published(0)]],
    [narrow, [published(3)]],
  ]
  assert.equal(stateAt(14.1, first, early), 'active')
  assert.equal(stateAt(14.1, narrow, early), 'published')
  const suspended: Histories = [
    [first, [published(0), act('agreement.suspended', 19)]],
    [narrow, [published(20)]],
  ]
  assert.equal(stateAt(21, narrow, suspended), 'suspended', 'no way around a suspension')
  const ended: Histories = [
    [first, [published(0), act('agreement.terminated', 19)]],
    [narrow, [published(20)]],
  ]
  assert.equal(stateAt(21, narrow, ended), 'published')
})

test('the lock is counted by the witnesses: an operator whose clock runs ahead gains nothing', () => {
  const histories: Histories = [[first, [published(0)]]]
  assert.equal(stateAt(100, first, histories, 13.9), 'published')
  assert.equal(stateAt(14.1, first, histories, 14.1), 'active')
  const uncosigned = { ...published(0), cosignedAtMs: null }
  assert.equal(stateAt(100, first, [[first, [uncosigned]]]), 'published')
  assert.equal(stateAt(300, first, histories, 366), 'expired', 'a clock put back prolongs nothing')
})

test('a version that was ended before it took effect leaves the older one in force', () => {
  const histories: Histories = [
    [first, [published(0)]],
    [wide, [published(20), act('agreement.terminated', 25)]],
  ]
  assert.equal(stateAt(40, first, histories), 'active')
  const later: Histories = [
    [first, [published(0)]],
    [wide, [published(20), act('agreement.terminated', 36)]],
  ]
  assert.equal(stateAt(40, first, later), 'expired', 'what has ended does not come back')
})

test('an agreement of more than twelve months is suspended by itself until both parties have reviewed it', () => {
  const long = documentOf({ notAfterMs: begin + 500 * dayMs })
  const reviews = (day: number): AgreementFact[] => [
    act('agreement.reviewed', day),
    act('agreement.reviewed', day, 'housing'),
  ]
  assert.equal(stateAt(364, long, [[long, [published(0)]]]), 'active')
  assert.equal(stateAt(366, long, [[long, [published(0)]]]), 'suspended')
  assert.equal(stateAt(366, long, [[long, [published(0), ...reviews(300)]]]), 'active')
  assert.equal(
    stateAt(366, long, [[long, [published(0), ...reviews(100)]]]),
    'suspended',
    'too early',
  )
  const one = reviews(300).slice(1)
  assert.equal(stateAt(366, long, [[long, [published(0), ...one]]]), 'suspended')
  assert.equal(stateAt(380, long, [[long, [published(0), ...reviews(370)]]]), 'active')
})

/** A way to tell a standing; the product's, or one with a planted bug. */
type Judge = (one: LoggedAgreement, terms: LineTerms) => { readonly state: AgreementState }

type Command =
  | {
      readonly do: 'publish' | 'suspend' | 'terminate'
      readonly which: number
      readonly by: string
    }
  | { readonly do: 'resume'; readonly which: number; readonly by: string }
  | { readonly do: 'wait'; readonly hours: number; readonly skewMs: number }

const documents = [first, narrow, wide, citing(narrow, { approximateNumber: 900 })]
const kinds = {
  publish: 'agreement.published',
  suspend: 'agreement.suspended',
  resume: 'agreement.resumed',
  terminate: 'agreement.terminated',
} as const

const commands = fc.array(
  fc.oneof(
    fc.record({
      do: fc.constantFrom(
        'publish' as const,
        'publish' as const,
        'suspend' as const,
        'terminate' as const,
      ),
      which: fc.nat(documents.length - 1),
      by: fc.constantFrom('tax', 'housing', 'inspector'),
    }),
    fc.record({
      do: fc.constant('resume' as const),
      which: fc.nat(documents.length - 1),
      by: fc.constantFrom('tax', 'housing', 'inspector'),
    }),
    fc.record({
      do: fc.constant('wait' as const),
      hours: fc.integer({ min: 1, max: 24 * 30 }),
      skewMs: fc.integer({ min: -300_000, max: 300_000 }),
    }),
  ),
  { minLength: 3, maxLength: 24 },
)

/** Holds an active version against what was really published, in its term, resumed and not ended. */
function requireRightful(
  one: LoggedAgreement,
  world: Pick<LineTerms, 'line'> & {
    readonly moment: { readonly nowMs: number; readonly witnessedMs: number }
    readonly since: readonly (number | undefined)[]
  },
): void {
  const { line, moment } = world
  const waitedMs = (of: LoggedAgreement): number =>
    moment.witnessedMs - (world.since[line.indexOf(of)] ?? Number.POSITIVE_INFINITY)
  assert.ok(waitedMs(one) >= 0, 'active without a publication')
  const before = line.find(({ digest }) => digest === one.agreement.supersedes?.digest)
  const isProven =
    before !== undefined &&
    isNarrower(before.agreement, one.agreement).narrower &&
    waitedMs(before) >= 14 * dayMs
  assert.ok(waitedMs(one) >= 14 * dayMs || isProven, 'active before its lock has passed')
  const { notBeforeMs, notAfterMs } = one.agreement
  assert.ok(moment.nowMs >= notBeforeMs && moment.nowMs < notAfterMs, 'out of its term')
  const acts = one.history.map(({ kind }) => kind)
  assert.ok(!acts.includes('agreement.terminated'), 'active after its end')
  const last = acts.lastIndexOf('agreement.suspended')
  const after = one.history.slice(last + 1).filter(({ kind }) => kind === 'agreement.resumed')
  const resumed = new Set(after.map(({ by }) => by))
  assert.ok(last === -1 || (resumed.has('tax') && resumed.has('housing')), 'while suspended')
}

/**
 * Plays commands on one log with true time beside the operator's clock, and holds every active version
 * against what was really published, cosigned, suspended and ended. Returns how often one was active.
 */
function play(list: readonly Command[], judge: Judge): number {
  let trueMs = begin - 20 * dayMs
  let logMs = trueMs
  let active = 0
  const histories = documents.map((): AgreementFact[] => [])
  const trulyPublished = documents.map((): number | undefined => undefined)
  for (const command of list) {
    if (command.do === 'wait') {
      trueMs += command.hours * 3_600_000
      logMs = Math.max(logMs, trueMs + command.skewMs)
    } else {
      if (command.do === 'publish') trulyPublished[command.which] ??= trueMs
      const by = command.do === 'publish' ? 'tax' : command.by
      histories[command.which]?.push({
        kind: kinds[command.do],
        atMs: logMs,
        by,
        cosignedAtMs: trueMs,
      })
      logMs += 1
    }
    const line = documents.map((document, at) => ({ ...document, history: histories[at] ?? [] }))
    const moment = { nowMs: logMs, witnessedMs: trueMs }
    for (const one of line) {
      if (judge(one, { line, moment, lockOf }).state !== 'active') continue
      active += 1
      requireRightful(one, { line, moment, since: trulyPublished })
    }
  }
  return active
}

test('no sequence of commands makes an agreement effective early, wider in silence, or active after its end', () => {
  let active = 0
  fc.assert(
    fc.property(commands, (list) => {
      active += play(list, standingInLine)
    }),
    { numRuns: 150, seed: 7 },
  )
  assert.ok(active > 20, `${active} active moments`)
})

const planted: Readonly<Record<string, Judge>> = {
  'a lock by the operator’s clock alone, which was set ahead': (one, { moment, ...terms }) =>
    standingInLine(one, {
      ...terms,
      moment: { ...moment, nowMs: moment.nowMs + 5 * dayMs, witnessedMs: moment.nowMs + 5 * dayMs },
    }),
  'every version that cites another counts as narrower': (one, terms) =>
    standingInLine(
      one,
      one.agreement.supersedes === null
        ? terms
        : { ...terms, lockOf: () => ({ milliseconds: 0, demo: true }) },
    ),
  'resuming needs the suspender alone': (one, terms) => {
    const history = one.history.filter(
      ({ kind }) =>
        kind !== 'agreement.suspended' ||
        !one.history.some((fact) => fact.kind === 'agreement.resumed'),
    )
    return standingInLine({ ...one, history }, terms)
  },
  'an end is forgotten': (one, terms) =>
    standingInLine(
      { ...one, history: one.history.filter(({ kind }) => kind !== 'agreement.terminated') },
      terms,
    ),
  'no lock at all': (one, terms) =>
    standingInLine(one, { ...terms, lockOf: () => ({ milliseconds: 0, demo: true }) }),
}

for (const [bug, judge] of Object.entries(planted)) {
  test(`the property finds a planted bug: ${bug}`, () => {
    const found = fc.check(
      fc.property(commands, (list) => {
        play(list, judge)
      }),
      { numRuns: 2_000, seed: 7, endOnFailure: true },
    )
    assert.ok(found.failed, 'the planted bug went unnoticed')
  })
}

test('a line is what cites or is cited, at any remove, and nothing else', () => {
  const stranger = documentOf({ id: 'another-agreement' })
  const line = agreementsOfLine(narrow, [stranger, ...documents])
  assert.deepEqual(new Set(line), new Set(documents))
  assert.equal(line[0], narrow)
  assert.deepEqual(agreementsOfLine(stranger, documents), [stranger])
})
