import type { z } from 'zod'
import type { Said } from '../sentences/index.ts'
import type { AgreementErrorCode } from './agreement-error.ts'
import { type AgreementProblem, type ProblemSentence, problem } from './agreement-problem.ts'
import { problemSentences } from './problem-sentences.ts'

type Issue = z.core.$ZodIssue

const wholeSentences = new Map<string, ProblemSentence>()
for (const [id, text] of Object.entries(problemSentences))
  if (isSentence(id)) wholeSentences.set(text, id)

function isSentence(id: string): id is ProblemSentence {
  return Object.hasOwn(problemSentences, id)
}

function codeOf(issue: Issue): AgreementErrorCode {
  if (issue.code === 'unrecognized_keys') return 'UNKNOWN_KEY'
  return issue.path.length === 1 && issue.path[0] === 'purpose'
    ? 'PURPOSE_UNKNOWN'
    : 'FIELD_INVALID'
}

function said(id: ProblemSentence, values: Said['values'] = {}): Said<ProblemSentence> {
  return { id, values }
}

function tooSmall({ origin, minimum }: z.core.$ZodIssueTooSmall): Said<ProblemSentence> {
  if (origin === 'string' || origin === 'array') return said('problemSays.empty')
  return said('problemSays.least', { least: Number(minimum) })
}

function tooBig({ origin, maximum }: z.core.$ZodIssueTooBig): Said<ProblemSentence> {
  const isLength = origin === 'string' || origin === 'array'
  return said(isLength ? 'problemSays.long' : 'problemSays.most', { most: Number(maximum) })
}

/** The schema's one own check is of bytes in base64, and says how many. */
function notBytes({ params }: z.core.$ZodIssueCustom): Said<ProblemSentence> {
  const bytes: unknown = params?.['bytes']
  return typeof bytes === 'number'
    ? said('problemSays.base64', { bytes })
    : said('problemSays.form')
}

/** What is said of everything that needs no more than its kind. */
const kindSentences = {
  invalid_value: 'problemSays.value',
  invalid_union: 'problemSays.value',
  invalid_format: 'problemSays.form',
  not_multiple_of: 'problemSays.form',
  invalid_key: 'problemSays.form',
  invalid_element: 'problemSays.form',
} as const

function isPlain(issue: Issue): issue is Extract<Issue, { code: keyof typeof kindSentences }> {
  return Object.hasOwn(kindSentences, issue.code)
}

function wrongType({ expected }: z.core.$ZodIssueInvalidType): Said<ProblemSentence> {
  const isNumber = expected === 'number' || expected === 'int'
  return said(isNumber ? 'problemSays.whole-number' : 'problemSays.missing')
}

/** What the schema found, in no language: its own sentence where it has one, else what kind of thing is wrong. */
function saidOf(issue: Issue): Said<ProblemSentence> {
  const own = wholeSentences.get(issue.message)
  if (own !== undefined) return said(own)
  if (isPlain(issue)) return said(kindSentences[issue.code])
  switch (issue.code) {
    case 'unrecognized_keys':
      return said('problemSays.unknown-keys', { keys: issue.keys.join(', ').slice(0, 80) })
    case 'invalid_type':
      return wrongType(issue)
    case 'too_small':
      return tooSmall(issue)
    case 'too_big':
      return tooBig(issue)
    case 'custom':
      return notBytes(issue)
  }
}

/** A rule's problem that the schema handed on. */
function handedOn(issue: Issue): AgreementProblem | undefined {
  const rule: unknown = issue.code === 'custom' ? issue.params?.['problem'] : undefined
  return isProblem(rule) ? rule : undefined
}

function isProblem(rule: unknown): rule is AgreementProblem {
  return typeof rule === 'object' && rule !== null && 'said' in rule
}

/** A problem that the closed schema found, or that a rule found behind it. */
export function issueProblem(issue: Issue): AgreementProblem {
  const path = issue.path.join('.')
  const { message } = issue
  return handedOn(issue) ?? { code: codeOf(issue), path, message, said: saidOf(issue) }
}

/** For a schema that refuses and says nothing. */
export const noAgreement: AgreementProblem = problem(
  'FIELD_INVALID',
  '',
  'problemSays.no-agreement',
  {},
)
