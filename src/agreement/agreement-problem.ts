import { englishOf, type HolesOf, type Said } from '../sentences/index.ts'
import type { AgreementErrorCode } from './agreement-error.ts'
import { problemSentences } from './problem-sentences.ts'

/** Key of a sentence about what is wrong with an agreement. */
export type ProblemSentence = keyof typeof problemSentences

/** One thing that is wrong with an agreement, and where. */
export interface AgreementProblem {
  readonly code: AgreementErrorCode
  /** Member names and array positions from the root, joined by dots; empty for the whole. */
  readonly path: string
  /** One sentence for the person who wrote the agreement, in English. */
  readonly message: string
  /** The same in no language. */
  readonly said: Said<ProblemSentence>
}

/** What is wrong at the member `path`. */
export function problem<Id extends ProblemSentence>(
  code: AgreementErrorCode,
  path: string,
  id: Id,
  values: HolesOf<(typeof problemSentences)[Id]>,
): AgreementProblem {
  const said: Said<ProblemSentence> = { id, values }
  return { code, path, message: englishOf(problemSentences, said), said }
}
