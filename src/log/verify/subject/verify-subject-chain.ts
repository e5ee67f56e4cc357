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
import { type MapClaim, provesInMap } from './map-proof.ts'
import type { ChainLink, MapEvidence, ProvenEntry, SubjectChain } from './subject-file.ts'

const chainTag = utf8('cloison/chain/v1\n')
const subjectTag = utf8('cloison/subject/v1\n')
/** How late an epoch may be closed beyond its period. */
const graceMs = 300_000

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
  /** In the order of the chain; `undefined` for an erased one and a sealed one. */
  readonly records: readonly (ExchangeRecord | undefined)[]
  /** How many of these are sealed for the sake of another person: in the log, and told of by word alone. */
  readonly sealed: number
  /** How many of these can no longer be opened by anybody. */
  readonly erased: number
  /** How many of these are newer than the epoch; there may be more of that age. */
  readonly newer: number
}

/** The checks that each stand between an organisation and one way to cheat. */
export interface ChainChecks {
  /** The handle that the proof proves under the epoch's key; `undefined` when it proves none. */
  handle(chain: SubjectChain, closed: ClosedEpoch): Uint8Array | undefined
  /** Whether the epoch is young enough at the time of the oldest cosignature. */
  isYoung(closed: ClosedEpoch, cosignedMs: number): boolean
  /** Whether the record is of this link: its place and the entry before it. */
  opensLink(link: ChainLink, record: ExchangeRecord): boolean
  /** Whether the chain's end, or its absence, is what the epoch's root commits to. */
  isInMap(proof: MapEvidence, claim: MapClaim): boolean
}

/** All checks, as everybody makes them; a test replaces one to see that it is needed. */
export const chainChecks: ChainChecks = {
  handle({ subject, handleProof }, { vrfKey }) {
    const { scheme, value } = subject
    const alpha = concatBytes(subjectTag, canonicalBytes({ chain: 'open', scheme, value }))
    return verifyVrf(decodeBase64(vrfKey), alpha, decodeBase64(handleProof))?.subarray(0, 32)
  },
  isYoung: ({ atMs, periodMs }, cosignedMs) => cosignedMs <= atMs + 2 * periodMs + graceMs,
  opensLink({ c, seq, prev }, { chain }) {
    const blinding = decodeBase64(c ?? '')
    const place = canonicalBytes({ chain: 'open', prev, seq })
    return blinding.length === 32 && encodeBase64(sha256(chainTag, blinding, place)) === chain
  },
  isInMap: provesInMap,
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

function judged(entry: ProvenEntry, judge: EntryJudge): JudgedEntry {
  const verdict = judge(entry)
  if (typeof verdict === 'string') throw new Found(verdict, entry)
  return verdict
}

/** The epoch that the chain is held against, and that it is young enough for its checkpoint. */
function readEpoch(chain: SubjectChain, judge: EntryJudge, checks: ChainChecks): ClosedEpoch {
  const { epoch: entry, organisation } = chain
  const { record, cosignatures } = judged(entry, judge)
  const closed = record?.class === 'governance' ? readClosedEpoch(record) : undefined
  if (closed === undefined || closed.organisation !== organisation || closed.size > entry.index)
    throw new Found('EPOCH_WRONG', entry)
  const oldestMs = Math.min(...cosignatures.map(({ timeSeconds }) => timeSeconds * 1000))
  // An organisation that goes on showing an old epoch would hide whatever came since.
  if (cosignatures.length > 0 && !checks.isYoung(closed, oldestMs))
    throw new Found('EPOCH_OLD', entry)
  return closed
}

/** What links are judged by. */
interface Judging {
  readonly organisation: string
  readonly judge: EntryJudge
  readonly checks: ChainChecks
}

/** One link: in its place behind the one before it, its entry proven, its record saying so. */
function judgeLink(
  link: ChainLink,
  before: { readonly seq: number; readonly commitment: string | null },
  { organisation, judge, checks }: Judging,
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
  if (!checks.opensLink(link, record)) throw new Found('LINK_WRONG', entry)
  return { link, commitment: committed, record }
}

function isSealed({ entry }: ChainLink): boolean {
  return entry.sealed !== undefined
}

function judgeLinks(chain: SubjectChain, judging: Judging): readonly Judged[] {
  const links: Judged[] = []
  for (const link of chain.links) {
    const last = links.at(-1)
    const before = { seq: last?.link.seq ?? -1, commitment: last?.commitment ?? null }
    links.push(judgeLink(link, before, judging))
  }
  return links
}

/** The map has the end of the chain as it was at its size, and the entry behind that end is newer. */
function checkMap(
  chain: SubjectChain,
  { closed, links }: { readonly closed: ClosedEpoch; readonly links: readonly Judged[] },
  checks: ChainChecks,
): number {
  const count = chain.map.state === 'present' ? chain.map.count : 0
  const end = links[count - 1]
  if (count > links.length) throw new Found('CHAIN_GAP', links.at(-1)?.link.entry)
  const isPresent = chain.map.state === 'present'
  const { origin } = chain.epoch
  const handle = checks.handle(chain, closed)
  if (handle === undefined) throw new Found('HANDLE_UNPROVEN')
  const holds = checks.isInMap(chain.map, {
    epoch: closed.epoch,
    origin,
    size: closed.size,
    root: decodeBase64(closed.root),
    handle,
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
  checks: ChainChecks = chainChecks,
): WholeChain | ChainProblem {
  try {
    const closed = readEpoch(chain, judge, checks)
    const { organisation } = chain
    const links = judgeLinks(chain, { organisation, judge, checks })
    const newer = checkMap(chain, { closed, links }, checks)
    return {
      ok: true,
      organisation,
      epoch: closed.epoch,
      upToMs: closed.atMs,
      size: closed.size,
      records: links.map(({ record }) => record),
      sealed: links.filter(({ link }) => isSealed(link)).length,
      erased: links.filter(({ link, record }) => record === undefined && !isSealed(link)).length,
      newer,
    }
  } catch (cause) {
    if (cause instanceof Found) return cause.problem
    if (cause instanceof BytesError || cause instanceof RangeError)
      return { ok: false, code: 'ENTRY_MALFORMED', entry: undefined }
    throw cause
  }
}
