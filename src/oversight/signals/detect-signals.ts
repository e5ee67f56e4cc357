import type { DayCount, QuestionTrace } from '../../person/index.ts'
import { crowdedSubjects, sweptBounds } from './detect/crowded-counts.ts'
import { kinQuestions } from './detect/kinship.ts'
import { type DesignMemory, newSubjectRates } from './detect/new-subjects.ts'
import { sequentialIdentifiers } from './detect/sequential-identifiers.ts'
import { idleCases, overlappingAgreements, sweptElements } from './detect/shares.ts'
import { sweptSubjects } from './detect/swept-subjects.ts'
import type { Finding, SignalKind } from './finding.ts'

/** What a run of the detectors is made on. */
export interface SignalFacts {
  /** Of the window, newest first. */
  readonly traces: readonly QuestionTrace[]
  /** Of all days that are over and kept. */
  readonly counts: readonly DayCount[]
  /** The day of the run. */
  readonly today: number
}

/** One detector: pure, and by itself. */
export type Detector = (facts: SignalFacts) => readonly Finding[]

/** All detectors by the kind that they find. `memory` is what runs after another need not compute again. */
export function signalDetectors(
  memory: DesignMemory = { designs: new Map() },
): Readonly<Record<SignalKind, Detector>> {
  return {
    sequential: ({ traces }) => sequentialIdentifiers(traces),
    bounds: ({ traces }) => [...sweptBounds(traces), ...sweptSubjects(traces)],
    sweep: ({ traces }) => sweptElements(traces),
    'new-subjects': ({ counts, traces, today }) =>
      newSubjectRates(counts, traces, { today, memory }),
    crowd: ({ traces }) => crowdedSubjects(traces),
    kin: ({ traces }) => kinQuestions(traces),
    idle: ({ traces }) => idleCases(traces),
    overlap: ({ traces }) => overlappingAgreements(traces),
  }
}
