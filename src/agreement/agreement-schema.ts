import * as z from 'zod'

import { decodeBase64 } from '../bytes/index.ts'
import { parseOrganisationId } from '../protocol/index.ts'
import type { Agreement } from './agreement.ts'
import { agreementProblems } from './agreement-problems.ts'
import { closedObject } from './closed-object.ts'
import { dataElementSchema } from './data-element.ts'
import { legalBases } from './legal-basis.ts'
import { problemSentences } from './problem-sentences.ts'
import { purposes } from './purpose.ts'

const organisation = z
  .string()
  .regex(/^[a-z][a-z0-9-]{1,30}$/, problemSentences['problemSays.organisation'])
  .transform((id) => parseOrganisationId(id))
/** Words for people: no control characters, so that a page and a terminal show what was signed. */
const sentence = z
  .string()
  .min(1)
  .max(2000)
  .regex(/^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]*$/u, problemSentences['problemSays.unprintable'])
const bytes = (length: number): z.ZodString =>
  z.string().refine((text) => isBase64(text, length), {
    error: `is not ${length} bytes in base64`,
    params: { bytes: length },
  })
const keyId = z
  .string()
  .regex(/^[a-z0-9][A-Za-z0-9/_.-]{0,99}$/, problemSentences['problemSays.key-id'])
const agreementId = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{2,62}$/, problemSentences['problemSays.agreement-id'])
const digest = bytes(32)
const publicKey = bytes(32)
const timeMs = z.int().min(0)
const count = z.int().min(1)
const legalReference = z
  .string()
  .max(300)
  .regex(
    /^(?:https:\/\/[a-z0-9.-]+\/eli\/[A-Za-z0-9_./-]+|celex:[0-9][0-9A-Z()]{5,30}|usc:\d{1,2}\/[0-9A-Za-z()-]{1,30})$/,
    problemSentences['problemSays.reference'],
  )

const signature = closedObject({
  organisation,
  role: z.enum(['dpo', 'inspector']),
  keyId,
  signature: bytes(64),
})

const head = {
  v: z.literal(1),
  id: agreementId,
  version: count,
  supersedes: closedObject({
    id: agreementId,
    version: count,
    digest,
  }).nullable(),
  provider: organisation,
  consumer: organisation,
  purpose: z.enum(
    purposes.map((purpose) => purpose.iri),
    problemSentences['problemSays.purpose'],
  ),
  legalBasis: z.array(z.enum(legalBases, problemSentences['problemSays.basis'])).min(1).max(8),
  legalReference: z.array(legalReference).min(1).max(20),
  justification: sentence,
  expectedResults: sentence,
  dataElements: z.array(dataElementSchema).min(1).max(40),
  approximateNumber: count,
  retention: closedObject({
    days: z.int().min(0).max(3660),
    disposal: z.enum(['delete', 'anonymise', 'return']),
  }),
  noRedisclosure: z.literal(true),
  verificationProcedure: sentence,
  dpiaReference: sentence,
  notBeforeMs: timeMs,
  notAfterMs: timeMs,
  signatures: z.array(signature).max(4),
}

const precondition = z.discriminatedUnion('kind', [
  closedObject({
    kind: z.literal('identifier-scheme'),
    scheme: z.string().regex(/^[a-z][a-z0-9-]{1,30}$/),
  }),
  closedObject({ kind: z.literal('no-placeholder') }),
  closedObject({ kind: z.literal('recent-authentication'), seconds: z.int().min(60).max(900) }),
])

const presence = z.discriminatedUnion('mode', [
  closedObject({ mode: z.literal('hidden'), releaseDelayMs: z.int().min(10).max(10_000) }),
  closedObject({ mode: z.literal('revealed') }),
])

const immediate = closedObject({ kind: z.literal('immediate') })
const withheld = closedObject({
  kind: z.literal('withheld'),
  law: legalReference,
  authority: closedObject({ name: sentence, publicKey }),
  untilMs: timeMs,
})

const personTerms = {
  ...head,
  preconditions: z.array(precondition).max(10),
  presence,
  consentIssuers: z.array(closedObject({ organisation, keyId, publicKey })).max(10),
  contest: closedObject({ days: z.int().min(0).max(366) }),
}

const person = closedObject({
  ...personTerms,
  kind: z.literal('person'),
  caps: closedObject({
    perOfficialPerDay: count,
    subjectsPerCase: count,
    distinctSubjectsPer30Days: count,
    perSubjectPer30Days: count,
  }),
  caseRule: closedObject({
    issuer: closedObject({
      name: z
        .string()
        .regex(/^[a-z][a-z0-9./-]{1,62}$/, problemSentences['problemSays.case-source']),
      publicKey,
    }),
    officialAssigned: z.literal(true),
    subjectIsParty: z.literal(true),
    open: z.literal(true),
  }),
  notice: z.discriminatedUnion('kind', [immediate, withheld]),
})

const emergency = closedObject({
  ...personTerms,
  kind: z.literal('emergency'),
  caps: closedObject({ perOfficialPer30Days: count, perAgreementPer30Days: count }),
  notice: immediate,
})

const tableTerms = {
  ...head,
  privacyBudget: closedObject({
    perQuestionMicroEpsilon: count,
    perYearMicroEpsilon: count,
    deltaExponent: z.int().min(6).max(15).nullable(),
  }),
}

const population = closedObject({ ...tableTerms, kind: z.literal('population') })

const join = closedObject({
  ...tableTerms,
  kind: z.literal('join'),
  join: closedObject({
    with: organisation,
    keyspace: z
      .string()
      .regex(/^[a-z0-9][a-z0-9./-]{0,63}$/, problemSentences['problemSays.scheme']),
    inspector: organisation,
  }),
})

/**
 * The closed schema of an {@link Agreement} with every rule of `spec/agreement.md`. A problem of a rule
 * carries its `AgreementProblem` as `params.problem`.
 */
export const agreementSchema: z.ZodType<Agreement> = z
  .discriminatedUnion('kind', [person, emergency, population, join], {
    error: ({ code }) =>
      code === 'invalid_union' ? problemSentences['problemSays.kinds'] : undefined,
  })
  .superRefine((agreement, context) => {
    for (const problem of agreementProblems(agreement)) {
      const { path, message } = problem
      context.addIssue({ code: 'custom', path: path.split('.'), message, params: { problem } })
    }
  })

function isBase64(text: string, length: number): boolean {
  try {
    return decodeBase64(text).length === length
  } catch {
    return false
  }
}
