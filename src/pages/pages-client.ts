import * as z from 'zod'
import { canonicalBytes, decodeUtf8 } from '../bytes/index.ts'
import {
  openCheckpoint,
  type OpenedCheckpoint,
  parsePolicy,
  parseVerifierKeys,
  type Policy,
  type VerifierKey,
} from '../log/verify/index.ts'
import { bestEd25519 } from '../platform/index.ts'
import type { HttpClient, HttpResponse } from '../ports/index.ts'
import { consistencyAnswerSchema } from '../protocol/index.ts'
import type { VerificationKeys } from '../web/index.ts'
import type { LoggedGateway } from './gateway-address.ts'
import { jsonOf } from './json-of.ts'
import { PagesError } from './pages-error.ts'
import {
  type DisclosureReads,
  disclosureReads,
  type PostInside,
} from './person/disclosure-reads.ts'

/** An order by which notices are withheld, as an organisation tells everybody. */
export interface SecrecyOrder {
  readonly authority: string
  readonly law: string
  readonly untilMs: number
  readonly withheld: number
}

/** A published checkpoint, opened with the keys of the pages. */
export interface PublishedHead {
  readonly note: string
  readonly opened: OpenedCheckpoint
}

/** Reads gateways over HTTP, as their organisations' own pages do. Unknown organisations are a `PagesError`. */
export interface PagesClient extends DisclosureReads {
  /** Those that ask or answer about persons, in the order in which a person sees them. */
  readonly accountable: readonly string[]
  readonly policy: Policy
  readonly keys: readonly VerifierKey[]
  published(organisation: string): Promise<PublishedHead>
  /** Base64 hashes that show the tree of `from` entries to be the start of the one of `to`. */
  consistency(organisation: string, from: number, to: number): Promise<readonly string[]>
  secrecyOrders(organisation: string): Promise<readonly SecrecyOrder[]>
  /** Where its present log is published, without a slash at the end. */
  logUrl(organisation: string): string
  /** Whose log this is, its earlier ones included; `undefined` for a stranger's. */
  ownerOf(origin: string): string | undefined
  /** The hosts under which these organisations run logs and witnesses. */
  hostsOf(organisations: readonly string[]): readonly string[]
}

/** What a client of gateways is made with. */
export interface PagesClientDeps {
  readonly http: HttpClient
  readonly verification: VerificationKeys
  /** Those of the gateways that ask or answer about persons. */
  readonly accountable: readonly string[]
  /** Hosts of organisations whose gateways are not among them. */
  readonly hosts?: ReadonlyMap<string, string> | undefined
}

const limits = { timeoutMs: 45_000, maxResponseBytes: 134_217_728 }
const countsSchema = z.object({
  secrecyOrders: z.array(
    z.object({ authority: z.string(), law: z.string(), untilMs: z.int(), withheld: z.int() }),
  ),
})

const hostOf = (origin: string): string => origin.split('/', 1)[0] ?? ''

/** Where a log is published by the gateway that writes it: under the path of its origin. */
function logUrlOf({ url, origin }: LoggedGateway): string {
  return `${url}${origin.slice(origin.indexOf('/'))}`
}

type Get = (url: string) => Promise<HttpResponse>

function postInside(
  http: HttpClient,
  gatewayOf: (organisation: string) => LoggedGateway,
): PostInside {
  return (organisation, path, body) => {
    const { adminUrl, token } = gatewayOf(organisation)
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
    const url = `${adminUrl}${path}`
    return http.send({ method: 'POST', url, headers, body: canonicalBytes(body), ...limits })
  }
}

async function publishedAt(
  get: Get,
  gateway: LoggedGateway,
  { keys, policy }: { readonly keys: readonly VerifierKey[]; readonly policy: Policy },
): Promise<PublishedHead> {
  const note = decodeUtf8((await get(`${logUrlOf(gateway)}/checkpoint`)).body)
  const log = keys.find(({ name, type }) => type === 1 && name === gateway.origin)
  if (log === undefined)
    throw new PagesError('REQUEST_FAILED', `no key is known of the log ${gateway.origin}`)
  const witnesses = policy.witnesses.map(({ key }) => key)
  return { note, opened: openCheckpoint(note, { log, witnesses, ed25519: bestEd25519() }) }
}

/** A client of gateways that run. */
export function pagesClient(
  gateways: readonly LoggedGateway[],
  { http, verification, accountable, hosts = new Map() }: PagesClientDeps,
): PagesClient {
  const get: Get = (url) => http.send({ method: 'GET', url, headers: {}, ...limits })
  const keys = parseVerifierKeys(verification.vkeys)
  const policy = parsePolicy(verification.policy)
  const gatewayOf = (organisation: string): LoggedGateway => {
    const found = gateways.find((one) => one.organisation === organisation)
    if (found !== undefined) return found
    throw new PagesError(
      'REQUEST_FAILED',
      `there is no gateway of ${organisation} behind the pages`,
    )
  }
  const owners = new Map(gateways.map((one) => [hostOf(one.origin), one.organisation]))
  return {
    accountable,
    policy,
    keys,
    ...disclosureReads(postInside(http, gatewayOf)),
    published: async (organisation) =>
      await publishedAt(get, gatewayOf(organisation), { keys, policy }),
    async consistency(organisation, from, to) {
      if (from === to) return []
      const url = `${gatewayOf(organisation).url}/v1/consistency?from=${from}&to=${to}`
      return consistencyAnswerSchema.parse(jsonOf(await get(url))).proof
    },
    async secrecyOrders(organisation) {
      const response = await get(`${gatewayOf(organisation).url}/v1/public-counts`)
      return countsSchema.parse(jsonOf(response)).secrecyOrders
    },
    logUrl: (organisation) => logUrlOf(gatewayOf(organisation)),
    ownerOf: (origin) => owners.get(hostOf(origin)),
    hostsOf: (organisations) =>
      organisations.flatMap((id) => {
        const own = gateways.find(({ organisation }) => organisation === id)
        const host = own === undefined ? hosts.get(id) : hostOf(own.origin)
        return host === undefined ? [] : [host]
      }),
  }
}
