import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { JsonObject } from '../bytes/index.ts'
import { englishOf } from '../sentences/index.ts'
import { samplePersonAgreement } from '../testing/index.ts'
import { AgreementError } from './agreement-error.ts'
import type { AgreementProblem } from './agreement-problem.ts'
import { compileAgreement } from './parse-agreement.ts'
import { problemSentences } from './problem-sentences.ts'

function problemsWith(change: JsonObject): readonly AgreementProblem[] {
  try {
    compileAgreement({ ...samplePersonAgreement(), ...change })
  } catch (cause) {
    if (cause instanceof AgreementError) return cause.problems
    throw cause
  }
  return []
}

const digest = 'AAAA'

for (const [change, path, said] of [
  [{ id: 'A' }, 'id', { id: 'problemSays.agreement-id', values: {} }],
  [{ version: 'two' }, 'version', { id: 'problemSays.whole-number', values: {} }],
  [{ version: 0 }, 'version', { id: 'problemSays.least', values: { least: 1 } }],
  [{ justification: 7 }, 'justification', { id: 'problemSays.missing', values: {} }],
  [{ justification: '' }, 'justification', { id: 'problemSays.empty', values: {} }],
  [
    { justification: 'x'.repeat(2001) },
    'justification',
    { id: 'problemSays.long', values: { most: 2000 } },
  ],
  [
    { retention: { days: 5000, disposal: 'delete' } },
    'retention.days',
    { id: 'problemSays.most', values: { most: 3660 } },
  ],
  [
    { retention: { days: 5, disposal: 'burn' } },
    'retention.disposal',
    { id: 'problemSays.value', values: {} },
  ],
  [{ purpose: 'finding' }, 'purpose', { id: 'problemSays.purpose', values: {} }],
  [{ more: 1 }, '', { id: 'problemSays.unknown-keys', values: { keys: 'more' } }],
  [
    { supersedes: { id: 'old-one', version: 1, digest } },
    'supersedes.digest',
    { id: 'problemSays.base64', values: { bytes: 32 } },
  ],
  [{ contest: { days: -1 } }, 'contest.days', { id: 'problemSays.least', values: { least: 0 } }],
] as const) {
  test(`what the schema finds at "${path}" is said in no language: ${said.id}`, () => {
    const [found] = problemsWith(change)
    assert.deepEqual([found?.path, found?.said], [path, said])
  })
}

test('what a rule finds keeps its code, its sentence and what fills it', () => {
  const [found] = problemsWith({
    caps: { ...samplePersonAgreement().caps, subjectsPerCase: 99 },
  })
  assert.ok(found !== undefined)
  assert.deepEqual(
    [found.code, found.path, found.said],
    ['RULE_CAPS', 'caps.subjectsPerCase', { id: 'problemSays.ceiling', values: { most: 6 } }],
  )
  assert.equal(found.message, englishOf(problemSentences, found.said))
})
