import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import {
  decodeBase64,
  encodeBase64,
  encodeHex,
  readCanonicalJson,
  utf8,
} from '../../src/bytes/index.ts'
import { sha256 } from '../../src/crypto/index.ts'
import { exchangeRecordSchema, readEntry, type RecordKeys } from '../../src/log/index.ts'
import {
  entryHash,
  openCheckpoint,
  openEntry,
  parseTlogProof,
  parseVerifierKey,
  treeHasher,
  verifyInclusion,
  type Checkpoint,
  type VerifierKey,
} from '../../src/log/verify/index.ts'
import { aesGcm, bestEd25519, systemRandomness } from '../../src/platform/index.ts'
import { parsePersonAnswer, type PersonAnswer, resultDigest } from '../../src/protocol/index.ts'
import { openStateReader, type SqliteReader } from '../../src/storage/sqlite/index.ts'
import { type Acknowledged, parseAcknowledged } from './load-messages.ts'

/** The two sides that must agree: the client's own file and the provider's store. */
export interface History {
  readonly acknowledgedFile: string
  readonly statePath: string
  /** C2SP verifier key of the provider's log. */
  readonly vkey: string
  /** Opens the provider's entries; 32 bytes. */
  readonly recordKeys: RecordKeys
}

/** What was counted and what is wrong. */
export interface HistoryReport {
  /** Lines of the client's file. */
  readonly acknowledgements: number
  /** Different exchanges among them. */
  readonly exchanges: number
  /** Exchanges that were acknowledged more than once, always with the same bytes. */
  readonly repeated: number
  /** Different checkpoints that receipts were under. */
  readonly checkpoints: number
  /** Entries of the provider's final log, and those that are answers. */
  readonly entries: number
  readonly answers: number
  /** What breaks a law, one sentence each; empty when every law holds. */
  readonly problems: readonly string[]
}

interface Claim {
  readonly exchangeId: string
  readonly index: number
  readonly leaf: string
}

interface Findings {
  readonly problems: string[]
  readonly bodies: Map<string, string>
  readonly repeated: Set<string>
  readonly claims: Claim[]
  /** Every tree head that a receipt was under, by its size. */
  readonly heads: Map<number, Uint8Array>
  readonly opened: Map<string, Checkpoint | undefined>
  acknowledgements: number
}

const mostProblems = 20

function digestOf(body: string): string {
  return encodeHex(sha256(utf8(body)))
}

/** Opens each different checkpoint once. */
function openOnce(note: string, key: VerifierKey, found: Findings): Checkpoint | undefined {
  if (found.opened.has(note)) return found.opened.get(note)
  let checkpoint: Checkpoint | undefined
  try {
    checkpoint = openCheckpoint(note, {
      log: key,
      witnesses: [],
      ed25519: bestEd25519(),
    }).checkpoint
  } catch {
    // Left undefined: it is not this log's, which the caller reports.
  }
  found.opened.set(note, checkpoint)
  return checkpoint
}

/** Whether the entry is about this exchange, and the answer says what the entry and the register say. */
function contentFault(
  { exchangeId, expected }: Acknowledged,
  answer: PersonAnswer,
): string | undefined {
  const { r, s, record: text } = answer.opening
  const opening = { r: decodeBase64(r), record: readCanonicalJson(utf8(text)) }
  const opened = openEntry(decodeBase64(answer.leaf), opening)
  if (!opened.ok || opened.record.class !== 'exchange') return 'its opening does not open its leaf'
  const { record } = opened
  if (record.kind !== 'person.answered' || record.exchangeId !== exchangeId)
    return 'its entry is about something else'
  if (record.resultDigest !== encodeBase64(resultDigest(decodeBase64(s), answer.results)))
    return 'its results are not those of its entry'
  const [result] = answer.results
  return result?.value === expected ? undefined : 'it is not what the register holds'
}

/** Whether the receipt holds under a checkpoint of this log; notes tree head and place. */
function receiptFault(
  { exchangeId }: Acknowledged,
  answer: PersonAnswer,
  { key, found }: { readonly key: VerifierKey; readonly found: Findings },
): string | undefined {
  const { index, hashes, checkpoint: note } = parseTlogProof(answer.inclusion)
  const checkpoint = openOnce(note, key, found)
  if (checkpoint === undefined) return 'its checkpoint is not signed by this log'
  const { size, root } = checkpoint
  const leafHash = entryHash(decodeBase64(answer.leaf))
  if (!verifyInclusion({ index, size, leafHash, proof: hashes, root }))
    return 'its receipt does not hold'
  const other = found.heads.get(size)
  if (other !== undefined && encodeHex(other) !== encodeHex(root))
    return `there are two signed trees of size ${size}`
  found.heads.set(size, root)
  found.claims.push({ exchangeId, index, leaf: answer.leaf })
  return undefined
}

/** Law (a) as far as the answer itself shows it. */
function faultOf(line: Acknowledged, key: VerifierKey, found: Findings): string | undefined {
  try {
    const answer = parsePersonAnswer(utf8(line.body))
    return contentFault(line, answer) ?? receiptFault(line, answer, { key, found })
  } catch {
    return 'it is no answer'
  }
}

function takeLine(line: string, key: VerifierKey, found: Findings): void {
  const acknowledged = parseAcknowledged(line)
  const { exchangeId, body } = acknowledged
  found.acknowledgements += 1
  const digest = digestOf(body)
  const before = found.bodies.get(exchangeId)
  if (before !== undefined) {
    found.repeated.add(exchangeId)
    // Law (c): a retry of an answered exchange is the same bytes.
    if (before !== digest) found.problems.push(`${exchangeId}: answered with different bytes`)
    return
  }
  found.bodies.set(exchangeId, digest)
  const fault = faultOf(acknowledged, key, found)
  if (fault !== undefined) found.problems.push(`${exchangeId}: ${fault}`)
}

/** Laws (a) and (b) on the final log: every acknowledged entry in its place, every head a prefix. */
async function checkTree(reader: SqliteReader, size: number, found: Findings): Promise<void> {
  const { problems } = found
  const largest = Math.max(0, ...found.heads.keys())
  if (largest > size) problems.push(`a signed tree of size ${largest} is larger than the log`)
  const leaves = await reader.readLeaves(0, size)
  if (leaves.length !== size) problems.push(`${size - leaves.length} entries are missing`)
  for (const { exchangeId, index, leaf } of found.claims) {
    const stored = leaves[index]
    if (stored === undefined || encodeBase64(stored) !== leaf)
      problems.push(`${exchangeId}: entry ${index} is not in the log`)
  }
  const hasher = treeHasher()
  for (const [place, leaf] of leaves.entries()) {
    hasher.add(leaf)
    const root = found.heads.get(place + 1)
    if (root !== undefined && encodeHex(root) !== encodeHex(hasher.root()))
      problems.push(`the signed tree of size ${place + 1} is no beginning of the final log`)
  }
}

/** Law (d): one entry for each exchange; and none that the client never had an answer for. */
async function countAnswers(
  reader: SqliteReader,
  { size, recordKeys }: { readonly size: number; readonly recordKeys: RecordKeys },
  found: Findings,
): Promise<number> {
  const { problems } = found
  const entriesOf = new Map<string, number>()
  const unseal = { aead: aesGcm(systemRandomness), recordKeys }
  for (let index = 0; index < size; index += 1) {
    const entry = await readEntry(reader, index, unseal).catch(() => undefined)
    if (entry === undefined) continue
    const record = exchangeRecordSchema.safeParse(readCanonicalJson(utf8(entry.record))).data
    if (record === undefined) continue
    if (record.kind !== 'person.answered') problems.push(`entry ${index} is a ${record.kind}`)
    entriesOf.set(record.exchangeId, (entriesOf.get(record.exchangeId) ?? 0) + 1)
  }
  for (const [exchangeId, count] of entriesOf) {
    if (count !== 1) problems.push(`${exchangeId}: has ${count} entries`)
    if (!found.bodies.has(exchangeId)) problems.push(`${exchangeId}: has an entry but no answer`)
  }
  return entriesOf.size
}

/**
 * Holds a client's file of acknowledged answers against the provider's store, by the verifier's code:
 * (a) no answer without its entry under a signed checkpoint, (b) no acknowledged entry lost, (c) every
 * retry byte-identical, (d) one entry for each exchange.
 */
export async function checkHistory(history: History): Promise<HistoryReport> {
  const found: Findings = {
    problems: [],
    bodies: new Map(),
    repeated: new Set(),
    claims: [],
    heads: new Map(),
    opened: new Map(),
    acknowledgements: 0,
  }
  const key = parseVerifierKey(history.vkey)
  const lines = createInterface({ input: createReadStream(history.acknowledgedFile) })
  for await (const line of lines) takeLine(line, key, found)
  using reader = openStateReader(history.statePath)
  const head = await reader.head()
  const size = head?.size ?? 0
  await checkTree(reader, size, found)
  const answers = await countAnswers(reader, { size, recordKeys: history.recordKeys }, found)
  return {
    acknowledgements: found.acknowledgements,
    exchanges: found.bodies.size,
    repeated: found.repeated.size,
    checkpoints: found.heads.size,
    entries: size,
    answers,
    problems: found.problems.slice(0, mostProblems),
  }
}
