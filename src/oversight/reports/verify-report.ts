import * as z from 'zod'
import { canonicalJson, decodeBase64, type Json } from '../../bytes/index.ts'
import { formatTlogProof } from '../../log/index.ts'
import {
  type Checkpoint,
  entryJudge,
  type EntryJudge,
  judgeHead,
  type JudgeKeys,
  LogError,
  type Policy,
  policyWithKeys,
  type SignatureAlgorithms,
  verifySubjectFile,
} from '../../log/verify/index.ts'
import { composeReport } from './compose/compose-report.ts'
import { isCited } from './evidence/cited-kinds.ts'
import { sumOf } from './evidence/count-exchanges.ts'
import type { ReportContent, ReportValue } from './report-content.ts'
import type { CitedEntry, ReportFile } from './report-file.ts'
import { ReportFault } from './report-fault.ts'

/** A report that holds: what it says, computed again. */
export interface VerifiedReport {
  readonly content: ReportContent
  /** The heads under which it was made, by origin. */
  readonly heads: ReadonlyMap<string, Checkpoint>
  /** Figures in it by where they come from. */
  readonly figures: Readonly<Record<'entries' | 'exchanges' | 'agreement' | 'chain', number>>
}

function policyOf({ evidence: { policy, vkeys } }: ReportFile): Policy {
  try {
    return policyWithKeys(policy, vkeys)
  } catch (cause) {
    if (cause instanceof LogError)
      throw new ReportFault('KEYS_UNUSABLE', 'keys or policy', { cause })
    throw cause
  }
}

/** The heads by origin, each signed and witnessed. */
function openHeads(
  { evidence: { heads } }: ReportFile,
  keys: JudgeKeys,
): ReadonlyMap<string, Checkpoint> {
  const opened = new Map<string, Checkpoint>()
  for (const { origin, checkpoint } of heads) {
    const head = judgeHead(checkpoint, origin, keys)
    if (typeof head === 'string' || opened.has(origin))
      throw new ReportFault('HEAD_REFUSED', `the head of ${origin}`)
    opened.set(origin, head.checkpoint)
  }
  return opened
}

function proofOf({ index, hashes }: CitedEntry, checkpoint: string): string | undefined {
  try {
    return formatTlogProof({ index, hashes: hashes.map((hash) => decodeBase64(hash)), checkpoint })
  } catch {
    return undefined
  }
}

function checkEntry(entry: CitedEntry, file: ReportFile, judge: EntryJudge): void {
  const { origin, index, leaf, r, record } = entry
  const where = `entry ${index} of ${origin}`
  const head = file.evidence.heads.find((one) => one.origin === origin)
  const proof = head && proofOf(entry, head.checkpoint)
  if (proof === undefined) throw new ReportFault('ENTRY_UNPROVEN', where)
  const judged = judge({ origin, index, leaf, r, record, proof })
  if (typeof judged === 'string') throw new ReportFault('ENTRY_UNPROVEN', where)
  const { record: read } = judged
  const isOwn =
    read?.class === 'governance' &&
    read.organisation === file.organisation &&
    isCited(file.report, read, file.parameters)
  if (!isOwn) throw new ReportFault('ENTRY_FOREIGN', where)
}

/** In the order of logs and entries, so that none counts twice. */
function checkOrder({ evidence: { entries, heads } }: ReportFile): void {
  const rank = new Map(heads.map(({ origin }, place) => [origin, place]))
  let before: CitedEntry | undefined
  for (const entry of entries) {
    const isLater =
      before === undefined ||
      (before.origin === entry.origin
        ? before.index < entry.index
        : (rank.get(before.origin) ?? 0) < (rank.get(entry.origin) ?? 0))
    if (!isLater)
      throw new ReportFault(
        'ENTRY_UNPROVEN',
        `the order at entry ${entry.index} of ${entry.origin}`,
      )
    before = entry
  }
}

function checkPerson(file: ReportFile, algorithms: SignatureAlgorithms): void {
  const { person, policy, vkeys } = file.evidence
  if (person === null) return
  const verdict = verifySubjectFile({ ...person, policy, vkeys }, algorithms)
  if (!verdict.ok) throw new ReportFault('CHAIN_WRONG', verdict.code)
  if (verdict.organisation !== file.organisation)
    throw new ReportFault('CHAIN_WRONG', 'it is of another organisation')
}

function checkCounts(
  { evidence: { counts } }: ReportFile,
  heads: ReadonlyMap<string, Checkpoint>,
): void {
  if (counts === null) return
  const { ranges, rows, entries, erased } = counts
  if (sumOf(rows) + erased !== entries) throw new ReportFault('COUNTS_WRONG', 'the sum of the rows')
  let room = 0
  for (const { origin, first, last } of ranges) {
    if (first > last || last >= (heads.get(origin)?.size ?? 0))
      throw new ReportFault('COUNTS_WRONG', `the range of ${origin}`)
    room += last - first + 1
  }
  if (entries > room) throw new ReportFault('COUNTS_WRONG', 'more entries than the ranges have')
}

const asJson = (value: unknown): Json => z.json().parse(value)

/** The first place at which two contents differ, by section and label. */
function firstDifference(said: ReportContent, found: ReportContent): string | undefined {
  if (canonicalJson(asJson(said)) === canonicalJson(asJson(found))) return undefined
  for (const [place, section] of found.sections.entries()) {
    const other = said.sections[place]
    const name = section.of === null ? section.title : `${section.title} of ${section.of}`
    if (canonicalJson(asJson(section)) === canonicalJson(asJson(other ?? null))) continue
    const label = section.facts.find(
      (one, at) => canonicalJson(asJson(one)) !== canonicalJson(asJson(other?.facts[at] ?? null)),
    )?.label
    return label === undefined ? `the section ${name}` : `"${label}" in the section ${name}`
  }
  return 'its sections'
}

function countFigures(content: ReportContent): VerifiedReport['figures'] {
  const found = { entries: 0, exchanges: 0, agreement: 0, chain: 0 }
  const see = (value: ReportValue): void => {
    if (value.is === 'figure') found[value.rule] += 1
    if (value.is === 'list') for (const item of value.items) see(item)
  }
  for (const { facts, table } of content.sections) {
    for (const { value } of facts) see(value)
    for (const row of table?.rows ?? []) for (const value of row) see(value)
  }
  return found
}

/**
 * Verifies a report by itself, offline: every cited entry stands in the log under a witnessed head and says
 * what the report took from it, the person's chain is whole, and every figure follows from the evidence.
 * That no public entry was left out, and that the rows are what the exchange entries say, only the log shows
 * (`verifyAgainstLog`).
 *
 * @throws {@link ReportFault}
 */
export function verifyReport(file: ReportFile, algorithms: SignatureAlgorithms): VerifiedReport {
  const keys = { policy: policyOf(file), ...algorithms }
  const heads = openHeads(file, keys)
  checkOrder(file)
  const judge = entryJudge(keys)
  for (const entry of file.evidence.entries) checkEntry(entry, file, judge)
  checkPerson(file, algorithms)
  checkCounts(file, heads)
  const content = composeReport(file)
  const difference = firstDifference(file.content, content)
  if (difference !== undefined) throw new ReportFault('CONTENT_DIFFERS', difference)
  return { content, heads, figures: countFigures(content) }
}
