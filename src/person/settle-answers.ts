import { decodeBase64, decodeUtf8 } from '../bytes/index.ts'
import {
  type Checkpoint,
  LogError,
  openCheckpoint,
  parseCheckpoint,
  parseNote,
  quorumMet,
  verifyConsistency,
} from '../log/verify/index.ts'
import { parseConsistencyAnswer } from '../protocol/index.ts'
import type { ConsumerDeps, KnownProvider } from './consumer-deps.ts'
import type { AskRow } from './exchange-store.ts'
import { PersonError } from './person-error.ts'

const request = { method: 'GET', headers: {}, timeoutMs: 5_000, maxResponseBytes: 262_144 } as const

/** A provider's checkpoint that a quorum of witnesses has cosigned. */
interface WitnessedCheckpoint {
  readonly checkpoint: Checkpoint
  /** The oldest of the cosignatures that make the quorum. */
  readonly witnessedAtMs: number
}

/** What a round of settling found. */
export interface SettledRound {
  readonly settled: number
  /** Receipts whose checkpoint is no prefix of the witnessed one: a fork, and evidence of it. */
  readonly forked: number
}

async function fetchWitnessed(
  provider: KnownProvider,
  deps: ConsumerDeps,
): Promise<WitnessedCheckpoint | undefined> {
  const [log] = provider.quorumPolicy.logs
  if (log === undefined) return undefined
  const shard = provider.origin.slice(provider.origin.indexOf('/'))
  const response = await deps.http.send({ ...request, url: `${provider.url}${shard}/checkpoint` })
  if (response.status !== 200) return undefined
  const witnesses = provider.quorumPolicy.witnesses.map(({ key }) => key)
  const { ed25519 } = deps
  const opened = openCheckpoint(decodeUtf8(response.body), { log: log.key, witnesses, ed25519 })
  const cosigners = opened.cosignatures.map(({ key }) => key)
  if (!quorumMet(provider.quorumPolicy, cosigners)) return undefined
  const times = opened.cosignatures.map(({ timeSeconds }) => timeSeconds * 1000)
  return { checkpoint: opened.checkpoint, witnessedAtMs: Math.min(...times) }
}

async function fetchConsistency(
  provider: KnownProvider,
  sizes: { readonly from: number; readonly to: number },
  deps: ConsumerDeps,
): Promise<readonly Uint8Array[]> {
  const url = `${provider.url}/v1/consistency?from=${sizes.from}&to=${sizes.to}`
  const response = await deps.http.send({ ...request, url })
  if (response.status !== 200)
    throw new PersonError('PEER_UNAVAILABLE', 'The provider gave no consistency proof.')
  return parseConsistencyAnswer(response.body).proof.map((hash) => decodeBase64(hash))
}

type Standing = 'covered' | 'not-yet' | 'forked'

async function standing(
  provisional: string,
  witnessed: WitnessedCheckpoint,
  provider: KnownProvider,
  deps: ConsumerDeps,
): Promise<Standing> {
  const own = parseCheckpoint(parseNote(provisional).text)
  const { checkpoint } = witnessed
  if (own.size > checkpoint.size) return 'not-yet'
  const sizes = { from: own.size, to: checkpoint.size }
  const proof = sizes.from === sizes.to ? [] : await fetchConsistency(provider, sizes, deps)
  const claim = { ...sizes, fromRoot: own.root, toRoot: checkpoint.root, proof }
  return verifyConsistency(claim) ? 'covered' : 'forked'
}

async function settleOne(
  row: AskRow,
  witnessed: WitnessedCheckpoint,
  provider: KnownProvider,
  deps: ConsumerDeps,
): Promise<Standing> {
  const found = await standing(row.provisional ?? '', witnessed, provider, deps)
  if (found === 'covered') {
    const { witnessedAtMs } = witnessed
    await deps.writer.commit({ type: 'settled', exchangeId: row.exchangeId, witnessedAtMs })
  }
  return found
}

async function settleProvider(
  provider: KnownProvider,
  rows: readonly AskRow[],
  deps: ConsumerDeps,
): Promise<SettledRound> {
  const witnessed = await fetchWitnessed(provider, deps)
  const round = { settled: 0, forked: 0 }
  if (witnessed === undefined) return round
  for (const row of rows) {
    const found = await settleOne(row, witnessed, provider, deps)
    if (found === 'covered') round.settled += 1
    if (found === 'forked') round.forked += 1
  }
  return round
}

/** A provider that is away, or whose checkpoint does not open, settles nothing in this round. */
function isPassing(cause: unknown): boolean {
  return !(cause instanceof TypeError || cause instanceof RangeError) || cause instanceof LogError
}

/**
 * Turns provisional receipts into final ones: fetches each provider's published checkpoint, demands
 * the witnesses' quorum, and a proof that it extends the checkpoint of the receipt.
 */
export async function settleAnswers(deps: ConsumerDeps): Promise<SettledRound> {
  const rows = await deps.reader.asksIn('provisional')
  let settled = 0
  let forked = 0
  for (const provider of deps.providers.values()) {
    const own = rows.filter((row) => row.provider === provider.id)
    if (own.length === 0) continue
    try {
      const round = await settleProvider(provider, own, deps)
      settled += round.settled
      forked += round.forked
    } catch (cause) {
      if (!isPassing(cause)) throw cause
    }
  }
  return { settled, forked }
}
