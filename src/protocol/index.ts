export { ProtocolError } from './protocol-error.ts'
export type { ProtocolErrorCode } from './protocol-error.ts'
export { organisationIdSchema, parseOrganisationId } from './organisation-id.ts'
export type { OrganisationId } from './organisation-id.ts'
export { exchangeIdSchema, makeExchangeId, parseExchangeId } from './exchange-id.ts'
export type { ExchangeId } from './exchange-id.ts'
export { gatewayKeyId, organisationOfKeyId } from './gateway-key-id.ts'
export { identifierOrder, makeDemoNin, readSubjectIdentifier } from './subject-identifier.ts'
export type { IdentifierVerdict } from './subject-identifier.ts'
export { problemCodes, problemOf, problemType } from './problem.ts'
export type { Problem, ProblemCode } from './problem.ts'

export { checkContentDigest, contentDigest } from './signatures/content-digest.ts'
export type { DigestVerdict } from './signatures/content-digest.ts'
export type {
  MessageHeaders,
  RequestHead,
  SignedRequest,
  SignedResponse,
} from './signatures/signed-message.ts'
export { signRequest, signRequestHead, signResponse } from './signatures/sign-message.ts'
export type {
  SignatureKey,
  SigningOptions,
  UnsignedRequest,
  UnsignedRequestHead,
  UnsignedResponse,
} from './signatures/sign-message.ts'
export {
  CREATED_WINDOW_SECONDS,
  EXPIRY_GRACE_SECONDS,
  verifyRequest,
  verifyRequestHead,
  verifyResponse,
} from './signatures/verify-message.ts'
export type {
  SignatureRefusal,
  SignatureVerdict,
  VerifiedHead,
  VerifiedSignature,
  VerifyingOptions,
} from './signatures/verify-message.ts'
export { MAX_TTL_SECONDS } from './signatures/signature-profile.ts'

export { ELEMENT_NAME, MAX_ELEMENTS } from './messages/bounded-values.ts'
export {
  parsePersonQuestion,
  personQuestionSchema,
  subjectSchema,
  suppliedSchema,
} from './messages/person-question.ts'
export type {
  AskedReceipt,
  AuthenticatedOfficial,
  CaseReference,
  PersonQuestion,
  SubjectReference,
  SuppliedValue,
} from './messages/person-question.ts'
export {
  answerPadding,
  isSendable,
  parsePersonAnswer,
  personAnswerSchema,
} from './messages/person-answer.ts'
export type { Obligations, PersonAnswer, QuestionResult } from './messages/person-answer.ts'
export {
  parsePersonDenial,
  parseProblem,
  personDenialSchema,
  problemSchema,
} from './messages/person-denial.ts'
export type { PersonDenial } from './messages/person-denial.ts'
export { loggedEntryShape } from './messages/opening.ts'
export type { LoggedEntry, Opening } from './messages/opening.ts'
export {
  consentAnswerSchema,
  consentRequestSchema,
  parseConsentAnswer,
  parseConsentRequest,
} from './messages/consent-request.ts'
export type { ConsentAnswer, ConsentRequest, ConsentState } from './messages/consent-request.ts'
export { consistencyAnswerSchema, parseConsistencyAnswer } from './messages/consistency-answer.ts'
export type { ConsistencyAnswer } from './messages/consistency-answer.ts'
export {
  correctionMessageSchema,
  correctionReceiptSchema,
  parseCorrectionMessage,
  parseCorrectionReceipt,
} from './messages/correction.ts'
export type { CorrectionMessage, CorrectionReceipt } from './messages/correction.ts'
export {
  caseDigest,
  consentDigest,
  questionCore,
  questionDigest,
  resultDigest,
} from './messages/message-digests.ts'
export type { DigestedQuestion, QuestionCore } from './messages/message-digests.ts'
export { messageSchemas } from './messages/message-schemas.ts'

export { caseTokenClaimsSchema, readCaseToken, signCaseToken } from './tokens/case-token.ts'
export type { CaseTokenClaims } from './tokens/case-token.ts'
export {
  readSecrecyOrderToken,
  secrecyOrderClaimsSchema,
  signSecrecyOrder,
} from './tokens/secrecy-order.ts'
export type { SecrecyOrderClaims } from './tokens/secrecy-order.ts'
export {
  consentTokenClaimsSchema,
  readConsentToken,
  signConsentToken,
} from './tokens/consent-token.ts'
export type { ConsentTokenClaims } from './tokens/consent-token.ts'
export { MAX_TOKEN_SECONDS } from './tokens/signed-token.ts'
export type { TokenClaims, TokenExpectation, TokenState } from './tokens/signed-token.ts'

export {
  currentKeys,
  defaultDirectoryLocks,
  directoryDigest,
  directoryKeyId,
  directoryRecordSchema,
  directoryStanding,
  keysAt,
  type PastKey,
  effectiveRecords,
  isGatewayUrl,
  isLoopbackHost,
  isRecoveryGood,
  isSignedByItsRoot,
  judgeDirectoryRecord,
  keyUses,
  longestValidityMs,
  namedUses,
  organisationOfRecord,
  parseDirectoryRecord,
  rootFingerprint,
  signDirectoryRecord,
  signRecovery,
  signSuccession,
} from './directory/index.ts'
export type {
  AcceptedRecord,
  DirectoryJudgement,
  DirectoryKey,
  DirectoryLocks,
  DirectoryRecord,
  DirectoryRefusal,
  DirectoryStanding,
  DirectoryVerdict,
  KeyStanding,
  KeyUse,
  RevokedKey,
  RootRecovery,
} from './directory/index.ts'
