import type { AbuseKind, CheatKind, CheatResult } from '../../web/index.ts'

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

/** One step, and an entry at tax. */
function plain(outcome: string, stoppedBy: string): CheatResult {
  return {
    steps: [{ what: { en: 'Try it' }, outcome }],
    stoppedBy,
    entry: { organisation: 'tax', index: 1206, kind: 'person.denied' },
  }
}

/** What the fixture's attempts to cheat come to. */
export function fixtureCheat(kind: CheatKind): CheatResult {
  switch (kind) {
    case 'enumerate':
      return {
        steps: [
          {
            what: {
              en: 'Ask about stranger 1 in a case of one’s own',
              fr: 'Interroger sur l’inconnu 1 dans un de ses dossiers',
              es: 'Preguntar por el desconocido 1 en un expediente propio',
            },
            outcome: 'SUBJECT_NOT_PARTY ×6',
          },
          { what: { en: 'Ask about the one allowed person, time 1' }, outcome: 'permit' },
          {
            what: { en: 'Ask about the one allowed person, time 13' },
            outcome: 'CAP_EXCEEDED (perSubjectPer30Days)',
          },
        ],
        stoppedBy: 'CAP_EXCEEDED',
        entry: { organisation: 'tax', index: 1204, kind: 'person.denied' },
      }
    case 'edit-log':
      return {
        steps: [
          {
            what: { en: 'Change one byte of entry 12 in the published log of the tax agency' },
            outcome: 'An entry is not the one that the log committed to.',
          },
        ],
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
      return plain('permit ×1, BUDGET_SPENT ×5', 'BUDGET_SPENT')
    case 'other-purpose':
      return plain('PURPOSE_MISMATCH', 'PURPOSE_MISMATCH')
    case 'no-case':
      return {
        steps: [{ what: { en: 'Ask without a case' }, outcome: 'CASE_REQUIRED' }],
        stoppedBy: 'CASE_REQUIRED',
        entry: { organisation: 'tax', index: 1205, kind: 'person.denied' },
      }
  }
}

/** What replaying a documented abuse comes to in the fixture. */
export function fixtureReplay(kind: AbuseKind): CheatResult {
  return {
    steps: [{ what: { en: `Do as in the case of ${kind}` }, outcome: 'SUBJECT_NOT_PARTY ×12' }],
    stoppedBy: 'SUBJECT_NOT_PARTY',
    entry: { organisation: 'housing', index: 77, kind: 'person.denied' },
  }
}
