import type { Clock } from '../../ports/index.ts'

/** Lets each peer make so many requests a minute, and saves up for one minute at most. */
export interface RequestQuota {
  /** False when the peer has used up its share. */
  take(peer: string): boolean
}

const minuteMs = 60_000

/** A token bucket a peer. Peers come out of the configuration, so there are never more of them. */
export function requestQuota(perMinute: number, clock: Clock): RequestQuota {
  const buckets = new Map<string, { left: number; atMs: number }>()
  return {
    take(peer) {
      const nowMs = clock.now()
      const bucket = buckets.get(peer) ?? { left: perMinute, atMs: nowMs }
      const earned = (Math.max(0, nowMs - bucket.atMs) * perMinute) / minuteMs
      const left = Math.min(perMinute, bucket.left + earned)
      const isAllowed = left >= 1
      buckets.set(peer, { left: isAllowed ? left - 1 : left, atMs: nowMs })
      return isAllowed
    },
  }
}
