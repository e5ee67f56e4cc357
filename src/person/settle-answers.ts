import type { ConsumerDeps } from './consumer-deps.ts'
import type { AskRow } from './exchange-store.ts'
import {
  fetchWitnessed,
  type LogStanding,
  passing,
  type PeerLog,
  standingOf,
  type WitnessedCheckpoint,
} from './log-standing.ts'

/** What a round of settling found. */
export interface SettledRound {
  readonly settled: number
  /** Receipts with another root than the witnessed checkpoint of their size: a fork. */
  readonly forked: number
  /** Receipts that gave their alarm in this round, because no witness covered them in time. */
  readonly overdue: number
}

type Standing = LogStanding | 'overdue'

/** A receipt that no witnessed checkpoint has covered by then is an alarm. */
const witnessDeadlineMs = 300_000

async function standingOrNotYet(
  row: AskRow,
  witnessed: WitnessedCheckpoint | undefined,
  log: PeerLog,
  deps: ConsumerDeps,
): Promise<Standing> {
  const found =
    witnessed === undefined
      ? 'not-yet'
      : await standingOf(row.provisional ?? '', witnessed, log, deps).catch(passing)
  const isLate = deps.clock.now() - row.createdAtMs > witnessDeadlineMs
  return found === 'not-yet' && isLate && row.alarmedAtMs === undefined ? 'overdue' : found
}

async function settleOne(
  row: AskRow,
  witnessed: WitnessedCheckpoint | undefined,
  log: PeerLog,
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
  log: PeerLog,
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
