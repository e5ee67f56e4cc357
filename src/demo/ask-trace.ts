import type { TraceItem } from '../web/index.ts'
import type { CheatAttempt } from './cheat-attempt.ts'

/** What officials of the demo asked, without values; in memory of the pages. */
export class AskTrace {
  readonly #items = new Map<string, TraceItem[]>()
  readonly #tried: { readonly caseReference: string; readonly atMs: number }[] = []

  /** The official asked this; the newest 100 are kept. */
  add(officialId: string, item: TraceItem): void {
    this.#items.set(officialId, [item, ...(this.#items.get(officialId) ?? [])].slice(0, 100))
  }

  /** Somebody tried to cheat with this case. */
  addAttempt({ victim }: CheatAttempt, atMs: number): void {
    if (victim !== undefined) this.#tried.unshift({ caseReference: victim, atMs })
    this.#tried.length = Math.min(this.#tried.length, 100)
  }

  /** Case references, the newest question or attempt first, each once. */
  lately(): readonly string[] {
    const all = [...this.#tried, ...[...this.#items.values()].flat()]
    const items = all.toSorted((one, other) => other.atMs - one.atMs)
    return [...new Set(items.map(({ caseReference }) => caseReference))]
  }

  /** What one official asked, the newest first. */
  of(officialId: string): readonly TraceItem[] {
    return this.#items.get(officialId) ?? []
  }
}
