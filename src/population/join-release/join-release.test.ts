import assert from 'node:assert/strict'
import { test } from 'node:test'
import { canonicalBytes, type JsonObject } from '../../bytes/index.ts'
import { seededRandom } from '../../testing/simulator/index.ts'
import { sampleJoinReleaseParts, type SampleTruth } from '../../testing/join/index.ts'
import { UniformDraws } from '../privacy/index.ts'
import { ReleaseError } from '../release/index.ts'
import type { JoinMeasure } from '../join-query/index.ts'
import { checkJoinRelease, joinReleaseChecks } from './check-join-release.ts'
import {
  asJoinRelease,
  type JoinRelease,
  joinReleaseBytes,
  type JoinReleaseContent,
  joinReleaseJson,
  parseJoinRelease,
} from './join-release.ts'
import { makeJoinRelease } from './make-join-release.ts'

const measures: readonly JoinMeasure[] = [
  { kind: 'count' },
  { kind: 'sum', side: 'right', element: 'rent', levels: 4 },
  { kind: 'mean', side: 'left', element: 'age', levels: 4 },
  { kind: 'quantiles', side: 'right', element: 'rent', ppm: [250_000, 500_000] },
]

const plain: SampleTruth = (part, i, j) => (part === 'people' ? 1 : 3) * (100 * i + j)

function released(measure: JoinMeasure): JoinRelease {
  const draws = new UniformDraws(seededRandom('join release'))
  return makeJoinRelease(sampleJoinReleaseParts({ measure }, plain, draws))
}

test('a release reads back from its bytes, and nothing else reads as one', () => {
  for (const measure of measures) {
    const release = released(measure)
    const bytes = joinReleaseBytes(release)
    assert.deepEqual(parseJoinRelease(bytes), release)
    assert.throws(() => parseJoinRelease(bytes.slice(1)), { code: 'RELEASE_MALFORMED' })
    assert.throws(() => asJoinRelease({ ...joinReleaseJson(release), more: 1 }), {
      code: 'RELEASE_MALFORMED',
    })
    const planless = canonicalBytes({ ...joinReleaseJson(release), plan: {} })
    assert.throws(() => parseJoinRelease(planless), ReleaseError)
  }
})

test('cells are those of both sides, left dimensions slowest, with the buckets of a cell as its numbers', () => {
  const shapes = measures.map((measure) => {
    const { cells, numbers } = released(measure)
    assert.ok(cells.every((cell) => cell.numbers.length === numbers.length))
    assert.deepEqual(
      cells.slice(0, 2).map(({ key }) => key),
      [
        ['north', 'none'],
        ['north', 'some'],
      ],
    )
    return [cells.length, ...numbers.slice(0, 2).map((one) => [one.name, one.sensitivity])]
  })
  assert.deepEqual(shapes, [
    [12, ['people', 1]],
    [12, ['units', 4]],
    [12, ['people', 1], ['units', 4]],
    [12, ['bucket 0', 1], ['bucket 1', 1]],
  ])
})

test('both intervals of a mean have the level that their ratio needs', () => {
  const { numbers } = released(measures[2] ?? { kind: 'count' })
  assert.ok(numbers.every(({ levelPpm }) => levelPpm >= 975_000))
})

type Content = JoinReleaseContent

/** For each check, in its order, a release that it alone refuses. */
const breaks: readonly ((release: JoinRelease) => Content)[] = [
  (release) => ({ ...release, cells: release.cells.toReversed() }),
  (release) => ({
    ...release,
    numbers: release.numbers.map((one) => ({ ...one, halfWidth: one.halfWidth - 1 })),
  }),
  (release) => ({
    ...release,
    cells: release.cells.map((one) => ({ ...one, numbers: one.numbers.map(() => -1_000) })),
  }),
  (release) => certified(release, { inspector: 'someone' }),
  (release) => {
    const { bounds } = release.certificate
    return certified(release, { bounds: bounds && { ...bounds, max: bounds.max + 1 } })
  },
  (release) => certified(release, { microEpsilon: 1 }),
  (release) => certified(release, { notCovered: [] }),
]

function certified(release: JoinRelease, change: Partial<Content['certificate']>): Content {
  return { ...release, certificate: { ...release.certificate, ...change } }
}

test('each check of a release refuses what the others let through', () => {
  const release = released({ kind: 'sum', side: 'right', element: 'rent', levels: 4 })
  assert.equal(checkJoinRelease(release), undefined)
  for (const [at, broken] of breaks.entries()) {
    const content = broken(release)
    assert.notEqual(checkJoinRelease(content), undefined, `check ${at}`)
    const others = joinReleaseChecks.filter((_, place) => place !== at)
    assert.equal(checkJoinRelease(content, others), undefined, `without check ${at}`)
  }
  assert.equal(breaks.length, joinReleaseChecks.length)
})

test('a certificate says what was agreed, charged and not prevented, in words that are fixed', () => {
  const { certificate, plan } = released({ kind: 'count' })
  assert.deepEqual(certificate.holders, ['tax', 'labour'])
  assert.equal(certificate.tally, plan.tally)
  assert.equal(certificate.inspector, 'ombudsman')
  assert.equal(certificate.collusion, 'holder-with-tally')
  assert.equal(certificate.charged, 'for-good')
  assert.equal(certificate.microEpsilon, 500_000)
  assert.equal(certificate.deltaUnits, 300_000_000)
  const silent: JsonObject = joinReleaseJson(released({ kind: 'count' }))
  const { collusion: _collusion, ...rest } = silent['certificate'] as JsonObject
  assert.throws(() => asJoinRelease({ ...silent, certificate: rest }), {
    code: 'RELEASE_MALFORMED',
  })
})
