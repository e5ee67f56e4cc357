import type { AboutPersons } from '../agreement/index.ts'
import type { QuestionCore } from '../protocol/index.ts'
import type { CaseWord } from './case-word.ts'
import type { ConsumerDeps } from './consumer-deps.ts'
import { caseHandle } from './handles.ts'
import { questionBounds } from './question-bounds.ts'
import { neighbourDigests, type TraceFacts } from './trace/index.ts'

/** The consumer's trace of what it asks, with the own case source's word on official and case. */
export function askedTrace(
  core: QuestionCore,
  { agreement, word }: { readonly agreement: AboutPersons; readonly word: CaseWord },
  { organisation, pseudonymKey, subjects }: ConsumerDeps,
): TraceFacts {
  const { subject, elements, supplied } = core
  const asked = { elements, ...(supplied !== undefined && { supplied }) }
  return {
    side: 'consumer',
    consumer: organisation,
    provider: agreement.provider,
    agreement: agreement.id,
    official: core.official.pseudonym,
    subject: subjects.handleOf(subject),
    caseHandle: caseHandle(pseudonymKey, organisation, core.case.reference),
    elements,
    bounds: questionBounds(asked, agreement, pseudonymKey),
    near: neighbourDigests(pseudonymKey, subject),
    kin: word.kin,
    idle: word.idle,
  }
}
