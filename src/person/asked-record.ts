import type { NoticeTime } from '../agreement/index.ts'
import { encodeBase64 } from '../bytes/index.ts'
import { type QuestionCore, questionDigest } from '../protocol/index.ts'
import type { KnownAgreement } from './question-facts.ts'
import type { AskedRecordPart } from './writer.ts'

/** The part of the consumer's records that is known before the question leaves. */
export function askedRecordPart(
  core: QuestionCore,
  known: KnownAgreement,
  {
    consumer,
    notice: { notice, noticeUntilMs },
  }: { readonly consumer: string; readonly notice: NoticeTime },
): AskedRecordPart {
  const { agreement, digest } = known
  return {
    exchangeId: core.exchangeId,
    consumer,
    provider: agreement.provider,
    agreement: { id: agreement.id, version: agreement.version, digest },
    purpose: core.purpose,
    legalBasis: core.legalBasis,
    elements: core.elements,
    official: core.official.pseudonym,
    notice,
    noticeUntilMs,
    questionDigest: encodeBase64(questionDigest(core)),
  }
}
