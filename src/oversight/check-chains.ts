import { decodeBase64, encodeBase64, equalBytes, readCanonicalJson, utf8 } from '../bytes/index.ts'
import {
  chainLink,
  type EntryPlace,
  type ExchangeRecord,
  exchangeRecordSchema,
  LEAF_CLASSES,
  readEntry,
} from '../log/index.ts'
import type { ChainRow } from '../person/index.ts'
import { computeEpochMap, type EpochMapDeps } from './epoch-maps.ts'
import type { DisclosureDeps } from './disclosures.ts'

/** What is wrong with how an exchange entry is chained. */
export type ChainFlawCode =
  | 'NOT_CHAINED'
  | 'COMMITMENT_DIFFERS'
  | 'LINK_DIFFERS'
  | 'WRONG_CHAIN'
  | 'PREVIOUS_DIFFERS'
  | 'ROOT_DIFFERS'

/** A flaw and the entry that has it. */
export interface ChainFlaw {
  readonly code: ChainFlawCode
  readonly place: EntryPlace
}

/** What the check of all chains found. */
export interface ChainCheck {
  /** Entries about a person. */
  readonly checked: number
  /** Of these, those whose opening was erased: their record could not be compared with their link. */
  readonly erased: number
  /** The first flaws, at most {@link mostFlaws}. */
  readonly flaws: readonly ChainFlaw[]
  /** The number of the epoch whose map was computed again; `undefined` while none is closed. */
  readonly epoch: number | undefined
}

/** What the check needs. */
export interface CheckChainsDeps extends Omit<DisclosureDeps, 'clock'>, EpochMapDeps {}

/** More flaws than these are not listed: by then nobody believes the log. */
export const mostFlaws = 100

const pageSize = 256

/** An exchange entry with the link that it should be. */
interface Chained {
  readonly place: EntryPlace
  readonly leaf: Uint8Array
  readonly record: ExchangeRecord | undefined
  readonly row: ChainRow | undefined
  readonly previous: ChainRow | undefined
}

/** One thing that holds for every exchange entry about a person. */
export interface ChainRule {
  readonly code: ChainFlawCode
  readonly holds: (chained: Chained) => boolean
}

function linkHolds({ record, row }: Chained): boolean {
  if (record === undefined || row === undefined) return true
  const { c, chain, seq, prev } = row
  return encodeBase64(chainLink(c, { chain, seq, prev: prev ?? null })) === record.chain
}

function chainHolds({ record, row }: Chained): boolean {
  if (record === undefined || row === undefined) return true
  return (record.notice === 'withheld') === (row.chain === 'withheld')
}

function previousHolds({ row, previous }: Chained): boolean {
  if (row === undefined) return true
  return row.seq === 0 ? row.prev === undefined : row.prev === previous?.commitment
}

/** All that holds; a test leaves one out to see that it is needed. */
export const chainRules: readonly ChainRule[] = [
  { code: 'NOT_CHAINED', holds: ({ row }) => row !== undefined },
  {
    code: 'COMMITMENT_DIFFERS',
    holds: ({ row, leaf }) =>
      row === undefined || equalBytes(decodeBase64(row.commitment), leaf.subarray(2)),
  },
  { code: 'LINK_DIFFERS', holds: linkHolds },
  { code: 'WRONG_CHAIN', holds: chainHolds },
  { code: 'PREVIOUS_DIFFERS', holds: previousHolds },
]

async function chainedAt(
  place: EntryPlace,
  leaf: Uint8Array,
  deps: CheckChainsDeps,
): Promise<Chained> {
  const { reader } = deps
  const entry = await readEntry(reader.logOf(place.origin), place.index, deps)
  const record = entry && exchangeRecordSchema.parse(readCanonicalJson(utf8(entry.record)))
  const row = await reader.chainLinkAt(place)
  const previous =
    row === undefined || row.seq === 0
      ? undefined
      : await reader.chainLink(row.subjectHandle, row.chain, row.seq - 1)
  return { place, leaf, record, row, previous }
}

/** Entries of a table or of a join are about nobody in particular. */
function isAboutPerson({ record }: Chained): boolean {
  return record === undefined || record.kind.startsWith('person.')
}

interface Tally {
  checked: number
  erased: number
  readonly flaws: ChainFlaw[]
}

async function checkLog(
  origin: string,
  tally: Tally,
  { rules, deps }: { readonly rules: readonly ChainRule[]; readonly deps: CheckChainsDeps },
): Promise<void> {
  const log = deps.reader.logOf(origin)
  const size = (await log.head())?.size ?? 0
  for (let first = 0; first < size; first += pageSize) {
    const leaves = await log.readLeaves(first, Math.min(pageSize, size - first))
    for (const [at, leaf] of leaves.entries()) {
      if (leaf[1] !== LEAF_CLASSES.exchange) continue
      const chained = await chainedAt({ origin, index: first + at }, leaf, deps)
      if (!isAboutPerson(chained)) continue
      tally.checked += 1
      if (chained.record === undefined) tally.erased += 1
      const broken = rules.find(({ holds }) => !holds(chained))
      if (broken !== undefined && tally.flaws.length < mostFlaws)
        tally.flaws.push({ code: broken.code, place: chained.place })
    }
    await deps.timers.sleep(0)
  }
}

/**
 * Checks, for the inspector, that every exchange entry about a person in every log of this organisation
 * is in exactly one chain, the right one, behind the entry before it, and that the newest epoch's root
 * is that of the chains as they are. Reads and opens all entries; gives way to other work.
 */
export async function checkChains(
  deps: CheckChainsDeps,
  rules: readonly ChainRule[] = chainRules,
): Promise<ChainCheck> {
  const tally: Tally = { checked: 0, erased: 0, flaws: [] }
  for (const origin of await deps.reader.logs()) await checkLog(origin, tally, { rules, deps })
  const newest = await deps.reader.newestEpoch()
  if (newest !== undefined) {
    const { number: epoch, place, size, salt, root } = newest
    const map = await computeEpochMap({ epoch, origin: place.origin, size }, salt, deps)
    if (encodeBase64(map.root) !== root) tally.flaws.push({ code: 'ROOT_DIFFERS', place })
  }
  return { ...tally, epoch: newest?.number }
}
