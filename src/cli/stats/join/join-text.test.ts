import assert from 'node:assert/strict'
import { test } from 'node:test'
import { joinReleaseJson, makeJoinRelease } from '../../../population/index.ts'
import { UniformDraws } from '../../../crypto/index.ts'
import { sampleJoinReleaseParts } from '../../../testing/join/index.ts'
import { seededRandom } from '../../../testing/simulator/index.ts'
import { joinViewSchema, type JoinViewAnswer } from './join-answers.ts'
import { legsText, progressText, viewText } from './join-outcome.ts'

const draws = new UniformDraws(seededRandom('join text'))
const head = {
  qid: '00112233445566778899aabbccddeeff',
  begunMs: 1_800_000_000_000,
  place: { origin: 'housing.localhost/log', index: 7 },
}

test('a table over two registers is shown with its price, its parties, and what they could do together', () => {
  const parts = sampleJoinReleaseParts(
    { measure: { kind: 'mean', side: 'left', element: 'age', levels: 4 } },
    (part) => (part === 'people' ? 2_000 : 4_000),
    draws,
  )
  const release = joinReleaseJson(makeJoinRelease(parts))
  const text = viewText(joinViewSchema.parse({ ...head, state: 'released', release }))
  assert.match(text, /^district +need +statistic +value +from +to +level\n/)
  assert.match(text, /north +none +mean +\d+\.\d{4}/)
  assert.match(text, /Each of tax and labour was charged an epsilon of 0\.5 .* for good/)
  assert.match(text, /tax and housing together could mark the people of tax/)
  assert.match(text, /labour and housing together could do the same/)
  assert.match(text, /ombudsman may open 64 rows/)
  assert.match(
    text,
    /not errors of the registers, people who are not in both, people whom a holder/,
  )
})

test('a release that is not what its plan gives is not shown', () => {
  const parts = sampleJoinReleaseParts({}, () => 500, draws)
  const release = joinReleaseJson(makeJoinRelease(parts))
  const view = joinViewSchema.parse({
    ...head,
    state: 'released',
    release: { ...release, cells: [] },
  })
  assert.throws(() => viewText(view), { code: 'RELEASE_MALFORMED' })
})

test('a run says its last leg, its share and what is left of it, and what stopped it', () => {
  const running: JoinViewAnswer = {
    ...head,
    state: 'running',
    progress: {
      legs: [
        { kind: 'M1', side: 'left', atMs: 1_800_000_001_000 },
        { kind: 'M4', side: null, atMs: 1_800_000_002_000 },
      ],
      done: 1,
      total: 3,
      remainingMs: 2_500,
    },
  }
  assert.equal(progressText(running), 'M4 tally: the places to open; 33 %, about 3 s left')
  assert.equal(legsText(running).split('\n').length, 3)
  const stopped = viewText({ ...head, state: 'stopped', code: 'OPENING_INVALID' })
  assert.match(stopped, /stopped with OPENING_INVALID; both holders stay charged/)
})
