import assert from 'node:assert/strict'
import { test } from 'node:test'
import { joinReleaseJson, makeJoinRelease } from '../../../population/index.ts'
import { UniformDraws } from '../../../crypto/index.ts'
import { sampleJoinProof, sampleJoinReleaseParts } from '../../../testing/join/index.ts'
import { seededRandom } from '../../../testing/simulator/index.ts'
import type { CliIo } from '../../cli-io.ts'
import { joinViewSchema, type JoinViewAnswer } from './join-answers.ts'
import { legsText, progressText, viewExit, viewText } from './join-outcome.ts'

const silentIo: CliIo = {
  stdout: () => undefined,
  stderr: () => undefined,
  isTty: false,
  env: {},
  now: () => 0,
  exit: () => undefined,
}
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
  const made = makeJoinRelease(parts)
  const view = { ...head, state: 'released', release: joinReleaseJson(made) }
  const text = viewText(joinViewSchema.parse({ ...view, proof: sampleJoinProof(made) }))
  assert.match(text, /^district +need +statistic +value +from +to +level\n/)
  assert.match(text, /north +none +mean +\d+\.\d{4}/)
  assert.match(text, /Each of tax and labour was charged an epsilon of 0\.5 .* for good/)
  assert.match(text, /tax and housing together could mark the people of tax/)
  assert.match(text, /labour and housing together could do the same/)
  assert.match(text, /ombudsman may open 64 rows/)
  assert.match(text, / {2}tax: tax\/gateway\/[0-9a-f]{8}, signed\n/)
  assert.match(text, /Nobody signs numbers\. .* It is the one that both holders were sent/)
  assert.match(
    text,
    /not errors of the registers, people who are not in both, people whom a holder/,
  )
})

test('a table that a signature or the log speaks against is not shown; what cannot be told is a warning', () => {
  const made = makeJoinRelease(sampleJoinReleaseParts({}, () => 500, draws))
  const viewOf = (change: Parameters<typeof sampleJoinProof>[1]): JoinViewAnswer =>
    joinViewSchema.parse({
      ...head,
      state: 'released',
      release: joinReleaseJson(made),
      proof: sampleJoinProof(made, change),
    })
  const refuted = { name: 'RefutedRelease' }
  const said: string[] = []
  const io = { ...silentIo, stderr: (text: string) => void said.push(text) }
  for (const [change, code] of [
    [{ signer: 'invalid' }, 'JOIN_SIGNATURE_INVALID'],
    [{ table: 'changed' }, 'JOIN_TABLE_CHANGED'],
  ] as const) {
    assert.throws(() => viewText(viewOf(change)), { ...refuted, codes: [code] })
    assert.throws(() => viewExit(viewOf(change), io), refuted)
  }
  assert.deepEqual(said, [])
  for (const [signer, code] of [
    ['unknown', 'JOIN_SIGNER_UNKNOWN'],
    ['revoked', 'JOIN_SIGNER_REVOKED'],
  ] as const) {
    assert.equal(viewExit(viewOf({ signer }), io), 0)
    assert.equal(said.pop(), `The certificate is not borne out: ${code}.\n`)
    assert.match(viewText(viewOf({ signer })), signer === 'unknown' ? /cannot be told/ : /revoked/)
  }
  const { proof: _proof, ...older } = { ...viewOf({}), proof: undefined }
  assert.throws(() => viewText(joinViewSchema.parse(older)), { name: 'UsageError' })
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
  const stoppedBy = { by: 'social', blames: 'tax', digests: ['ab'.repeat(32)] }
  const end = { ...head, state: 'stopped', code: 'OPENING_INVALID' } as const
  const stopped = viewText({ ...end, stop: stoppedBy })
  assert.match(stopped, /stopped with OPENING_INVALID; both holders stay charged/)
  assert.match(stopped, /social blames tax\. .*\n  sha256 (ab){32}\n/)
  assert.match(
    viewText({ ...end, stop: { by: 'tax', blames: null, digests: [] } }),
    /tax stopped it and blames nobody/,
  )
  assert.doesNotMatch(viewText({ ...end, stop: null }), /blames/)
})
