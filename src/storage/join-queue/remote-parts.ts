import { encodeHex } from '../../bytes/index.ts'
import type { Randomness, Timers } from '../../ports/index.ts'
import { JoinQueueError } from './join-queue-error.ts'
import type { JoinQueue } from './join-queue.ts'
import { type PartOrder, partOrderBytes, readPartOrder } from './part-order.ts'
import type { SealedParts } from './sealed-parts.ts'

/** What a gateway has parts computed with. */
export interface RemotePartsDeps {
  readonly parts: SealedParts
  readonly queue: Pick<JoinQueue, 'post' | 'standing'>
  readonly randomness: Randomness
  readonly timers: Pick<Timers, 'sleep'>
}

const lookMs = 50

/**
 * Has a worker compute a part, and gives its result's bytes. Both halves are removed whatever happens.
 *
 * @throws {@link JoinQueueError} `PART_FAILED`, `PART_NOT_OPENED`, `QUEUE_UNAVAILABLE`
 */
export async function computeRemotely(
  order: PartOrder,
  { parts, queue, randomness, timers }: RemotePartsDeps,
): Promise<Uint8Array> {
  const id = encodeHex(randomness.bytes(16))
  try {
    const bytes = partOrderBytes(order)
    await parts.write(id, 'order', bytes)
    bytes.fill(0)
    const job = await queue.post(id)
    for (;;) {
      const standing = await queue.standing(job)
      if (standing === 'done') return await parts.read(id, 'result')
      if (standing === 'failed')
        throw new JoinQueueError('PART_FAILED', 'No worker computed a part of a join.')
      await timers.sleep(lookMs)
    }
  } finally {
    await parts.remove(id).catch(() => undefined)
  }
}

/**
 * Computes one part as a worker: opens the order, computes, stores the result. Resolves once the result is stored.
 *
 * @throws {@link JoinQueueError} `PART_NOT_OPENED`, `PART_MALFORMED`
 */
export async function computePart(
  id: string,
  parts: SealedParts,
  compute: (order: PartOrder) => Uint8Array,
): Promise<void> {
  const order = await parts.read(id, 'order')
  try {
    await parts.write(id, 'result', compute(readPartOrder(order)))
  } finally {
    order.fill(0)
  }
}
