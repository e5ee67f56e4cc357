import { decodeBase64, decodeUtf8, equalBytes } from '../bytes/index.ts'
import {
  type Checkpoint,
  LogError,
  openCheckpoint,
  parseCheckpoint,
  parseNote,
  quorumMet,
  quorumTime,
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
  /** The oldest of the cosignatures that make the quorum, counted from the newest. */
  readonly witnessedAtMs: number
}

/** What a round of settling found. */
export interface SettledRound {
  readonly settled: number
  /** Receipts with another root than the witnessed checkpoint of their size: a fork. */
  readonly forked: number
  /** Receipts that gave their alarm in this round, because no witness covered them in time. */
  readonly overdue: number
}

/** One of a provider's logs, which receipts are waiting in. */
interface ReceiptLog {
  readonly provider: KnownProvider
  readonly origin: string
}

function pathOf(origin: string): string {
  return origin.slice(origin.indexOf('/'))
}

async function fetchWitnessed(
  { provider, origin }: ReceiptLog,
  deps: ConsumerDeps,
): Promise<WitnessedCheckpoint | undefined> {
  const keys = provider.quorumPolicy.logs.map(({ key }) => key)
  const shard = pathOf(origin)
  const response = await deps.http.send({ ...request, url: `${provider.url}${shard}/checkpoint` })
  if (response.status !== 200) return undefined
  const witnesses = provider.quorumPolicy.witnesses.map(({ key }) => key)
  const { ed25519, mlDsa44 } = deps
  const algorithms = mlDsa44 === undefined ? { ed25519 } : { ed25519, mlDsa44 }
  const opened = openCheckpoint(decodeUtf8(response.body), {
    log: keys.filter(({ name }) => name === origin),
    witnesses,
    ...algorithms,
  })
  const { checkpoint, cosignatures } = opened
  const cosigners = cosignatures.map(({ key }) => key)
  if (!quorumMet(provider.quorumPolicy, cosigners)) return undefined
  const seconds = quorumTime(provider.quorumPolicy, cosignatures)
  // A policy that needs nobody is content at once.
  return { checkpoint, witnessedAtMs: seconds === undefined ? deps.clock.now() : seconds * 1000 }
}

async function fetchConsistency(
  { provider, origin }: ReceiptLog,
  sizes: { readonly from: number; readonly to: number },
  deps: ConsumerDeps,
): Promise<readonly Uint8Array[]> {
  const log = encodeURIComponent(pathOf(origin))
  const url = `${provider.url}/v1/consistency?from=${sizes.from}&to=${sizes.to}&log=${log}`
  const response = await deps.http.send({ ...request, url })
  if (response.status !== 200)
    throw new PersonError('PEER_UNAVAILABLE', 'The provider gave no consistency proof.')
  return parseConsistencyAnswer(response.body).proof.map((hash) => decodeBase64(hash))
}

type Standing = 'witnessed' | 'not-yet' | 'forked' | 'overdue'

/** A receipt that no witnessed checkpoint has covered by then is an alarm. */
const witnessDeadlineMs = 300_000

/**
 * A proof that does not hold may be a network's doing, so it settles nothing and is asked for again.
 * Two roots of one size are the provider's own, both under its signature: a fork.
 */
async function standing(
  provisional: string,
  witnessed: WitnessedCheckpoint,
  log: ReceiptLog,
  deps: ConsumerDeps,
): Promise<Standing> {
  const own = parseCheckpoint(parseNote(provisional).text)
  const { checkpoint } = witnessed
  if (own.size > checkpoint.size) return 'not-yet'
  if (own.size === checkpoint.size) {
    return equalBytes(own.root, checkpoint.root) ? 'witnessed' : 'forked'
  }
  const sizes = { from: own.size, to: checkpoint.size }
  const proof = await fetchConsistency(log, sizes, deps)
  const claim = { ...sizes, fromRoot: own.root, toRoot: checkpoint.root, proof }
  return verifyConsistency(claim) ? 'witnessed' : 'not-yet'
}

async function standingOrNotYet(
  row: AskRow,
  witnessed: WitnessedCheckpoint | undefined,
  log: ReceiptLog,
  deps: ConsumerDeps,
): Promise<Standing> {
  const found =
    witnessed === undefined
      ? 'not-yet'
      : await standing(row.provisional ?? '', witnessed, log, deps).catch(passing)
  const isLate = deps.clock.now() - row.createdAtMs > witnessDeadlineMs
  return found === 'not-yet' && isLate && row.alarmedAtMs === undefined ? 'overdue' : found
}

/** What the provider or the network did settles nothing in this round; a mistake here is no such thing. */
function passing(cause: unknown): 'not-yet' {
  const isOwn =
    (cause instanceof TypeError || cause instanceof RangeError) && !(cause instanceof LogError)
  if (isOwn) throw cause
  return 'not-yet'
}

async function settleOne(
  row: AskRow,
  witnessed: WitnessedCheckpoint | undefined,
  log: ReceiptLog,
  deps: ConsumerDeps,
): Promise<Standing> {
  const found = await standingOrNotYet(row, witnessed, log, deps)
  const { exchangeId } = row
  const { origin } = log
  if (found === 'witnessed' && witnessed !== undefined) {
    const atMs = witnessed.witnessedAtMs
    await deps.writer.commit({ type: 'settled', exchangeId, standing: { state: found, atMs } })
  }
  if (found === 'forked' || found === 'overdue') {
    await deps.writer.commit({ type: 'settled', exchangeId, standing: { state: found, origin } })
  }
  return found
}

async function settleLog(
  log: ReceiptLog,
  rows: readonly AskRow[],
  deps: ConsumerDeps,
): Promise<SettledRound> {
  const witnessed = await fetchWitnessed(log, deps).catch((cause: unknown) => {
    passing(cause)
    return undefined
  })
  const found: Standing[] = []
  for (const row of rows) found.push(await settleOne(row, witnessed, log, deps))
  return {
    settled: found.filter((one) => one === 'witnessed').length,
    forked: found.filter((one) => one === 'forked').length,
    overdue: found.filter((one) => one === 'overdue').length,
  }
}

/** The log that a receipt is of. */
function originOf({ provisional }: AskRow): string {
  return provisional?.split('\n', 1)[0] ?? ''
}

/**
 * Turns provisional receipts into final ones: fetches the published checkpoint of each log, demands
 * the witnesses' quorum, and a proof that it extends the checkpoint of the receipt. Logs are
 * asked side by side. A fork, or a receipt that nobody has witnessed in five minutes, is an entry.
 */
export async function settleAnswers(deps: ConsumerDeps): Promise<SettledRound> {
  const rows = await deps.reader.asksIn('provisional')
  const byLog = Map.groupBy(rows, (row) => `${row.provider} ${originOf(row)}`)
  const rounds = await Promise.all(
    [...byLog.values()].map((own) => {
      const [row] = own
      const provider = row === undefined ? undefined : deps.providers.get(row.provider)
      if (row === undefined || provider === undefined) return Promise.resolve(nothing)
      return settleLog({ provider, origin: originOf(row) }, own, deps)
    }),
  )
  return rounds.reduce(
    (sum, round) => ({
      settled: sum.settled + round.settled,
      forked: sum.forked + round.forked,
      overdue: sum.overdue + round.overdue,
    }),
    nothing,
  )
}

const nothing: SettledRound = { settled: 0, forked: 0, overdue: 0 }
