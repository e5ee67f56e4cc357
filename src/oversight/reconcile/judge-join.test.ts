import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ExchangeStep } from './exchange-step.ts'
import { judgeJoin } from './judge-join.ts'
import type { Finding, JudgingRules } from './judged.ts'

const parties = ['tally', 'left', 'right'] as const
type Party = (typeof parties)[number]

interface Written {
  readonly at: Party
  /** The holder that the entry is about. */
  readonly about: 'left' | 'right'
  readonly kind: ExchangeStep['kind']
  readonly code?: string
  readonly digest?: string
}

/** What the logs of a run have: each message at its sender, once for each receiver, and where it came. */
function wholeRun(): readonly Written[] {
  const written: Written[] = [
    { at: 'tally', about: 'left', kind: 'join.message' },
    { at: 'left', about: 'left', kind: 'population.reserved' },
    { at: 'right', about: 'right', kind: 'population.reserved' },
  ]
  const at = (party: Party, about: 'left' | 'right', code: string, digest: string): void =>
    void written.push({ at: party, about, kind: 'join.message', code, digest })
  for (const own of ['left', 'right'] as const) {
    const other = own === 'left' ? 'right' : 'left'
    at(own, own, 'M1', `commit of ${own}`)
    at(own, own, 'M1', `commit of ${own}`)
    at(other, other, 'M1', `commit of ${own}`)
    at('tally', own, 'M1', `commit of ${own}`)
    at(own, own, 'M2', `list of ${own}`)
    at(other, other, 'M2', `list of ${own}`)
    for (const about of ['own', 'other']) {
      at(own, own, 'M2', `note of ${own} about ${about}`)
      at('tally', own, 'M2', `note of ${own} about ${about}`)
    }
    for (const code of ['M3', 'M5']) {
      at(own, own, code, `${code} of ${own}`)
      at('tally', own, code, `${code} of ${own}`)
    }
    for (const code of ['M4', 'M6']) {
      at('tally', own, code, `${code} of the tally`)
      at(own, own, code, `${code} of the tally`)
    }
    written.push({ at: own, about: own, kind: 'population.released', digest: 'M6 of the tally' })
  }
  written.push({
    at: 'tally',
    about: 'left',
    kind: 'population.released',
    digest: 'M6 of the tally',
  })
  return written
}

function stepsOf(written: readonly Written[]): readonly ExchangeStep[] {
  return written.map(({ at, about, kind, code, digest }, entry) => ({
    organisation: at,
    role: at === 'tally' ? 'consumer' : 'provider',
    log: `${at}.localhost/log/2026h2`,
    entry,
    kind,
    timeMs: entry,
    consumer: 'tally',
    provider: about,
    commitment: String(entry),
    peer: null,
    outcome: null,
    code: code ?? null,
    cap: null,
    terms: '',
    resultDigest: digest ?? null,
  }))
}

function rulesFor(known: readonly string[], untilMs = 10_000_000): JudgingRules {
  return {
    windowMs: 1_000,
    toleranceMs: 1_000,
    knownUntil: (organisation) => (known.includes(organisation) ? untilMs : undefined),
  }
}

function findingsOf(
  written: readonly Written[],
  known: readonly string[] = parties,
): readonly Finding[] {
  const here = written.filter(({ at }) => known.includes(at))
  return judgeJoin(stepsOf(here), rulesFor(known)).findings
}

test('a whole run has no gap, over all logs and over any two', () => {
  assert.deepEqual(findingsOf(wholeRun()), [])
  for (const one of parties)
    for (const other of parties)
      if (one !== other) assert.deepEqual(findingsOf(wholeRun(), [one, other]), [])
})

test('every single entry that a party drops is found, at that party', () => {
  const run = wholeRun()
  for (const [place, gone] of run.entries()) {
    const rest = run.filter((_, other) => other !== place)
    const found = findingsOf(rest)
    // Of an own M1 that is written twice, one is enough for its receivers.
    const isTwin = rest.some((one) => JSON.stringify(one) === JSON.stringify(gone))
    const isEnough = isTwin && found.length === 0
    const what = `${gone.at} ${gone.kind} ${gone.code ?? ''} ${gone.digest ?? ''}`
    assert.ok(isEnough || found.some(({ at }) => at === gone.at), what)
  }
})

test('all of k messages that one holder drops are found', () => {
  const run = wholeRun()
  const gone = run.filter(
    ({ at, code }) => at === 'left' && ['M3', 'M4', 'M6'].includes(code ?? ''),
  )
  const found = findingsOf(run.filter((one) => !gone.includes(one)))
  assert.equal(gone.length, 3)
  assert.deepEqual(found.map(({ at, leg }) => `${at} ${leg ?? ''}`).toSorted(), [
    'left M3',
    'left M4',
    'left M6',
  ])
})

test('a message whose digest differs is missing on both sides', () => {
  const changed = wholeRun().map((one) =>
    one.at === 'right' && one.code === 'M3' ? { ...one, digest: 'another' } : one,
  )
  assert.deepEqual(
    findingsOf(changed)
      .map(({ at, leg }) => `${at} ${leg ?? ''}`)
      .toSorted(),
    ['right M3', 'tally M3'],
  )
})

test('a run that was stopped is not judged, and one that is young is pending', () => {
  const going = wholeRun().filter(
    ({ at, kind, code }) =>
      kind !== 'population.released' && code !== 'M6' && (at !== 'right' || code !== 'M4'),
  )
  const aborted: Written = { at: 'left', about: 'left', kind: 'join.message', code: 'ABORT' }
  assert.deepEqual(
    findingsOf(going).map(({ at, leg }) => `${at} ${leg ?? ''}`),
    ['right M4'],
  )
  assert.deepEqual(findingsOf([...going, aborted]), [])
  const run = wholeRun().slice(0, -4)
  const young = judgeJoin(stepsOf(run), rulesFor(parties, 500))
  assert.deepEqual([young.findings, young.isPending], [[], true])
})

test('an abort switches nothing off where a table stands: what is missing is found as without it', () => {
  const run = wholeRun()
  for (const by of parties) {
    const about = by === 'right' ? 'right' : 'left'
    const junk: Written = { at: by, about, kind: 'join.message', code: 'ABORT', digest: 'junk' }
    assert.deepEqual(findingsOf([...run, junk]), [])
    const dropped = run.filter(({ at, code }) => at !== 'left' || code !== 'M3')
    assert.deepEqual(findingsOf([...dropped, junk]), findingsOf(dropped))
  }
})

test('a holder that has stopped before the table came owes nothing; the others are judged', () => {
  const refused: Written = { at: 'left', about: 'left', kind: 'population.refused' }
  const abort: Written = { at: 'left', about: 'left', kind: 'join.message', code: 'ABORT' }
  const late = wholeRun().filter(
    ({ at, kind, code }) => at !== 'left' || (kind !== 'population.released' && code !== 'M6'),
  )
  assert.deepEqual(findingsOf([...late, refused, abort]), [])
  const dropped = late.filter(({ at, code }) => at !== 'right' || code !== 'M3')
  assert.deepEqual(
    findingsOf([...dropped, refused, abort]).map(({ at, leg }) => `${at} ${leg ?? ''}`),
    ['right M3'],
  )
})

/** A run in which these entries have another table. */
function withOtherTable(isOther: (one: Written) => boolean): readonly Written[] {
  return wholeRun().map((one) => (isOther(one) ? { ...one, digest: 'another table' } : one))
}

const isTable = ({ kind, code }: Written): boolean =>
  kind === 'population.released' || code === 'M6'

test('two tables that a tally sends to two holders are found at it, over all logs and over any two', () => {
  // Each holder's log agrees with the tally's.
  const run = withOtherTable(
    (one) =>
      (one.at === 'right' && isTable(one)) ||
      (one.at === 'tally' && one.about === 'right' && one.code === 'M6'),
  )
  const at = (known: readonly string[]): readonly string[] =>
    findingsOf(run, known).map((one) => `${one.kind} ${one.at} ${one.step}`)
  assert.deepEqual(at(parties), ['DIGEST_DIFFERS tally released'])
  assert.deepEqual(at(['left', 'right']), ['DIGEST_DIFFERS tally released'])
  assert.deepEqual(at(['tally', 'right']), ['DIGEST_DIFFERS tally released'])
  const shown = findingsOf(run)[0]?.shownBy.map(({ organisation }) => organisation)
  assert.deepEqual(new Set(shown), new Set(parties))
})

test('a tally that releases another table than it has sent is found', () => {
  const run = withOtherTable(({ at, kind }) => at === 'tally' && kind === 'population.released')
  assert.deepEqual(
    findingsOf(run).map(({ kind, at }) => [kind, at]),
    [['DIGEST_DIFFERS', 'tally']],
  )
})

test('a holder that releases another table than came to it is named, and its tally is not', () => {
  const run = withOtherTable(({ at, kind }) => at === 'left' && kind === 'population.released')
  for (const known of [parties, ['left', 'right'], ['left', 'tally']])
    assert.deepEqual(
      findingsOf(run, known).map(({ kind, at }) => [kind, at]),
      [['DIGEST_DIFFERS', 'left']],
    )
})
