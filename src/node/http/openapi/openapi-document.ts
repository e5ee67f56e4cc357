import * as z from 'zod'
import { askOutcomeSchema } from '../../../person/index.ts'
import { runningVersion } from '../../running-version.ts'
import { askBodySchema, idempotencyKeyPattern, wishBodySchema } from '../ask-request.ts'
import { consentStandingSchema } from '../consent-routes.ts'
import { joinBodies, statisticsBodies } from '../statistics-request.ts'
import { jsonSchema, problem, problemSchema } from './openapi-parts.ts'
import { peerPaths } from './peer-paths.ts'
import { publicPaths } from './public-paths.ts'

const correctionsSchema = z.strictObject({
  corrections: z.array(
    z.strictObject({
      elements: z.array(z.string()),
      correctedAtMs: z.int(),
      receivedAtMs: z.int(),
      log: z.string(),
      entry: z.int(),
    }),
  ),
})

const outcomes = {
  '200': {
    description: 'The outcome: permitted with results, or denied with a code. Both are entries.',
    content: { 'application/json': { schema: { $ref: '#/components/schemas/AskOutcome' } } },
  },
  '400': problem('MALFORMED: the request is not in this form.'),
  '401': problem(
    'UNAUTHENTICATED: no valid token or certificate, or a login older than 15 minutes.',
  ),
  '403': problem('OFFICIAL_MISMATCH: the body names another official than the token.'),
  '404': problem('AGREEMENT_UNKNOWN, PEER_UNKNOWN or NOT_FOUND.'),
  '409': problem('IDEMPOTENCY_CONFLICT: the key was used for another request.'),
  '410': problem('OUTCOME_GONE: the outcome is no longer kept.'),
  '413': problem('TOO_LARGE: more than 64 KiB.'),
  '415': problem('UNSUPPORTED_MEDIA: not application/json, or with a content coding.'),
  '429': problem('RATE_LIMITED: too many requests in a minute.'),
  '502': problem('ANSWER_REFUSED, PEER_RESPONSE_INVALID.'),
  '503': problem(
    'PEER_UNAVAILABLE (the question stays asked), CASE_SOURCE_UNAVAILABLE, LOG_UNAVAILABLE, IDENTITY_UNAVAILABLE.',
  ),
}

const paths = {
  '/v1/ask': {
    post: {
      operationId: 'ask',
      summary: 'Asks one thing about one person, in one case, under an agreement',
      parameters: [
        {
          name: 'Idempotency-Key',
          in: 'header',
          required: true,
          description: 'The same key never asks twice.',
          schema: { type: 'string', pattern: idempotencyKeyPattern.source },
        },
      ],
      requestBody: {
        required: true,
        content: {
          'application/json': { schema: { $ref: '#/components/schemas/AskRequest' } },
        },
      },
      responses: outcomes,
    },
  },
  '/v1/consents': {
    post: {
      operationId: 'consent',
      summary: 'Has the person asked for consent to one question, or says how far that is',
      description:
        'The first call, without exchangeId, draws one; later calls with it ask for the state. The question is then asked with the same exchangeId and the token.',
      requestBody: {
        required: true,
        content: {
          'application/json': { schema: { $ref: '#/components/schemas/ConsentWish' } },
        },
      },
      responses: {
        '200': {
          description: 'How far the consent is.',
          content: {
            'application/json': { schema: { $ref: '#/components/schemas/ConsentStanding' } },
          },
        },
        '400': outcomes['400'],
        '401': outcomes['401'],
        '403': problem(
          'OFFICIAL_MISMATCH; or the case system or the issuer refuses: CASE_REQUIRED, CASE_CLOSED, OFFICIAL_NOT_ASSIGNED, SUBJECT_NOT_PARTY, ELEMENT_NOT_AGREED, SUBJECT_ID_INVALID.',
        ),
        '404': problem('AGREEMENT_UNKNOWN, CONSENT_ISSUER_UNKNOWN.'),
        '409': problem('EXCHANGE_CONFLICT: the exchange id stands for another request.'),
        '413': outcomes['413'],
        '415': outcomes['415'],
        '429': problem('RATE_LIMITED: too many requests, or too many about this person today.'),
        '503': problem('CONSENT_UNAVAILABLE, CASE_SOURCE_UNAVAILABLE, IDENTITY_UNAVAILABLE.'),
      },
    },
  },
  '/v1/asks/{exchangeId}': {
    get: {
      operationId: 'outcome',
      summary: 'The outcome of a question that was asked, for 15 minutes',
      parameters: [{ name: 'exchangeId', in: 'path', required: true, schema: { type: 'string' } }],
      responses: outcomes,
    },
  },
  '/v1/asks/{exchangeId}/corrections': {
    get: {
      operationId: 'corrections',
      summary: 'What was corrected in the answer since, as its provider has told',
      parameters: [{ name: 'exchangeId', in: 'path', required: true, schema: { type: 'string' } }],
      responses: {
        '200': {
          description: 'Names of elements, never values: ask again if the fact is still needed.',
          content: { 'application/json': { schema: jsonSchema(correctionsSchema) } },
        },
        '401': outcomes['401'],
        '404': problem('NOT_FOUND: no question of this exchange id.'),
      },
    },
  },
}

const tableProblems = {
  '400': problem('MALFORMED; QUERY_MALFORMED, with the place in `detail`.'),
  '401': outcomes['401'],
  '403': outcomes['403'],
  '404': problem('AGREEMENT_UNKNOWN, PEER_UNKNOWN or RESULT_UNKNOWN.'),
  '502': problem('ANSWER_REFUSED; PEER_REFUSED, with the provider’s code in `detail`.'),
  '503': problem('PEER_UNAVAILABLE, LOG_UNAVAILABLE, IDENTITY_UNAVAILABLE. Ask the same again.'),
}

/** One operation of the interface for analysts; its bodies are told in words where they are long. */
function tables(operationId: string, summary: string, body: z.ZodType, answer: string): object {
  return {
    post: {
      operationId,
      summary,
      requestBody: {
        required: true,
        content: { 'application/json': { schema: jsonSchema(body) } },
      },
      responses: { '200': { description: answer }, ...tableProblems },
    },
  }
}

const tablePaths = {
  '/v1/statistics': tables(
    'statistics',
    'Asks for a table about a population, under an agreement; the same again while it is pending',
    statisticsBodies.ask,
    'Released, refused or pending (spec/population-question.md). The first two are entries.',
  ),
  '/v1/statistics/previews': tables(
    'statisticsPreview',
    'What a table would have and cost, and what is left; spends nothing',
    statisticsBodies.preview,
    'Catalogue, budget, preview and refusal.',
  ),
  '/v1/statistics/agreements': tables(
    'statisticsAgreements',
    'The agreements to ask for tables under',
    statisticsBodies.list,
    'Id, version, provider, state and purpose of each.',
  ),
  '/v1/statistics/results': tables(
    'statisticsResults',
    'What an analyst has asked, the newest first',
    statisticsBodies.list,
    'Each with the provider’s answer.',
  ),
  '/v1/statistics/result': tables(
    'statisticsResult',
    'What came of one question',
    statisticsBodies.result,
    'The question with the provider’s answer.',
  ),
  '/v1/statistics/joins': tables(
    'statisticsJoin',
    'Asks for a table over two registers; the same question again is the run of before, at no cost',
    joinBodies.ask,
    'Begun or held, with the number of the run; or refused, by whom and why (spec/join-exchange.md).',
  ),
  '/v1/statistics/joins/agreements': tables(
    'statisticsJoinAgreements',
    'The pairs of agreements to ask for tables over two registers under',
    joinBodies.list,
    'Both agreements of each, the keyspace and the inspector.',
  ),
  '/v1/statistics/joins/offers': tables(
    'statisticsJoinOffer',
    'What both holders let be asked under a pair of agreements, and what is left with each; spends nothing',
    joinBodies.offer,
    'Both holders’ catalogues and budgets, who must agree and who may audit.',
  ),
  '/v1/statistics/joins/previews': tables(
    'statisticsJoinPreview',
    'What a table over two registers would have and cost, who must agree, and what is left; spends nothing',
    joinBodies.ask,
    'Both holders’ catalogues and budgets, parties, preview and refusal.',
  ),
  '/v1/statistics/joins/results': tables(
    'statisticsJoinResults',
    'What an analyst has asked over two registers, the newest first',
    joinBodies.list,
    'Each with its plan: running with its legs, released, or stopped.',
  ),
  '/v1/statistics/joins/result': tables(
    'statisticsJoinResult',
    'How far one question over two registers is, or what came of it',
    joinBodies.result,
    'Running with its legs; released with its certificate, and who has signed it by this gateway’s directory; or stopped.',
  ),
}

/**
 * The description of the public listener, OpenAPI 3.1, made from the schemas that check requests and outcomes. There is no
 * operation for more than one person.
 */
export function openApiDocument(): Readonly<Record<string, unknown>> {
  return {
    openapi: '3.1.1',
    info: {
      title: 'Cloison: asking about one person, or for a table that names nobody',
      version: runningVersion,
      description:
        'The public listener of a gateway. Without a tag: for the own case systems and analysts. `peers`: for the gateways of other organisations, each request signed. `everybody`: for anyone. One question carries one person; there is no list. A table counts people with noise, and names none. The inner listener is for the own pages and commands, and is in spec/http.md.',
      license: { name: 'EUPL-1.2', identifier: 'EUPL-1.2' },
    },
    security: [{ bearer: [] }, { certificate: [] }],
    paths: { ...paths, ...tablePaths, ...peerPaths, ...publicPaths },
    components: {
      securitySchemes: {
        bearer: {
          type: 'http',
          scheme: 'bearer',
          description:
            'A token out of a file, whose holder vouches for the official in the body; or an access token of the organisation’s issuer, which says itself who asks.',
        },
        certificate: { type: 'mutualTLS', description: 'A certificate that "callers" pins.' },
        signature: {
          type: 'http',
          scheme: 'signature',
          description:
            'A message signature (RFC 9421) by a gateway key of a peer, over method, address, body and time; the answer is signed as well (spec/message-signatures.md).',
        },
      },
      schemas: {
        AskRequest: jsonSchema(askBodySchema),
        AskOutcome: jsonSchema(askOutcomeSchema),
        ConsentWish: jsonSchema(wishBodySchema),
        ConsentStanding: jsonSchema(consentStandingSchema),
        Problem: jsonSchema(problemSchema),
      },
    },
  }
}
