import * as z from 'zod'
import { decodeBase64, encodeBase64, equalBytes } from '../../bytes/index.ts'
import { type ExchangeRecord, exchangeRecordSchema } from '../../log/index.ts'
import {
  LogError,
  openCheckpoint,
  type OpenedCheckpoint,
  parseLeaf,
  type Policy,
  quorumMet,
  type SignatureAlgorithms,
  treeHasher,
  type TreeHasher,
  type VerifierKey,
} from '../../log/verify/index.ts'
import { entryLeaf } from './entry-leaf.ts'
import { type BundleHeader, mostLineBytes, parseBundleHeader } from './bundle-header.ts'
import { ReconcileError } from './reconcile-error.ts'

/** Whose word counts: keys of logs, and which witnesses must have cosigned. */
export interface BundleTrust extends SignatureAlgorithms {
  readonly keys: readonly VerifierKey[]
  readonly policy: Policy
}

/** One entry of a bundle. */
export interface BundleEntry {
  readonly index: number
  /** Base64, 32 bytes. */
  readonly commitment: string
  readonly class: 'exchange' | 'governance'
  /** `undefined`: the bundle does not open it. */
  readonly record: ExchangeRecord | undefined
  /** Whether the organisation has marked it as about a bystander: hidden from its person, by its own word. */
  readonly isBystander: boolean
  /** The entry `record.erased` of the same organisation that says so, by the bundle's own word. */
  readonly erasedBy: string | undefined
}

/** A bundle whose header is good; its entries count once all of them were read without an error. */
export interface OpenBundle {
  readonly header: BundleHeader
  readonly head: OpenedCheckpoint
  /** The root of what stands before the first entry, base64. */
  readonly rootBefore: string
  /** In the order of the log. The last step rejects if they are not those of the checkpoint. */
  readonly entries: () => AsyncGenerator<BundleEntry, void>
}

/** Lines of a stream of bytes, without their ends; a last line without an end is refused. */
async function* linesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string, void> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let rest = ''
  for await (const chunk of chunks) {
    rest += decoder.decode(chunk, { stream: true })
    let from = 0
    for (let end = rest.indexOf('\n'); end >= 0; end = rest.indexOf('\n', from)) {
      yield rest.slice(from, end)
      from = end + 1
    }
    rest = rest.slice(from)
    if (rest.length > mostLineBytes) throw malformed('a line is too long')
  }
  rest += decoder.decode()
  if (rest !== '') throw malformed('it ends in the middle of a line')
}

function malformed(reason: string, cause?: unknown): ReconcileError {
  return new ReconcileError('BUNDLE_MALFORMED', `A bundle cannot be read: ${reason}.`, { cause })
}

function openHead(
  { checkpoint, organisation }: BundleHeader,
  { keys, policy, ...algorithms }: BundleTrust,
): OpenedCheckpoint {
  const origin = checkpoint.slice(0, checkpoint.indexOf('\n'))
  const log = [...keys, ...policy.logs.map(({ key }) => key)].filter(({ type }) => type !== 4)
  const own = log.filter(({ name }) => name === origin)
  const witnesses = policy.witnesses.map(({ key }) => key)
  try {
    const head = openCheckpoint(checkpoint, { log: own, witnesses, ...algorithms })
    const cosigners = head.cosignatures.map(({ key }) => key)
    if (quorumMet(policy, cosigners)) return head
  } catch (cause) {
    if (!(cause instanceof LogError)) throw cause
    throw new ReconcileError(
      'CHECKPOINT_REFUSED',
      `The checkpoint in the bundle of ${organisation} is not one of a log that is trusted: ${cause.message}.`,
      { cause },
    )
  }
  throw new ReconcileError(
    'QUORUM_NOT_MET',
    `Too few witnesses have cosigned the checkpoint in the bundle of ${organisation}.`,
  )
}

function hasherFrom({ first, peaks, organisation }: BundleHeader): TreeHasher {
  try {
    return treeHasher({ size: first, peaks: peaks.map((peak) => decodeBase64(peak)) })
  } catch (cause) {
    throw malformed(`${organisation} gives another number of subtrees than its first entry`, cause)
  }
}

type Members =
  | { readonly leaf: string; readonly erasedBy: string | undefined }
  | { readonly r: string; readonly record: unknown; readonly isBystander: boolean }

function objectOf(line: string): Readonly<Record<string, unknown>> {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch (cause) {
    throw malformed('a line is no JSON', cause)
  }
  if (typeof value !== 'object' || value === null) throw malformed('a line is no object')
  return { ...value }
}

const marksSchema = z.strictObject({ bystander: z.literal(true) })

/** The members of one line; anything but the four forms is refused. */
function membersOf(line: string): Members {
  const value = objectOf(line)
  const form = Object.keys(value).join()
  const { leaf, r, record, erased, marks } = value
  const isBystander = form === 'marks,r,record' && marksSchema.safeParse(marks).success
  if ((form === 'r,record' || isBystander) && typeof r === 'string')
    return { r, record, isBystander }
  if (form === 'leaf' && typeof leaf === 'string') return { leaf, erasedBy: undefined }
  const isErased = form === 'erased,leaf' && typeof erased === 'string'
  if (isErased && typeof leaf === 'string') return { leaf, erasedBy: erased }
  throw malformed('a line is neither a leaf nor an opened entry')
}

function bytesOf(text: string): Uint8Array {
  try {
    return decodeBase64(text)
  } catch (cause) {
    throw malformed('a line has a text that is no base64', cause)
  }
}

interface ReadLine extends Omit<BundleEntry, 'index'> {
  readonly leaf: Uint8Array
}

function readLine(line: string, where: string): ReadLine {
  const members = membersOf(line)
  if ('leaf' in members) {
    const leaf = bytesOf(members.leaf)
    const parsed = parseLeaf(leaf)
    if (parsed === undefined)
      throw new ReconcileError('RECORD_WRONG', `The leaf of ${where} has another form.`)
    const commitment = encodeBase64(parsed.commitment)
    const { erasedBy } = members
    const unread = { record: undefined, isBystander: false }
    return { leaf, commitment, class: parsed.class, ...unread, erasedBy }
  }
  const r = bytesOf(members.r)
  const parsed = exchangeRecordSchema.safeParse(members.record)
  if (!parsed.success || r.length !== 32)
    throw new ReconcileError('RECORD_WRONG', `The record of ${where} is none of an exchange.`)
  const leaf = entryLeaf(r, parsed.data)
  const commitment = encodeBase64(leaf.subarray(2))
  const { isBystander } = members
  const opened = { record: parsed.data, isBystander }
  return { leaf, commitment, class: 'exchange', ...opened, erasedBy: undefined }
}

/**
 * Opens a bundle: reads its header and verifies the checkpoint. Each entry's leaf is computed from its record,
 * and all of them together must have the checkpoint's root; so what is opened is what the log has.
 *
 * @throws {@link ReconcileError} here, and while its entries are read
 */
export async function openBundle(
  chunks: AsyncIterable<Uint8Array>,
  trust: BundleTrust,
): Promise<OpenBundle> {
  const lines = linesOf(chunks)
  const { value } = await lines.next()
  const header = parseBundleHeader(value ?? '')
  const head = openHead(header, trust)
  const { size, root, origin } = head.checkpoint
  if (header.first > size) throw malformed('it begins behind its checkpoint')
  const hasher = hasherFrom(header)
  const rootBefore = encodeBase64(hasher.root())
  async function* entries(): AsyncGenerator<BundleEntry, void> {
    let index = header.first
    for await (const line of lines) {
      if (index >= size) throw malformed('it goes on behind its checkpoint')
      const { leaf, ...entry } = readLine(line, `entry ${index} of ${origin}`)
      hasher.add(leaf)
      yield { index, ...entry }
      index += 1
    }
    if (index !== size || !equalBytes(hasher.root(), root))
      throw new ReconcileError(
        'ROOT_DIFFERS',
        `The entries in the bundle of ${header.organisation} are not those that ${origin} has signed.`,
      )
  }
  return { header, head, rootBefore, entries }
}
