import * as z from 'zod'
import type { Json } from '../../bytes/index.ts'
import type { EntryPlace } from '../../log/index.ts'
import { type SubjectChain, subjectFileSchema } from '../../log/verify/index.ts'
import type { ListedDisclosure, SealedDisclosure, SealedLine } from '../../oversight/index.ts'
import type { HttpResponse } from '../../ports/index.ts'
import type { SubjectReference } from '../../protocol/index.ts'
import type { BreachNotice } from '../../web/index.ts'
import { jsonOf } from '../json-of.ts'

/** A disclosure as the gateway of one organisation gives it. */
export interface RawDisclosure {
  readonly index: number
  readonly record: string
  readonly leaf: string
  readonly r: string
  readonly proof: string | null
}

/** A line of a person's list as the gateway of one organisation gives it. */
export type RawListed = Omit<ListedDisclosure, 'kind' | 'record'> & { readonly kind: string }

/** What a gateway gives of entries about a person: opened, and of another person's case. */
export interface RawDisclosed {
  readonly disclosures: readonly RawDisclosure[]
  readonly sealed: readonly SealedDisclosure[]
}

/** A person's list, and the exposures of keys that concern them. */
export interface RawList {
  readonly listed: readonly RawListed[]
  readonly sealed: readonly SealedLine[]
  readonly breaches: readonly BreachNotice[]
}

/** What a gateway tells one person about themselves. */
export interface DisclosureReads {
  /** All that are open to the person. */
  disclosures(organisation: string, subject: SubjectReference): Promise<readonly RawDisclosure[]>
  /** All of them, or those at these places. */
  disclosed(
    organisation: string,
    subject: SubjectReference,
    only?: readonly EntryPlace[],
  ): Promise<RawDisclosed>
  /** Newest first, a line an entry of these kinds. */
  disclosureList(
    organisation: string,
    subject: SubjectReference,
    kinds: readonly string[],
  ): Promise<RawList>
  /** All entries about a person, with the proof that they are all; `undefined` before the first epoch. */
  chain(organisation: string, subject: SubjectReference): Promise<SubjectChain | undefined>
}

const told = {
  origin: z.string(),
  index: z.int(),
  consumer: z.string(),
  timeMs: z.int(),
}
const disclosuresSchema = z.object({
  sealed: z.array(
    z.object({
      ...told,
      legalBasis: z.string().nullable(),
      purpose: z.string().nullable(),
      leaf: z.string(),
      proof: z.string().nullable(),
    }),
  ),
  disclosures: z.array(
    z.object({
      index: z.int(),
      record: z.string(),
      leaf: z.string(),
      r: z.string(),
      proof: z.string().nullable(),
    }),
  ),
})
const breachSchema = z.object({
  fromMs: z.int(),
  untilMs: z.int(),
  key: z.string(),
  declaredAtMs: z.int(),
  origin: z.string(),
  entryIndex: z.int(),
})
const listSchema = z.object({
  breaches: z.array(breachSchema),
  sealed: z.array(z.object({ ...told, published: z.boolean() })),
  listed: z.array(
    z.object({
      origin: z.string(),
      index: z.int(),
      kind: z.string(),
      timeMs: z.int(),
      consumer: z.string(),
      provider: z.string(),
      outcome: z.enum(['permit', 'deny']).nullable(),
      published: z.boolean(),
    }),
  ),
})
function chainOf(response: HttpResponse): SubjectChain | undefined {
  return response.status === 200 ? subjectFileSchema.parse(jsonOf(response)).chain : undefined
}

/** Sends a body to a path of the inner interface of one organisation's gateway. */
export type PostInside = (organisation: string, path: string, body: Json) => Promise<HttpResponse>

/** Reads through the inner interfaces of gateways. */
export function disclosureReads(post: PostInside): DisclosureReads {
  const disclosed: DisclosureReads['disclosed'] = async (organisation, subject, only) => {
    const picked = only?.map(({ origin, index }) => ({ origin, index }))
    const body = { subject, ...(picked !== undefined && { only: picked }) }
    return disclosuresSchema.parse(jsonOf(await post(organisation, '/v1/disclosures', body)))
  }
  return {
    disclosed,
    disclosures: async (organisation, subject) =>
      (await disclosed(organisation, subject)).disclosures,
    async disclosureList(organisation, subject, kinds) {
      const body = { subject, kinds: [...kinds] }
      return listSchema.parse(jsonOf(await post(organisation, '/v1/disclosure-lists', body)))
    },
    chain: async (organisation, subject) =>
      chainOf(await post(organisation, '/v1/subject-files', { subject })),
  }
}
