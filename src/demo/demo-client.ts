import * as z from 'zod'
import { canonicalBytes, type Json } from '../bytes/index.ts'
import { jsonOf, type PagesClient, pagesClient } from '../pages/index.ts'
import { type AskOutcome, askOutcomeSchema } from '../person/index.ts'
import type { HttpClient, HttpResponse } from '../ports/index.ts'
import type { SubjectReference } from '../protocol/index.ts'
import type { ConsentProgress } from '../web/index.ts'
import { type CorrectionReads, correctionReads } from './correction-reads.ts'
import { accountableAgencies, demoGateway } from './demo-gateway.ts'
import { type DemoOrganisationId, demoOrganisations } from './demo-layout.ts'
import type { PreparedDemo } from './prepare-demo.ts'

/** What is asked through housing's gateway. Personal data. */
export interface DemoQuestion {
  readonly agreement: string
  readonly elements: readonly string[]
  readonly subject: SubjectReference
  readonly case: string
  readonly official: string
  /** When the official last logged in; now unless given. */
  readonly authTimeMs?: number
  readonly idempotencyKey: string
  /** The exchange that the person's consent is for, and the consent. */
  readonly exchangeId?: string
  readonly consent?: string
}

/** A reply of the asking interface: an outcome, or the problem that stood in the way. */
export type DemoReply =
  | { readonly kind: 'outcome'; readonly outcome: AskOutcome }
  | { readonly kind: 'problem'; readonly status: number; readonly code: string }

/** What the gateway says of a consent. */
export type ConsentReply =
  | { readonly kind: 'consent'; readonly consent: ConsentProgress }
  | Extract<DemoReply, { kind: 'problem' }>

/** Talks to the demo's gateways over HTTP, as an organisation's own systems would. */
export interface DemoClient extends PagesClient, CorrectionReads {
  ask(question: DemoQuestion): Promise<DemoReply>
  /** Has the person asked for consent, or tells how far it is: whatever the gateway says. */
  consent(question: Omit<DemoQuestion, 'idempotencyKey' | 'consent'>): Promise<ConsentReply>
  askAgain(exchangeId: string): Promise<DemoReply>
  /** Makes an act of the organisation an entry; returns its index. */
  act(
    organisation: DemoOrganisationId,
    act: {
      readonly kind: string
      readonly name: string
      readonly body: Record<string, string | number>
    },
  ): Promise<number>
  /** Entries in the organisation's log by now, published or not. */
  size(organisation: DemoOrganisationId): Promise<number>
}

const consentSchema = z
  .object({
    exchangeId: z.string(),
    state: z.enum(['waiting', 'given', 'declined', 'expired']),
    page: z.string(),
    consent: z.string().nullable(),
  })
  .transform(({ consent, ...rest }) => ({ ...rest, ...(consent !== null && { token: consent }) }))
const problemSchema = z.object({ code: z.string() })
const readySchema = z.object({ logSize: z.int() })
const actSchema = z.object({ index: z.int() })

function replyOf(response: HttpResponse): DemoReply {
  const json = jsonOf(response)
  if (response.status === 200) return { kind: 'outcome', outcome: askOutcomeSchema.parse(json) }
  return { kind: 'problem', status: response.status, code: problemSchema.parse(json).code }
}

interface Sender {
  readonly get: (url: string, authorised: boolean) => Promise<HttpResponse>
  readonly post: (
    url: string,
    body: Json,
    headers?: Record<string, string>,
  ) => Promise<HttpResponse>
}

function sender(http: HttpClient, token: string): Sender {
  const authorization = `Bearer ${token}`
  const limits = { timeoutMs: 45_000, maxResponseBytes: 134_217_728 }
  return {
    get: (url, authorised) =>
      http.send({ method: 'GET', url, headers: authorised ? { authorization } : {}, ...limits }),
    post: (url, body, headers = {}) =>
      http.send({
        method: 'POST',
        url,
        headers: { authorization, 'content-type': 'application/json', ...headers },
        body: canonicalBytes(body),
        ...limits,
      }),
  }
}

function bodyOf(
  { official, authTimeMs, subject, ...rest }: Omit<DemoQuestion, 'idempotencyKey'>,
  now: () => number,
): Json {
  return {
    ...rest,
    subject: { ...subject },
    official: { id: official, authTimeMs: authTimeMs ?? now() },
  }
}

/** A client for a demo that runs. */
export function demoClient(demo: PreparedDemo, http: HttpClient, now: () => number): DemoClient {
  const { get, post } = sender(http, demo.pagesToken)
  const gateways = demoOrganisations.map(({ id }) => ({
    ...demoGateway(demo, id),
    origin: demo.founded.get(id)?.origin ?? '',
  }))
  const verification = { vkeys: demo.vkeys, policy: demo.policy }
  const housing = demoGateway(demo, 'housing').url
  return {
    ...pagesClient(gateways, { http, verification, accountable: accountableAgencies }),
    async ask({ idempotencyKey, ...question }) {
      const body = bodyOf(question, now)
      return replyOf(await post(`${housing}/v1/ask`, body, { 'idempotency-key': idempotencyKey }))
    },
    async consent(question) {
      const response = await post(`${housing}/v1/consents`, bodyOf(question, now))
      if (response.status === 200)
        return { kind: 'consent', consent: consentSchema.parse(jsonOf(response)) }
      const { code } = problemSchema.parse(jsonOf(response))
      return { kind: 'problem', status: response.status, code }
    },
    askAgain: async (exchangeId) => replyOf(await get(`${housing}/v1/asks/${exchangeId}`, true)),
    ...correctionReads(get, housing),
    async act(organisation, act) {
      const { adminUrl } = demoGateway(demo, organisation)
      return actSchema.parse(jsonOf(await post(`${adminUrl}/v1/acts`, act))).index
    },
    async size(organisation) {
      const { adminUrl } = demoGateway(demo, organisation)
      return readySchema.parse(jsonOf(await get(`${adminUrl}/readyz`, false))).logSize
    },
  }
}
