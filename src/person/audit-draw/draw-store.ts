import type { EntryPlace } from '../../log/index.ts'

/** A draw that an inspector has committed to, in the present log. */
export interface DrawRow {
  /** Where `audit.committed` stands. */
  readonly committed: EntryPlace
  /** 32 bytes, base64: what the revealed nonce must give. */
  readonly commitment: string
  /** Where `audit.fixed` stands, once a later cosigned checkpoint is fixed for it. */
  readonly fixed: EntryPlace | undefined
  /** Where `audit.revealed` stands. */
  readonly revealed: EntryPlace | undefined
}

/** What is read about draws. */
export interface DrawReader {
  draw(committed: EntryPlace): Promise<DrawRow | undefined>
  /** Draws without a checkpoint, oldest first. */
  drawsToFix(): Promise<readonly DrawRow[]>
}

/** What is written of them, in the transaction that holds the entry. */
export interface DrawTransaction extends DrawReader {
  saveDraw(committed: EntryPlace, commitment: string): Promise<void>
  /** Marks a step as done; the caller has seen that it was not. */
  saveDrawStep(committed: EntryPlace, step: 'fixed' | 'revealed', at: EntryPlace): Promise<void>
}
