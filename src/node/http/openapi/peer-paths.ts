import { correctionPath, personQuestionPath } from '../../../person/index.ts'
import {
  auditableRunsPath,
  beginningAnswerSchema,
  beginningSchema,
  joinProposalPath,
  joinReceiptSchema,
  populationAnswerSchema,
  populationPreviewPath,
  populationQuestionPath,
  populationQuestionSchema,
  previewAnswerSchema,
  previewRequestSchema,
  proposalAnswerSchema,
  proposalSchema,
  runLegs,
  runsAnswerSchema,
  runsRequestSchema,
} from '../../../population/index.ts'
import {
  correctionMessageSchema,
  correctionReceiptSchema,
  personAnswerSchema,
  personQuestionSchema,
} from '../../../protocol/index.ts'
import { bundlesPath, bundleType, peerWishSchema } from '../../reconcile/bundle-routes.ts'
import { seenCheckpointPath } from '../seen-checkpoint.ts'
import {
  type Answering,
  type ContentOf,
  contentOf,
  pathParameter,
  problem,
} from './openapi-parts.ts'

interface SignedLeg extends Answering {
  readonly body: ContentOf
}

const signedProblems = {
  '400': problem('MALFORMED: the message is not in this form.'),
  '401': problem('SIGNATURE_INVALID, PEER_UNKNOWN: it is signed by nobody whose keys count here.'),
  '403': problem('REPLAYED, CLOCK_SKEW: sign it again.'),
  '413': problem('TOO_LARGE.'),
  '415': problem('UNSUPPORTED_MEDIA: another type, or a content coding.'),
  '429': problem('RATE_LIMITED, or QUOTA_EXCEEDED: too many of this peer.'),
  '503': problem('LOG_UNAVAILABLE, REGISTER_UNAVAILABLE. Send the same again.'),
}

/** One leg between gateways; the answer is signed for this very request. */
function signed({ operationId, summary, body, answer, answers, ...rest }: SignedLeg): object {
  const { problems = {}, parameters } = rest
  return {
    post: {
      operationId,
      summary,
      tags: ['peers'],
      security: [{ signature: [] }],
      ...(parameters !== undefined && { parameters }),
      requestBody: { required: true, content: contentOf(body) },
      responses: {
        '200': { description: answers, content: contentOf(answer) },
        ...signedProblems,
        ...problems,
      },
    },
  }
}

const qid = pathParameter('qid', 'Number of the run: 16 bytes, hex.', '^[0-9a-f]{32}$')
const runProblems = {
  '404': problem('JOIN_UNKNOWN: no run of this number has begun here. Send it again later.'),
  '409': problem('JOIN_OVER: the run has stopped, and takes no message any more.'),
}

/** What each leg of a run carries, as spec/join.md names it. */
const legWords: Readonly<Record<(typeof runLegs)[number], string>> = {
  M1: 'M1: what a holder is bound to, before it sees anything of the other',
  M2: 'M2: a masked list, to the peer or an inspector; what a holder says of a list, to the tally',
  M3: 'M3: the list of the other, masked again, to the tally or an inspector',
  M4: 'M4: the places that are to be opened',
  M5: 'M5: the openings',
  M6: 'M6: the table, with noise',
  M7: 'M7: an audit, in both directions',
  ABORT: 'Says that the run is stopped, by what, and what shows it',
}

const legs = Object.fromEntries(
  runLegs.map((leg) => {
    const name = leg.toLowerCase()
    const isList = leg === 'M2' || leg === 'M3'
    const path = signed({
      operationId: `join${leg === 'ABORT' ? 'Abort' : leg}`,
      summary: legWords[leg],
      body: { type: isList ? 'application/octet-stream' : 'application/json' },
      answer: joinReceiptSchema,
      answers: 'It is kept, and an entry of the log here.',
      parameters: [qid],
      problems: runProblems,
    })
    return [`${joinProposalPath}/{qid}/${name}`, path]
  }),
)

const joins = {
  [joinProposalPath]: signed({
    operationId: 'joinProposal',
    summary: 'Asks a holder to agree to a plan (spec/join.md). Costs nothing, and is no entry',
    body: proposalSchema,
    answer: proposalAnswerSchema,
    answers: 'Agreed, with its signature of the plan; or refused, which is an entry.',
    problems: { '404': problem('AGREEMENT_UNKNOWN.') },
  }),
  [`${joinProposalPath}/{qid}/begin`]: signed({
    operationId: 'joinBegin',
    summary: 'Begins a plan that all three have signed: it is charged, for good',
    body: beginningSchema,
    answer: beginningAnswerSchema,
    answers: 'Begun, with the entry that reserves it; or refused, which is an entry.',
    parameters: [qid],
    problems: { '404': problem('AGREEMENT_UNKNOWN.') },
  }),
  ...legs,
  [auditableRunsPath]: signed({
    operationId: 'auditableJoins',
    summary: 'Which runs the sender may audit, as the inspector that their plans name',
    body: runsRequestSchema,
    answer: runsAnswerSchema,
    answers: 'The newest 50; with a number that run alone, with its plan.',
  }),
}

const questions = {
  [personQuestionPath]: signed({
    operationId: 'personQuestion',
    summary: 'One question about one person (spec/person-question.md)',
    body: personQuestionSchema,
    answer: personAnswerSchema,
    answers: 'The answer with its receipt. A denial is one as well, of the same length.',
  }),
  [populationQuestionPath]: signed({
    operationId: 'populationQuestion',
    summary: 'Asks for a table with noise (spec/population-question.md)',
    body: populationQuestionSchema,
    answer: populationAnswerSchema,
    answers: 'Released, pending or refused. All but the second are entries.',
    problems: { '404': problem('AGREEMENT_UNKNOWN.') },
  }),
  [populationPreviewPath]: signed({
    operationId: 'populationPreview',
    summary: 'What a table would have and cost, and what is left. Spends nothing',
    body: previewRequestSchema,
    answer: previewAnswerSchema,
    answers: 'Catalogue, budget, preview and refusal.',
    problems: { '404': problem('AGREEMENT_UNKNOWN.') },
  }),
  [correctionPath]: signed({
    operationId: 'correction',
    summary: 'Tells who had data that they were corrected: names of elements, never values',
    body: correctionMessageSchema,
    answer: correctionReceiptSchema,
    answers: 'It is an entry of the log here.',
    problems: { '404': problem('EXCHANGE_UNKNOWN: no such exchange with the sender.') },
  }),
}

const oversight = {
  [bundlesPath]: signed({
    operationId: 'reconciliationBundle',
    summary: 'A bundle of this log, for an inspector that reconciles (spec/reconciliation.md)',
    body: peerWishSchema,
    answer: { type: bundleType },
    answers: 'A stream, one JSON a line.',
    problems: { '422': problem('BUNDLE_RANGE_REFUSED: it begins behind what is published.') },
  }),
  [seenCheckpointPath]: signed({
    operationId: 'seenCheckpoint',
    summary: "The newest checkpoint of the sender's own log that was verified here",
    body: { type: 'application/json' },
    answer: { type: 'text/plain' },
    answers: 'A signed note.',
    problems: { '404': problem('NOT_FOUND: none was seen.') },
  }),
}

/** What the gateways of other organisations ask of this one. */
export const peerPaths: Readonly<Record<string, object>> = { ...questions, ...joins, ...oversight }
