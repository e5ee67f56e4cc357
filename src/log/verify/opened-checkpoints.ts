import type { OpenedCheckpoint } from './open-note.ts'

/**
 * Checkpoints that were opened lately under one policy: many receipts stand under one checkpoint, whose
 * signatures are then verified once. A note is known by its whole text, so that one with another
 * signature, or one byte changed, is opened by itself.
 */
export interface OpenedCheckpoints {
  find(note: string): OpenedCheckpoint | undefined
  /** Only for a note that was opened under the policy that this memory is for. */
  remember(note: string, opened: OpenedCheckpoint): void
}

/** An empty memory for one policy; above `most` notes the oldest is forgotten. */
export function openedCheckpoints(most: number = 64): OpenedCheckpoints {
  const kept = new Map<string, OpenedCheckpoint>()
  return {
    find: (note) => kept.get(note),
    remember(note, opened) {
      const [oldest] = kept.size < most ? [] : kept.keys()
      if (oldest !== undefined) kept.delete(oldest)
      kept.set(note, opened)
    },
  }
}
