import { encodeBase64, utf8 } from '../bytes/index.ts'
import { sha256 } from '../crypto/index.ts'
import type { ConsumerDeps } from './consumer-deps.ts'
import type { PeerHead } from './exchange-store.ts'
import {
  fetchWitnessed,
  type LogStanding,
  passing,
  type PeerLog,
  standingOf,
} from './log-standing.ts'

/** Follows the logs of all peers by what was seen of them. */
export interface PeerFollower {
  /**
   * Compares the newest head that was seen of each peer's log with the one that its witnesses have
   * cosigned. A fork, or a head that nobody has covered in five minutes, is an entry: once for each head,
   * and once more after a start.
   */
  round(): Promise<void>
}

/** A head that no witnessed checkpoint has covered by then is an alarm. */
const deadlineMs = 300_000

interface Followed {
  readonly head: PeerHead
  readonly sinceMs: number
  readonly isDone: boolean
}

async function signal(
  kind: 'signal.fork' | 'signal.unwitnessed',
  { origin, size, checkpoint }: PeerHead,
  { writer }: ConsumerDeps,
): Promise<void> {
  const digest = encodeBase64(sha256(utf8(checkpoint)))
  const body = { size, notes: [checkpoint] }
  await writer.commit({
    type: 'governance',
    kind,
    name: origin,
    digest,
    body,
    agreement: undefined,
  })
}

async function standingNow(head: PeerHead, log: PeerLog, deps: ConsumerDeps): Promise<LogStanding> {
  try {
    const witnessed = await fetchWitnessed(log, deps)
    return witnessed === undefined
      ? 'not-yet'
      : await standingOf(head.checkpoint, witnessed, log, deps)
  } catch (cause) {
    return passing(cause)
  }
}

/** One head: asked about again until it is witnessed or has given its alarm. */
async function follow(followed: Followed, log: PeerLog, deps: ConsumerDeps): Promise<Followed> {
  const { head, sinceMs } = followed
  const standing = await standingNow(head, log, deps)
  if (standing === 'forked') await signal('signal.fork', head, deps)
  if (standing !== 'not-yet') return { ...followed, isDone: true }
  if (deps.clock.now() - sinceMs <= deadlineMs) return followed
  await signal('signal.unwitnessed', head, deps)
  return { ...followed, isDone: true }
}

/**
 * Makes the follower. Receipts of "asked" show a provider heads of its consumers' logs as answers show a
 * consumer those of its providers: whoever shows one side another tree than the witnesses is found out.
 */
export function peerFollower(deps: ConsumerDeps): PeerFollower {
  const known = new Map<string, Followed>()

  /** While an older head waits, a newer one changes nothing: what covers the newer covers both, or neither. */
  async function followLog(log: PeerLog): Promise<void> {
    const { origin } = log
    const before = known.get(origin)
    const newest = await deps.reader.peerHead(origin)
    if (newest === undefined || (before?.isDone === true && before.head.size === newest.size))
      return
    const isWaiting = before?.isDone === false
    const fresh = { head: newest, sinceMs: deps.clock.now(), isDone: false }
    known.set(origin, await follow(isWaiting ? before : fresh, log, deps))
  }

  return {
    async round() {
      const logs = [...deps.providers.values()].flatMap((provider) =>
        provider.origins.map((origin): PeerLog => ({ provider, origin })),
      )
      await Promise.all(logs.map(followLog))
    },
  }
}
