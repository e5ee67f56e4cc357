import type { AboutPersons } from '../agreement/index.ts'
import { decodeBase64 } from '../bytes/index.ts'
import { type QuestionCore, readCaseToken } from '../protocol/index.ts'
import type { ConsumerDeps } from './consumer-deps.ts'
import { caseHandle } from './handles.ts'
import { questionBounds } from './question-bounds.ts'
import { neighbourDigests, type TraceFacts } from './trace/index.ts'

/** What the case source says in its token that denies nothing. */
type CaseWord = Pick<TraceFacts, 'kin' | 'idle'>

/**
 * Read as the provider reads it; of a token that is not good nothing is believed, and whether it is good is
 * the provider's to say.
 */
async function readCaseWord(
  { case: { token } }: QuestionCore,
  agreement: AboutPersons,
  { clock, ed25519 }: ConsumerDeps,
): Promise<CaseWord> {
  // An emergency has no case.
  if (agreement.kind === 'emergency') return { kin: null, idle: null }
  const { name, publicKey } = agreement.caseRule.issuer
  const read = await readCaseToken(token, {
    issuer: name,
    publicKey: decodeBase64(publicKey),
    audience: agreement.provider,
    nowMs: clock.now(),
    ed25519,
  })
  const claims = read.state === 'valid' ? read.claims : undefined
  return { kin: claims?.kin ?? null, idle: claims?.idle ?? null }
}

/** The consumer's trace of what it asks, with the own case source's word on official and case. */
export async function askedTrace(
  core: QuestionCore,
  agreement: AboutPersons,
  deps: ConsumerDeps,
): Promise<TraceFacts> {
  const { organisation, pseudonymKey, subjects } = deps
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
    ...(await readCaseWord(core, agreement, deps)),
  }
}
