import type { z } from 'zod'

import { directoryRecordSchema } from '../directory/index.ts'
import { caseTokenClaimsSchema } from '../tokens/case-token.ts'
import { consentTokenClaimsSchema } from '../tokens/consent-token.ts'
import { secrecyOrderClaimsSchema } from '../tokens/secrecy-order.ts'
import { consentAnswerSchema, consentRequestSchema } from './consent-request.ts'
import { consistencyAnswerSchema } from './consistency-answer.ts'
import { correctionMessageSchema, correctionReceiptSchema } from './correction.ts'
import { personAnswerSchema } from './person-answer.ts'
import { personDenialSchema, problemSchema } from './person-denial.ts'
import { personQuestionSchema } from './person-question.ts'

/**
 * Every message that this protocol has, by name. What is not here cannot be sent or read; tests walk
 * it to show that no message holds more than one subject, or a criterion to find subjects by.
 */
export const messageSchemas: Readonly<Record<string, z.ZodType>> = {
  personQuestion: personQuestionSchema,
  personAnswer: personAnswerSchema,
  personDenial: personDenialSchema,
  problem: problemSchema,
  consistencyAnswer: consistencyAnswerSchema,
  consentRequest: consentRequestSchema,
  consentAnswer: consentAnswerSchema,
  correctionMessage: correctionMessageSchema,
  correctionReceipt: correctionReceiptSchema,
  directoryRecord: directoryRecordSchema,
  caseTokenClaims: caseTokenClaimsSchema,
  consentTokenClaims: consentTokenClaimsSchema,
  secrecyOrderClaims: secrecyOrderClaimsSchema,
}
