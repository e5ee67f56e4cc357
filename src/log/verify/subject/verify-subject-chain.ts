import {
  BytesError,
  canonicalBytes,
  concatBytes,
  decodeBase64,
  encodeBase64,
  utf8,
} from '../../../bytes/index.ts'
import { sha256, verifyVrf } from '../../../crypto/index.ts'
import type { ExchangeRecord } from '../../entry/index.ts'
import { type EntryFault, type EntryJudge, type JudgedEntry } from './entry-judge.ts'
import { type ClosedEpoch, readClosedEpoch } from './epoch-record.ts'
import { provesInMap } from './map-proof.ts'
import type { ChainLink, ProvenEntry, SubjectChain } from './subject-file.ts'

/** Why a chain is not shown to be whole. */
export type ChainFault =
  | EntryFault
  | 'EPOCH_WRONG'
  | 'EPOCH_OLD'
  | 'HANDLE_UNPROVEN'
  | 'MAP_WRONG'
  | 'CHAIN_GAP'
  | 'LINK_WRONG'
  | 'RECORD_WRONG'

/** What is wrong with a chain, and with which entry of which log. */
export interface ChainProblem {
  readonly ok: false
  readonly code: ChainFault
  readonly entry: { readonly origin: string; readonly index: number } | undefined
}

/** A chain that is whole: all entries about the person up to a time. */
export interface WholeChain {
  readonly ok: true
  readonly organisation: string
  readonly epoch: number
  /** When the epoch was closed: no entry before it is missing. Milliseconds since the epoch. */
  readonly upToMs: number
  /** Of the log in which the epoch was closed. */
  readonly size: number
  /** In the order of the chain; `undefined` for an erased one. */
  readonly records: readonly (ExchangeRecord | undefined)[]
  /** How many of these are newer than the epoch; there may be more of that age. */
  readonly newer: number
}

interface Judged {
  readonly link: ChainLink
  readonly commitment: string
  readonly record: ExchangeRecord | undefined
}

/** A finding on the way, thrown to leave from where it is made; never leaves this file. */
class Found extends Error {
  override readonly name = 'Found'
  readonly problem: ChainProblem

  constructor(code: ChainFault, entry?: ProvenEntry) {
    super(code)
    const place = entry && { origin: entry.origin, index: entry.index }
    this.problem = { ok: false, code, entry: place }
  }
}

const chainTag = utf8('cloison/chain/v1\n')
const subjectTag = utf8('cloison/subject/v1\n')
const graceMs = 300_000

function judged(entry: ProvenEntry, judge: EntryJudge): JudgedEntry {
  const verdict = judge(entry)
  if (typeof verdict === 'string') throw new Found(verdict, entry)
  return verdict
}

/** The epoch that the chain is held against, and that it is young enough for its checkpoint. */
function readEpoch(chain: SubjectChain, judge: EntryJudge): ClosedEpoch {
  const { epoch: entry, organisation } = chain
  const { record, cosignatures } = judged(entry, judge)
  const closed = record?.class === 'governance' ? readClosedEpoch(record) : undefined
  if (closed === undefined || closed.organisation !== organisation || closed.size > entry.index)
    throw new Found('EPOCH_WRONG', entry)
  const oldestMs = Math.min(...cosignatures.map(({ timeSeconds }) => timeSeconds * 1000))
  // An organisation that goes on showing an old epoch would hide whatever came since.
  if (cosignatures.length > 0 && oldestMs > closed.atMs + 2 * closed.periodMs + graceMs)
    throw new Found('EPOCH_OLD', entry)
  return closed
}

function handleOf({ subject, handleProof }: SubjectChain, { vrfKey }: ClosedEpoch): Uint8Array {
  const { scheme, value } = subject
  const alpha = concatBytes(subjectTag, canonicalBytes({ chain: 'open', scheme, value }))
  const output = verifyVrf(decodeBase64(vrfKey), alpha, decodeBase64(handleProof))
  if (output === undefined) throw new Found('HANDLE_UNPROVEN')
  return output.subarray(0, 32)
}

function linkOpens({ c, seq, prev }: ChainLink, { chain }: ExchangeRecord): boolean {
  if (c === null) return false
  const blinding = decodeBase64(c)
  if (blinding.length !== 32) return false
  const place = canonicalBytes({ chain: 'open', prev, seq })
  return encodeBase64(sha256(chainTag, blinding, place)) === chain
}

/** One link: in its place behind the one before it, its entry proven, its record saying so. */
function judgeLink(
  link: ChainLink,
  before: { readonly seq: number; readonly commitment: string | null },
  { organisation, judge }: { readonly organisation: string; readonly judge: EntryJudge },
): Judged {
  const { entry } = link
  if (link.seq !== before.seq + 1) throw new Found('CHAIN_GAP', entry)
  if (link.prev !== before.commitment) throw new Found('LINK_WRONG', entry)
  const { commitment, record } = judged(entry, judge)
  const committed = encodeBase64(commitment)
  if (record === undefined) {
    if (link.c !== null) throw new Found('LINK_WRONG', entry)
    return { link, commitment: committed, record }
  }
  if (record.class !== 'exchange' || record.notice === 'withheld')
    throw new Found('RECORD_WRONG', entry)
  if (record.consumer !== organisation && record.provider !== organisation)
    throw new Found('RECORD_WRONG', entry)
  if (!linkOpens(link, record)) throw new Found('LINK_WRONG', entry)
  return { link, commitment: committed, record }
}

function judgeLinks(chain: SubjectChain, judge: EntryJudge): readonly Judged[] {
  const { organisation } = chain
  const links: Judged[] = []
  for (const link of chain.links) {
    const last = links.at(-1)
    const before = { seq: last?.link.seq ?? -1, commitment: last?.commitment ?? null }
    links.push(judgeLink(link, before, { organisation, judge }))
  }
  return links
}

/** The map has the end of the chain as it was at its size, and the entry behind that end is newer. */
function checkMap(chain: SubjectChain, closed: ClosedEpoch, links: readonly Judged[]): number {
  const count = chain.map.state === 'present' ? chain.map.count : 0
  const end = links[count - 1]
  if (count > links.length) throw new Found('CHAIN_GAP', links.at(-1)?.link.entry)
  const isPresent = chain.map.state === 'present'
  const { origin } = chain.epoch
  const holds = provesInMap(chain.map, {
    epoch: closed.epoch,
    origin,
    size: closed.size,
    root: decodeBase64(closed.root),
    handle: handleOf(chain, closed),
    end: isPresent && end !== undefined ? { commitment: end.commitment, count } : undefined,
  })
  if (!holds) throw new Found('MAP_WRONG', chain.epoch)
  for (const [place, { link }] of links.entries()) {
    const { entry } = link
    if (entry.origin !== origin) continue
    const isOld = entry.index < closed.size
    if (isOld !== place < count) throw new Found('MAP_WRONG', entry)
  }
  return links.length - count
}

/**
 * Verifies that a chain holds every entry about the person up to its epoch: whose handle it is, the
 * end that the published map commits to, each link from the first on, and each entry's receipt. An
 * expected outcome: never throws on malformed input.
 */
export function verifySubjectChain(
  chain: SubjectChain,
  judge: EntryJudge,
): WholeChain | ChainProblem {
  try {
    const closed = readEpoch(chain, judge)
    const links = judgeLinks(chain, judge)
    const newer = checkMap(chain, closed, links)
    return {
      ok: true,
      organisation: chain.organisation,
      epoch: closed.epoch,
      upToMs: closed.atMs,
      size: closed.size,
      records: links.map(({ record }) => record),
      newer,
    }
  } catch (cause) {
    if (cause instanceof Found) return cause.problem
    if (cause instanceof BytesError || cause instanceof RangeError)
      return { ok: false, code: 'ENTRY_MALFORMED', entry: undefined }
    throw cause
  }
}
