import { consistencyAnswerSchema, directoryRecordSchema } from '../../../protocol/index.ts'
import {
  agreementsInForceSchema,
  publicBudgetsSchema,
  publicCountsSchema,
} from '../public-record/index.ts'
import {
  type Answering,
  type ContentOf,
  contentOf,
  pathParameter,
  problem,
} from './openapi-parts.ts'

/** Something that anybody may read, from any page as well. */
function read({ operationId, summary, answers, answer, ...rest }: Answering): object {
  const { parameters, problems = {} } = rest
  return {
    operationId,
    summary,
    tags: ['everybody'],
    security: [],
    ...(parameters !== undefined && { parameters }),
    responses: { '200': { description: answers, content: contentOf(answer) }, ...problems },
  }
}

interface HandedIn {
  readonly operationId: string
  readonly summary: string
  readonly body: ContentOf
  readonly responses: Readonly<Record<string, object>>
}

/** Something that anybody may hand in, since signatures inside decide. */
function handIn({ operationId, summary, body, responses }: HandedIn): object {
  return {
    operationId,
    summary,
    tags: ['everybody'],
    security: [],
    requestBody: { required: true, content: contentOf(body) },
    responses: {
      ...responses,
      '413': problem('TOO_LARGE: more than 64 KiB.'),
      '503': problem('LOG_UNAVAILABLE. Hand it in again.'),
    },
  }
}

const unchanged = { '304': { description: 'As `If-None-Match` says: nothing has changed.' } }
const size = (name: string): object => ({
  name,
  in: 'query',
  required: true,
  schema: { type: 'integer', minimum: 0 },
})

/** What everybody may read of an organisation, or hand in to it. */
export const publicPaths: Readonly<Record<string, object>> = {
  '/v1/public-counts': {
    get: read({
      operationId: 'publicCounts',
      summary: 'How many questions there were, month by month, and uses of exceptional powers',
      answers: 'Counts alone; each is made of published entries.',
      answer: publicCountsSchema,
      problems: unchanged,
    }),
  },
  '/v1/agreements': {
    get: read({
      operationId: 'agreementsInForce',
      summary: 'The agreements in force, the version that runs and the time lock',
      answers: 'The signed documents, where each stands, and the entries about it.',
      answer: agreementsInForceSchema,
      problems: unchanged,
    }),
    post: handIn({
      operationId: 'handInAgreement',
      summary: 'Hands in a signed agreement or a signed act upon one: the signatures decide',
      body: { type: 'application/json' },
      responses: {
        '200': { description: 'Taken up, as an entry.', content: { 'application/json': {} } },
        '400': problem('A code of agreements: it is not in this form.'),
        '403': problem('A code of agreements: its officers have not signed it.'),
        '404': problem('AGREEMENT_UNKNOWN: the act is upon none that is known here.'),
        '409': problem('A code of agreements: it does not fit what stands here.'),
        '429': problem('RATE_LIMITED: too many wait for their turn.'),
      },
    }),
  },
  '/v1/budgets': {
    get: read({
      operationId: 'publicBudgets',
      summary: "What is spent of each population's privacy budget",
      answers: 'The sum of the public charges of the year, for each population.',
      answer: publicBudgetsSchema,
      problems: unchanged,
    }),
  },
  '/v1/directory': {
    get: read({
      operationId: 'directoryRecord',
      summary: 'The own directory record: where the gateway is, and its keys (spec/directory.md)',
      answers: 'The record, signed by its root key.',
      answer: directoryRecordSchema,
      problems: { '404': problem('NOT_FOUND: this organisation has none.') },
    }),
    post: handIn({
      operationId: 'handInDirectoryRecord',
      summary: "Hands in a peer's newer record: its root's signature decides",
      body: directoryRecordSchema,
      responses: {
        '204': { description: 'Accepted, as an entry; or known already.' },
        '400': problem('MALFORMED.'),
        '401': problem('PEER_UNKNOWN: the record is of nobody whom this gateway knows.'),
        '409': problem('A code of directory records: why it is not accepted.'),
      },
    }),
  },
  '/v1/consistency': {
    get: read({
      operationId: 'consistency',
      summary: 'That one tree of a log continues another (RFC 6962, 2.1.2)',
      answers: 'The proof.',
      answer: consistencyAnswerSchema,
      parameters: [
        size('from'),
        size('to'),
        {
          name: 'log',
          in: 'query',
          description: 'The path of one of the logs, `/log/<shard>`; left out: the present one.',
          schema: { type: 'string' },
        },
      ],
      problems: { '400': problem('MALFORMED: no such log, or sizes that nobody has seen.') },
    }),
  },
  '/v1/openapi.json': {
    get: read({
      operationId: 'description',
      summary: 'This description',
      answers: 'OpenAPI 3.1.',
      answer: { type: 'application/json' },
    }),
  },
  '/log/{shard}/{file}': {
    get: read({
      operationId: 'publishedLog',
      summary: 'A file of a published log: checkpoint, tiles, openings (spec/log-formats.md)',
      answers: 'As a static server gives it, with entity tags and one byte range; HEAD as well.',
      answer: { type: 'application/octet-stream' },
      parameters: [
        pathParameter('shard', 'The log.'),
        pathParameter('file', 'Its path below the log, slashes included.'),
      ],
      problems: {
        '206': { description: 'The range that was asked for.' },
        ...unchanged,
        '404': problem('NOT_FOUND: nothing that the published checkpoint covers.'),
        '416': { description: 'No such range.' },
      },
    }),
  },
}
