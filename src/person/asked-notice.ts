import { isAboutPersons, noticeUnder, type NoticeTime } from '../agreement/index.ts'
import type { QuestionCore } from '../protocol/index.ts'
import type { ConsumerDeps } from './consumer-deps.ts'
import type { KnownAgreement } from './question-facts.ts'

/** The notice of the consumer's own entries about a question: what the person would otherwise see there. */
export interface AskedNotice extends NoticeTime {
  /** Whether the agreement withholds the notice at that time, and no order is here that allows it. */
  readonly isUnauthorised: boolean
}

/**
 * The notice of a question as of when it was made, by the orders that this organisation has got: the same
 * for "asked" and for "received", however much later that is.
 */
export async function askedNotice(
  { createdAtMs }: Pick<QuestionCore, 'createdAtMs'>,
  { agreement, digest }: KnownAgreement,
  { reader }: Pick<ConsumerDeps, 'reader'>,
): Promise<AskedNotice> {
  if (!isAboutPersons(agreement) || agreement.notice.kind === 'immediate')
    return { notice: 'immediate', noticeUntilMs: null, isUnauthorised: false }
  const secrecyUntilMs = await reader.secrecyUntil(digest, createdAtMs)
  const isDue = createdAtMs < agreement.notice.untilMs
  return {
    ...noticeUnder(agreement, secrecyUntilMs, createdAtMs),
    isUnauthorised: isDue && secrecyUntilMs === null,
  }
}
