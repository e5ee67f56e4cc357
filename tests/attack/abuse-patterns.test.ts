import assert from 'node:assert/strict'
import { test } from 'node:test'
import { useDigests } from '../../src/crypto/index.ts'
import {
  abusePatterns,
  type RehearsalOptions,
  type RehearsalRow,
  rehearseHonest,
  rehearsePattern,
} from '../../src/demo/index.ts'
import { type SignalKind, signalKinds } from '../../src/oversight/index.ts'
import { nativeDigests } from '../../src/platform/index.ts'

useDigests(nativeDigests)

/** The year with whole teams runs in the long run alone: its usual rates take 45 days to be known. */
const isLong = process.env['CLOISON_TEST_ALL'] === '1'
const small: RehearsalOptions = { seed: 'rehearsal 1', officials: 8, honestDays: 3 }
const whole: RehearsalOptions = { seed: 'rehearsal 1', officials: 16, honestDays: 45 }

function rehearse(name: string, options: RehearsalOptions, days: number): Promise<RehearsalRow> {
  const pattern = abusePatterns.find((one) => one.name === name)
  if (pattern === undefined) throw new TypeError(`there is no pattern "${name}"`)
  return rehearsePattern({ ...pattern, days: Math.min(days, pattern.days) }, options)
}

function isFlagged({ flagged }: RehearsalRow, kind: SignalKind): boolean {
  return flagged.some((one) => one.kind === kind)
}

interface Row {
  readonly name: string
  readonly cap: string | undefined
  readonly kind: SignalKind
  /** A detector that sees the pattern when the abusers do not hide from it, as those of this row do. */
  readonly hiddenFrom?: SignalKind
  /** Days that the usual run takes; undefined where officials' usual rates must be known first. */
  readonly days: number | undefined
}

const rows: readonly Row[] = [
  { name: 'self', cap: undefined, kind: 'kin', days: 1 },
  { name: 'same surname', cap: undefined, kind: 'kin', days: 2 },
  { name: 'hot person', cap: 'perSubjectPer30Days', kind: 'crowd', days: 7 },
  { name: 'sequential', cap: 'perOfficialPerDay', kind: 'sequential', days: undefined },
  {
    name: 'several bounds on one subject',
    cap: 'thresholdsPerSubject',
    kind: 'bounds',
    days: 8,
  },
  { name: 'sequential, shuffled, 3 a day', cap: undefined, kind: 'sequential', days: 9 },
  { name: 'one bound on many', cap: undefined, kind: 'sweep', days: undefined },
  { name: 'slow, +2 a day', cap: undefined, kind: 'idle', days: undefined },
  {
    name: 'slow, +2 a day, cases kept alive',
    cap: undefined,
    kind: 'new-subjects',
    hiddenFrom: 'idle',
    days: undefined,
  },
  {
    name: 'colluders, 10 × +2 a day, cases kept alive',
    cap: undefined,
    kind: 'new-subjects',
    hiddenFrom: 'idle',
    days: undefined,
  },
  {
    name: 'leaver, 30 a day in the last 5 days',
    cap: 'perOfficialPerDay',
    kind: 'new-subjects',
    days: undefined,
  },
  { name: 'across agreements, 5 people a day', cap: undefined, kind: 'overlap', days: undefined },
]

for (const { name, cap, kind, hiddenFrom, days } of rows) {
  if (days === undefined && !isLong) continue
  const options = days === undefined ? whole : small
  const most = days ?? 120

  test(`${name}: flagged as ${kind}${cap === undefined ? '' : `, stopped by ${cap}`}; without the control it is not`, async () => {
    const row = await rehearse(name, options, most)
    assert.ok(isFlagged(row, kind), JSON.stringify(row))
    if (hiddenFrom !== undefined) assert.equal(isFlagged(row, hiddenFrom), false)
    const others = signalKinds.filter((one) => one !== kind)
    const blind = await rehearse(name, { ...options, detectors: others }, most)
    assert.equal(isFlagged(blind, kind), false)
    if (cap === undefined) return
    assert.equal(row.stopped?.by, cap, JSON.stringify(row))
    const uncapped = await rehearse(name, { ...options, withoutCaps: true }, most)
    assert.equal(uncapped.stopped, undefined)
    assert.ok(uncapped.answered > row.answered)
    assert.equal(uncapped.answered, uncapped.asked)
  })
}

test('honest traffic is answered, and raises no more signals than the laws allow', async () => {
  const days = isLong ? 365 : 14
  const { flags, denials, questions } = await rehearseHonest(days, isLong ? whole : small)
  const all = Object.values(flags).reduce((sum, count) => sum + count, 0)
  assert.ok(all <= 4, JSON.stringify(flags))
  assert.ok(questions > days && denials < questions / 100)
})
