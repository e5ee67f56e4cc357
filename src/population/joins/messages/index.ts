export type { EntryName } from './entry-name.ts'
export {
  type BeginningAnswer,
  beginningAnswerSchema,
  beginningSchema,
  joinBeginPath,
  type JoinBeginning,
  joinBeginningBytes,
  type JoinProposal,
  joinProposalBytes,
  joinProposalPath,
  type JoinRefusedAnswer,
  parseBeginningAnswer,
  parseJoinBeginning,
  parseJoinProposal,
  parseProposalAnswer,
  type ProposalAnswer,
  proposalAnswerSchema,
  proposalSchema,
  signaturesJson,
} from './join-proposal.ts'
export {
  joinMessagePath,
  type JoinReceipt,
  joinReceiptBytes,
  joinReceiptSchema,
  mostReceiptBytes,
  parseJoinReceipt,
} from './join-receipt.ts'
export {
  isPlanSigned,
  type PlanSignatures,
  planSignaturesSchema,
  readPlanSignatures,
  signPlan,
} from '../../join-release/index.ts'
export { mostPlanMessageBytes, readPlanMessage } from './read-plan-message.ts'
