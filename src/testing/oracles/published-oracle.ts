import { equalBytes } from '../../bytes/index.ts'
import { parseResourcePath, readBundle } from '../../log/verify/index.ts'
import type { Judge } from './judge.ts'
import type { LogView } from './log-view.ts'

/** I4 as the public sees it: whatever entry is published stands on disk, at the same place. */
export class PublishedOracle {
  readonly #files: ReadonlyMap<string, Uint8Array>
  readonly #view: LogView
  readonly #judge: Judge
  readonly #seen = new Set<string>()

  constructor(files: ReadonlyMap<string, Uint8Array>, view: LogView, judge: Judge) {
    this.#files = files
    this.#view = view
    this.#judge = judge
  }

  /** Looks at the bundles that are new. */
  afterEvent(): void {
    if (this.#files.size === this.#seen.size) return
    for (const [path, bytes] of this.#files) {
      if (this.#seen.has(path)) continue
      this.#seen.add(path)
      this.#look(path, bytes)
    }
  }

  #look(path: string, bytes: Uint8Array): void {
    const resource = parseResourcePath(path)
    if (resource?.kind !== 'entries') return
    let index = resource.index * 256
    for (const item of readBundle(bytes, resource.width)) {
      const entry = this.#view.entries[index]
      const isSame =
        item.kind === 'entry' && entry !== undefined && equalBytes(entry.leaf, item.entry)
      const place = index
      this.#judge.check('I4', isSame, () => `${path} holds another entry ${place} than the disk`)
      index += 1
    }
  }
}
