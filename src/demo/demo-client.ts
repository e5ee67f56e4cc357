import * as z from 'zod'
import { canonicalBytes, decodeUtf8, type Json } from '../bytes/index.ts'
import {
  openCheckpoint,
  type OpenedCheckpoint,
  parsePolicy,
  parseVerifierKeys,
  type Policy,
  type VerifierKey,
} from '../log/verify/index.ts'
import { type AskOutcome, askOutcomeSchema } from '../person/index.ts'
import { bestEd25519 } from '../platform/index.ts'
import type { HttpClient, HttpResponse } from '../ports/index.ts'
import { consistencyAnswerSchema, type SubjectReference } from '../protocol/index.ts'
import type { ConsentProgress } from '../web/index.ts'
import { type CorrectionReads, correctionReads } from './correction-reads.ts'
import { localAddress } from './demo-config.ts'
import { type DisclosureReads, disclosureReads } from './disclosure-reads.ts'
import { jsonOf } from './json-of.ts'
import { type DemoOrganisationId, demoOrganisations, portOffsets } from './demo-layout.ts'
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
export interface DemoClient extends DisclosureReads, CorrectionReads {
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
  /** The published checkpoint, opened with the demo's keys. */
  published(
    organisation: DemoOrganisationId,
  ): Promise<{ readonly note: string; readonly opened: OpenedCheckpoint }>
  consistency(
    organisation: DemoOrganisationId,
    from: number,
    to: number,
  ): Promise<readonly string[]>
  /** Orders by which notices are withheld, as the organisation tells everybody. */
  secrecyOrders(organisation: DemoOrganisationId): Promise<
    readonly {
      readonly authority: string
      readonly law: string
      readonly untilMs: number
      readonly withheld: number
    }[]
  >
  logUrl(organisation: DemoOrganisationId): string
  /** The origin of the organisation's present log. */
  originOf(organisation: DemoOrganisationId): string
  readonly policy: Policy
  readonly keys: readonly VerifierKey[]
}

const countsSchema = z.object({
  secrecyOrders: z.array(
    z.object({ authority: z.string(), law: z.string(), untilMs: z.int(), withheld: z.int() }),
  ),
})
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

function portOf(organisation: DemoOrganisationId, basePort: number): number {
  const found = demoOrganisations.find(({ id }) => id === organisation)
  if (found === undefined) throw new TypeError(`the demo has no organisation ${organisation}`)
  return basePort + found.portOffset
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
  const keys = parseVerifierKeys(demo.vkeys)
  const policy = parsePolicy(demo.policy)
  const gateway = (organisation: DemoOrganisationId): string =>
    `http://${localAddress(portOf(organisation, demo.basePort))}`
  const admin = (organisation: DemoOrganisationId): string =>
    `http://${localAddress(portOf(organisation, demo.basePort) + portOffsets.admin)}`
  const originOf = (organisation: DemoOrganisationId): string =>
    demo.founded.get(organisation)?.origin ?? ''
  const logUrl = (organisation: DemoOrganisationId): string => {
    const origin = originOf(organisation)
    return `${gateway(organisation)}${origin.slice(origin.indexOf('/'))}`
  }
  return {
    policy,
    keys,
    logUrl,
    originOf,
    async ask({ idempotencyKey, ...question }) {
      const body = bodyOf(question, now)
      return replyOf(
        await post(`${gateway('housing')}/v1/ask`, body, { 'idempotency-key': idempotencyKey }),
      )
    },
    async consent(question) {
      const response = await post(`${gateway('housing')}/v1/consents`, bodyOf(question, now))
      if (response.status === 200)
        return { kind: 'consent', consent: consentSchema.parse(jsonOf(response)) }
      const { code } = problemSchema.parse(jsonOf(response))
      return { kind: 'problem', status: response.status, code }
    },
    askAgain: async (exchangeId) =>
      replyOf(await get(`${gateway('housing')}/v1/asks/${exchangeId}`, true)),
    ...correctionReads(get, gateway('housing')),
    ...disclosureReads(post, admin),
    async act(organisation, act) {
      return actSchema.parse(jsonOf(await post(`${admin(organisation)}/v1/acts`, act))).index
    },
    async size(organisation) {
      return readySchema.parse(jsonOf(await get(`${admin(organisation)}/readyz`, false))).logSize
    },
    async published(organisation) {
      const note = decodeUtf8((await get(`${logUrl(organisation)}/checkpoint`, false)).body)
      const log = keys.find(({ name, type }) => type === 1 && name === originOf(organisation))
      if (log === undefined) throw new TypeError('every demo log has a key')
      const witnesses = policy.witnesses.map(({ key }) => key)
      return { note, opened: openCheckpoint(note, { log, witnesses, ed25519: bestEd25519() }) }
    },
    async secrecyOrders(organisation) {
      const response = await get(`${gateway(organisation)}/v1/public-counts`, false)
      return countsSchema.parse(jsonOf(response)).secrecyOrders
    },
    async consistency(organisation, from, to) {
      if (from === to) return []
      const url = `${gateway(organisation)}/v1/consistency?from=${from}&to=${to}`
      return consistencyAnswerSchema.parse(jsonOf(await get(url, false))).proof
    },
  }
}
