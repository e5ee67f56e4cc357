import type { AbuseKind, CheatKind, CheatResult, StepOutcome } from '../../web/index.ts'
import { fixturePeople } from './fixture-people.ts'

/** Who notices what, as in the demo. */
const restored: CheatResult = {
  steps: [],
  restored: [
    { parts: ['state'], noticedBy: 'head' },
    { parts: ['head'], noticedBy: 'state' },
    { parts: ['folder'], noticedBy: 'memory' },
    { parts: ['state', 'head'], noticedBy: 'folder' },
    { parts: ['state', 'folder'], noticedBy: 'head' },
    { parts: ['head', 'folder'], noticedBy: 'state' },
    { parts: ['state', 'head', 'folder'], noticedBy: 'witness' },
  ],
  stoppedBy: 'LOG_REGRESSED',
  entry: null,
}

type Replies = Extract<StepOutcome, { kind: 'replies' }>['replies']

function step(...replies: Replies): CheatResult['steps'][number] {
  const what = { en: 'Try it', fr: 'Essayer', es: 'Intentarlo' }
  return { what, outcome: { kind: 'replies', replies } }
}

const once = (code: string, entry?: number): Replies[number] => ({
  code,
  times: 1,
  ...(entry !== undefined && { entry: { organisation: 'tax', index: entry } }),
})

/** Steps that tax refuses, the last of them for good. */
function refused(stoppedBy: string, ...steps: CheatResult['steps']): CheatResult {
  const victim = fixturePeople[0]?.name ?? ''
  return {
    victim,
    steps,
    stoppedBy,
    entry: { organisation: 'tax', index: 1206, kind: 'person.denied' },
  }
}

const flipped: CheatResult['steps'] = [
  {
    what: {
      en: 'Verify a copy as it was published',
      fr: 'Vérifier une copie telle que publiée',
      es: 'Verificar una copia tal como se publicó',
    },
    outcome: { kind: 'verified' },
  },
  {
    what: { en: 'Flip one bit', fr: 'Inverser un bit', es: 'Invertir un bit' },
    outcome: {
      kind: 'log-problem',
      problem: { code: 'ENTRY_WRONG', file: 'tile/entries/000.p/12', entry: 11 },
    },
  },
]

/** What the fixture's attempts to cheat come to: each outcome that the demo's may have. */
export function fixtureCheat(kind: CheatKind): CheatResult {
  switch (kind) {
    case 'enumerate':
      return refused(
        'CAP_EXCEEDED',
        step({ code: 'SUBJECT_NOT_PARTY', times: 6 }),
        step({ code: 'permit', times: 12 }),
        step({ ...once('CAP_EXCEEDED'), cap: 'perSubjectPer30Days' }),
      )
    case 'edit-log':
      return {
        steps: flipped,
        stoppedBy: 'ENTRY_WRONG',
        entry: null,
        detail: {
          en: 'Anybody who reads the log finds it at once; the agency cannot sign a log without it.',
          fr: 'Quiconque lit le journal le trouve aussitôt.',
          es: 'Quien lea el diario lo encuentra enseguida.',
        },
      }
    case 'restore':
      return restored
    case 'spend-twice':
      return refused(
        'BUDGET_SPENT',
        step(once('permit'), { code: 'BUDGET_SPENT', times: 5 }),
        step(once('BUDGET_SPENT')),
      )
    case 'other-purpose':
      return refused(
        'PURPOSE_MISMATCH',
        step(once('ELEMENT_NOT_AGREED', 40)),
        step(once('PURPOSE_MISMATCH', 41)),
      )
    case 'no-case':
      return refused(
        'CASE_REQUIRED',
        step({
          ...once('CASE_REQUIRED'),
          entry: { organisation: 'housing', index: 5 },
        }),
        step(once('CASE_REQUIRED', 1205)),
      )
  }
}

/** What replaying a documented abuse comes to in the fixture. */
export function fixtureReplay(kind: AbuseKind): CheatResult {
  switch (kind) {
    case 'addresses':
      return refused(
        'MALFORMED',
        step(once('MALFORMED')),
        step(once('CONSENT_MISSING')),
        step({ code: 'SUBJECT_NOT_PARTY', times: 6 }),
      )
    case 'victim':
      return refused(
        'CAP_EXCEEDED',
        step({ code: 'OFFICIAL_NOT_ASSIGNED', times: 2 }),
        step({ code: 'permit', times: 3 }, once('CAP_EXCEEDED')),
        {
          what: { en: 'Entries', fr: 'Entrées', es: 'Entradas' },
          outcome: { kind: 'entries', count: 6 },
        },
      )
    case 'years':
      return refused(
        'CASE_REQUIRED',
        step({ code: 'SUBJECT_NOT_PARTY', times: 12 }),
        step(once('CASE_REQUIRED')),
      )
    case 'sold':
      return refused(
        'MALFORMED',
        step(once('MALFORMED')),
        step({ code: 'NOT_FOUND', times: 3 }),
        step(once('MALFORMED')),
      )
    case 'copied':
      return {
        ...refused('ENTRY_WRONG', step(once('CASE_REQUIRED')), ...flipped),
        entry: { organisation: 'inspector', index: 77, kind: 'signal.tampering' },
      }
    case 'shared':
      return refused(
        'PRECONDITION_FAILED',
        step(once('OFFICIAL_UNKNOWN')),
        step(once('PRECONDITION_FAILED')),
      )
  }
}
