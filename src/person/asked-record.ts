import { encodeBase64 } from '../bytes/index.ts'
import { type QuestionCore, questionDigest } from '../protocol/index.ts'
import type { KnownAgreement } from './question-facts.ts'
import type { AskedRecordPart } from './writer.ts'

/** The part of the consumer's records that is known before the question leaves. */
export function askedRecordPart(
  core: QuestionCore,
  known: KnownAgreement,
  consumer: string,
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
    notice: 'immediate',
    questionDigest: encodeBase64(questionDigest(core)),
  }
}
