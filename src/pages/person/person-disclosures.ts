import { readCanonicalJson, utf8 } from '../../bytes/index.ts'
import { type ExchangeRecord, exchangeRecordSchema } from '../../log/index.ts'
import {
  LogError,
  openNote,
  parseTlogProof,
  policyWithout,
  quorumTime,
  type SubjectChain,
} from '../../log/verify/index.ts'
import { bestEd25519 } from '../../platform/index.ts'
import type { SubjectReference } from '../../protocol/index.ts'
import type { SealedDisclosure as RawSealed } from '../../oversight/index.ts'
import type {
  Disclosure,
  DisclosureList,
  ListedDisclosure,
  OpenDisclosure,
  SealedDisclosure,
} from '../../web/index.ts'
import type { PagesClient } from '../pages-client.ts'
import type { RawDisclosure } from './disclosure-reads.ts'

/** When a quorum that takes no part had cosigned the checkpoint of a receipt; `undefined` before. */
function witnessedAt(
  proof: string,
  parties: readonly string[],
  client: PagesClient,
): number | undefined {
  const policy = policyWithout(client.policy, client.hostsOf(parties))
  const witnesses = policy.witnesses.map(({ key }) => key)
  try {
    const { cosignatures } = openNote(parseTlogProof(proof).checkpoint, witnesses, {
      ed25519: bestEd25519(),
    })
    const seconds = quorumTime(policy, cosignatures)
    return seconds === undefined ? undefined : seconds * 1000
  } catch (cause) {
    if (cause instanceof LogError) return undefined
    throw cause
  }
}

function disclosureOf(
  raw: RawDisclosure & { readonly proof: string },
  record: ExchangeRecord,
  client: PagesClient,
): OpenDisclosure {
  const witnessedAtMs = witnessedAt(raw.proof, [record.consumer, record.provider], client)
  return {
    atMs: record.timeMs,
    consumer: record.consumer,
    provider: record.provider,
    purpose: record.purpose ?? '',
    legalBasis: record.legalBasis === null ? [] : [record.legalBasis],
    elements: record.elements,
    outcome: record.outcome === 'permit' ? 'permit' : 'deny',
    ...(record.code === null ? {} : { code: record.code }),
    entryIndex: raw.index,
    origin: parseTlogProof(raw.proof).checkpoint.split('\n', 1)[0] ?? '',
    proof: { leaf: raw.leaf, r: raw.r, record: raw.record, tlogProof: raw.proof },
    ...(witnessedAtMs === undefined ? {} : { witnessedAtMs }),
  }
}

function sealedOf(
  { proof, ...raw }: RawSealed & { readonly proof: string },
  organisation: string,
  client: PagesClient,
): SealedDisclosure {
  const { consumer, legalBasis, purpose, timeMs, index, leaf, origin } = raw
  const witnessedAtMs = witnessedAt(proof, [consumer, organisation], client)
  return {
    atMs: timeMs,
    consumer,
    purpose: purpose ?? '',
    legalBasis: legalBasis === null ? [] : [legalBasis],
    outcome: 'sealed',
    entryIndex: index,
    origin,
    proof: { leaf, tlogProof: proof },
    ...(witnessedAtMs === undefined ? {} : { witnessedAtMs }),
  }
}

/** Of a sealed exchange the provider's entry alone: the asker's own would tell how it ended. */
function isShownSealed({ consumer }: Pick<RawSealed, 'consumer'>, organisation: string): boolean {
  return consumer !== organisation
}

/** One card an exchange: the provider's entry, or the asker's own where nothing was sent. */
const shownKinds: ReadonlySet<string> = new Set(['person.answered', 'person.denied'])

async function disclosuresAt(
  organisation: string,
  { subject, picked }: { readonly subject: SubjectReference; readonly picked?: Picked },
  client: PagesClient,
): Promise<readonly Disclosure[]> {
  const own = picked?.filter(({ origin }) => client.ownerOf(origin) === organisation)
  if (own?.length === 0) return []
  const only = own?.map(({ origin, entryIndex: index }) => ({ origin, index }))
  const shown: Disclosure[] = []
  const { disclosures, sealed } = await client.disclosed(organisation, subject, only)
  for (const raw of disclosures) {
    const record = exchangeRecordSchema.parse(readCanonicalJson(utf8(raw.record)))
    const { proof } = raw
    if (proof !== null && shownKinds.has(record.kind))
      shown.push(disclosureOf({ ...raw, proof }, record, client))
  }
  for (const raw of sealed) {
    const { proof } = raw
    if (proof !== null && isShownSealed(raw, organisation))
      shown.push(sealedOf({ ...raw, proof }, organisation, client))
  }
  return shown
}

/** What shows that no entry is missing: of each organisation that has closed an epoch. */
export async function pageChains(
  subject: SubjectReference,
  client: PagesClient,
): Promise<readonly SubjectChain[]> {
  const found = await Promise.all(
    client.accountable.map((organisation) => client.chain(organisation, subject)),
  )
  return found.filter((chain) => chain !== undefined)
}

type Picked = readonly Pick<ListedDisclosure, 'origin' | 'entryIndex'>[]

/** All that the logs of all accountable organisations hold about one person, newest first, a line an entry. */
export async function pageDisclosureList(
  subject: SubjectReference,
  client: PagesClient,
): Promise<DisclosureList> {
  const found = await Promise.all(
    client.accountable.map(async (organisation) => {
      const list = await client.disclosureList(organisation, subject, [...shownKinds])
      return { ...list, sealed: list.sealed.filter((one) => isShownSealed(one, organisation)) }
    }),
  )
  const open = found
    .flatMap(({ listed }) => listed)
    .filter(({ published }) => published)
    .map(({ origin, index, timeMs, consumer, provider, outcome }) => ({
      atMs: timeMs,
      consumer,
      provider,
      outcome: outcome === 'permit' ? ('permit' as const) : ('deny' as const),
      entryIndex: index,
      origin,
    }))
  const sealed = found
    .flatMap((list) => list.sealed)
    .filter(({ published }) => published)
    .map(({ origin, index, timeMs, consumer }) => ({
      atMs: timeMs,
      consumer,
      outcome: 'sealed' as const,
      entryIndex: index,
      origin,
    }))
  const entries = [...open, ...sealed].toSorted(
    (one, other) => other.atMs - one.atMs || other.entryIndex - one.entryIndex,
  )
  const breaches = found
    .flatMap((list) => list.breaches)
    .toSorted((one, other) => other.declaredAtMs - one.declaredAtMs)
  return { entries, breaches }
}

/**
 * Everything that the logs of all accountable organisations hold about one person, newest first, with proofs; with `picked`, these
 * entries alone.
 */
export async function pageDisclosures(
  subject: SubjectReference,
  client: PagesClient,
  picked?: Picked,
): Promise<readonly Disclosure[]> {
  const wish = { subject, ...(picked !== undefined && { picked }) }
  const found = await Promise.all(
    client.accountable.map((organisation) => disclosuresAt(organisation, wish, client)),
  )
  return found
    .flat()
    .toSorted((one, other) => other.atMs - one.atMs || other.entryIndex - one.entryIndex)
}
