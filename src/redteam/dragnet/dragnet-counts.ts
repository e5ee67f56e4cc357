/** What came of asking for everybody by one path. */
export interface DragnetCounts {
  /** The path, in words. */
  readonly path: string
  /** Questions that were put, refused ones among them. */
  readonly asked: number
  readonly answered: number
  /** Most that may be answered, by the arithmetic of caps and ceilings alone. */
  readonly most: number
  /** Refusals by their code, with the cap after a space. */
  readonly refused: Readonly<Record<string, number>>
  /** Entries that it all leaves in the provider's log. */
  readonly entries: number
  /** Refusals beyond the entries that denials get in a day: counted, and no entry. */
  readonly noise: number
}

/** Counts refusals of one code. */
export function addRefusal(refused: Record<string, number>, code: string, count = 1): void {
  refused[code] = (refused[code] ?? 0) + count
}
