import { encodeBase64, equalBytes } from '../../bytes/index.ts'
import type { GovernanceRecord } from '../../log/index.ts'
import {
  LogError,
  type LogReport,
  type LogSource,
  openCheckpoint,
  openEntry,
  parsePublishedOpening,
  type Policy,
  quorumMet,
  readBundle,
  resourcePath,
  type SignatureAlgorithms,
  TILE_WIDTH,
  treeHasher,
  type VerifierKey,
} from '../../log/verify/index.ts'
import type { DrawLog, JudgedCheckpoint, PublicEntry } from './verify-draw.ts'

/** Whose signatures count, and with what they are checked. */
export interface DrawTrust extends SignatureAlgorithms {
  readonly keys: readonly VerifierKey[]
  readonly policy: Policy
}

/** The log changed while it was read: what was verified is not what stands there. */
export class DrawLogChanged extends Error {
  override readonly name = 'DrawLogChanged'
}

const leafBytes = 34
const governanceClass = 2
const mostOpeningBytes = 1_048_576

/** All leaves, in one piece: 34 MB for a million. */
async function readLeaves(source: LogSource, size: number): Promise<Uint8Array> {
  const leaves = new Uint8Array(size * leafBytes)
  for (let index = 0; index * TILE_WIDTH < size; index += 1) {
    const width = Math.min(TILE_WIDTH, size - index * TILE_WIDTH)
    const path = resourcePath({ kind: 'entries', level: 0, index, width })
    const bytes = await source.read(path, TILE_WIDTH * (leafBytes + 2))
    let place = index * TILE_WIDTH
    for (const item of readBundle(bytes ?? new Uint8Array(), width)) {
      if (item.kind === 'fault' || item.entry.length !== leafBytes) throw new DrawLogChanged()
      leaves.set(item.entry, place * leafBytes)
      place += 1
    }
  }
  return leaves
}

function leafAt(leaves: Uint8Array, index: number): Uint8Array {
  return leaves.subarray(index * leafBytes, (index + 1) * leafBytes)
}

function rootAt(leaves: Uint8Array, size: number): Uint8Array {
  const hasher = treeHasher()
  for (let index = 0; index < size; index += 1) hasher.add(leafAt(leaves, index))
  return hasher.root()
}

async function readPublicEntries(
  source: LogSource,
  leaves: Uint8Array,
): Promise<readonly PublicEntry[]> {
  const entries: PublicEntry[] = []
  for (let index = 0; index * leafBytes < leaves.length; index += 1) {
    const leaf = leafAt(leaves, index)
    if (leaf[1] !== governanceClass) continue
    const bytes = await source.read(`governance/${index}`, mostOpeningBytes)
    const opening = bytes === undefined ? undefined : parsePublishedOpening(bytes)
    if (opening === undefined) throw new DrawLogChanged()
    const opened = openEntry(leaf, opening)
    if (!opened.ok || opened.record.class !== 'governance') throw new DrawLogChanged()
    const record: GovernanceRecord = opened.record
    if (record.kind.startsWith('audit.')) entries.push({ index, record })
  }
  return entries
}

function judge(
  note: string,
  leaves: Uint8Array,
  { keys, policy, ...algorithms }: DrawTrust,
): JudgedCheckpoint | undefined {
  const log = [...keys, ...policy.logs.map(({ key }) => key)].filter(({ type }) => type !== 4)
  const witnesses = policy.witnesses.map(({ key }) => key)
  try {
    const own = log.filter(({ name }) => note.startsWith(`${name}\n`))
    const opened = openCheckpoint(note, { log: own, witnesses, ...algorithms })
    const { origin, size, root } = opened.checkpoint
    const isInLog = size * leafBytes <= leaves.length && equalBytes(rootAt(leaves, size), root)
    const isGood =
      isInLog &&
      quorumMet(
        policy,
        opened.cosignatures.map(({ key }) => key),
      )
    return { origin, size, text: opened.text, isGood }
  } catch (cause) {
    if (cause instanceof LogError) return undefined
    throw cause
  }
}

/**
 * Reads from a verified log what draws are checked with. What is read is held against the root that was
 * verified, so a source that shows something else the second time is found out.
 *
 * @throws {@link DrawLogChanged}
 */
export async function readDrawLog(
  source: LogSource,
  { origin, size, root }: Pick<LogReport, 'origin' | 'size' | 'root'>,
  trust: DrawTrust,
): Promise<DrawLog> {
  const leaves = await readLeaves(source, size ?? 0)
  if (encodeBase64(rootAt(leaves, size ?? 0)) !== root) throw new DrawLogChanged()
  return {
    origin: origin ?? '',
    entries: await readPublicEntries(source, leaves),
    isExchange: (index) => leafAt(leaves, index)[1] !== governanceClass,
    judgeCheckpoint: (note) => judge(note, leaves, trust),
  }
}
