import type { AboutPersons } from '../agreement/index.ts'
import { decodeBase64 } from '../bytes/index.ts'
import { type QuestionCore, readCaseToken } from '../protocol/index.ts'
import { isBystander } from './bystander.ts'
import type { ConsumerDeps } from './consumer-deps.ts'
import type { TraceFacts } from './trace/index.ts'

/** What the case source says in its token that denies nothing. */
export type CaseWord = Pick<TraceFacts, 'kin' | 'idle'> & {
  /** Whether the person appears in another person's case. */
  readonly bystander: boolean
}

/**
 * The own case source's word, read as the provider reads it: of a token that is not good nothing is believed, and
 * whether it is good is the provider's to say.
 */
export async function readCaseWord(
  core: Pick<QuestionCore, 'case' | 'subject'>,
  agreement: AboutPersons,
  { clock, ed25519 }: ConsumerDeps,
): Promise<CaseWord> {
  // An emergency has no case.
  if (agreement.kind === 'emergency') return { kin: null, idle: null, bystander: false }
  const { name, publicKey } = agreement.caseRule.issuer
  const read = await readCaseToken(core.case.token, {
    issuer: name,
    publicKey: decodeBase64(publicKey),
    audience: agreement.provider,
    nowMs: clock.now(),
    ed25519,
  })
  const claims = read.state === 'valid' ? read.claims : undefined
  return {
    kin: claims?.kin ?? null,
    idle: claims?.idle ?? null,
    bystander: isBystander(read, core),
  }
}
