import type { EntryPlace } from '../../log/index.ts'
import type {
  ChainEnd,
  ChainHead,
  ChainName,
  ChainReader,
  ChainRow,
  EpochRow,
} from '../../person/index.ts'
import { type MemoryTables, requireNew } from './memory-tables.ts'
import type { PortCall } from './port-call.ts'

function linksOf(
  tables: MemoryTables,
  subjectHandle: string,
  chain: ChainName,
): readonly ChainRow[] {
  return tables.chain.filter((row) => row.subjectHandle === subjectHandle && row.chain === chain)
}

function chainEnd(
  tables: MemoryTables,
  subjectHandle: string,
  chain: ChainName,
): ChainEnd | undefined {
  const end = linksOf(tables, subjectHandle, chain)
    .toSorted((a, b) => a.seq - b.seq)
    .at(-1)
  return end && { seq: end.seq, commitment: end.commitment }
}

/** Links are only ever added, so those before an entry are the first ones. */
function linksBefore(tables: MemoryTables, before: EntryPlace): readonly ChainRow[] {
  const origins = [...tables.closed.map(({ origin }) => origin), tables.origin]
  const border = origins.indexOf(before.origin)
  return tables.chain.filter(({ place }) => {
    const log = origins.indexOf(place.origin)
    return log < border || (log === border && place.index < before.index)
  })
}

function chainHeads(tables: MemoryTables, before: EntryPlace): readonly ChainHead[] {
  const heads = new Map<string, ChainHead>()
  for (const { subjectHandle, chain, seq, commitment } of linksBefore(tables, before)) {
    const key = `${subjectHandle} ${chain}`
    const known = heads.get(key)
    if (known === undefined || known.seq < seq)
      heads.set(key, { subjectHandle, chain, seq, commitment })
  }
  return [...heads].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, head]) => head)
}

function samePlace(a: EntryPlace, b: EntryPlace): boolean {
  return a.origin === b.origin && a.index === b.index
}

/** Reads of chains and epochs. */
export function memoryChainReader(tables: () => MemoryTables, call: PortCall): ChainReader {
  return {
    chainEnd: (subject, chain) => call('chainEnd', () => chainEnd(tables(), subject, chain)),
    chainLink: (subject, chain, seq) =>
      call('chainLink', () => linksOf(tables(), subject, chain).find((row) => row.seq === seq)),
    chainLinkAt: (place) =>
      call('chainLinkAt', () => tables().chain.find((row) => samePlace(row.place, place))),
    chainHeads: (before, after, most) =>
      call('chainHeads', () => {
        const border = after === undefined ? '' : `${after.subjectHandle} ${after.chain}`
        return chainHeads(tables(), before)
          .filter(({ subjectHandle, chain }) => `${subjectHandle} ${chain}` > border)
          .slice(0, most)
      }),
    entriesAbout: (subject) =>
      call('entriesAbout', () =>
        tables()
          .chain.filter((row) => row.subjectHandle === subject)
          .map(({ place }) => place),
      ),
    epoch: (number) => call('epoch', () => tables().epochs.find((row) => row.number === number)),
    newestEpoch: () =>
      call('newestEpoch', () =>
        tables()
          .epochs.toSorted((a, b) => a.number - b.number)
          .at(-1),
      ),
  }
}

/** Adds a link to a subject's chain. */
export function saveChain(tables: MemoryTables, row: ChainRow): void {
  const sameSeq = linksOf(tables, row.subjectHandle, row.chain).some(({ seq }) => seq === row.seq)
  requireNew(sameSeq || tables.chain.some(({ place }) => samePlace(place, row.place)), 'a link')
  tables.chain.push(row)
}

/** Adds a closed epoch. */
export function saveEpoch(tables: MemoryTables, row: EpochRow): void {
  const isTaken = tables.epochs.some(({ number }) => number === row.number)
  requireNew(isTaken, 'an epoch')
  tables.epochs.push(row)
}
