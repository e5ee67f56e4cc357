import { openEntry, parsePublishedOpening } from '../log/verify/index.ts'
import type { Files } from '../ports/index.ts'
import type { InspectedAct } from '../web/index.ts'
import { publishedEntry } from './published-entry.ts'

/** The public entries of one published log, each opened once and held against its leaf. */
export class PublicActs {
  readonly #organisation: string
  readonly #files: Files
  readonly #log: string
  readonly #known = new Map<number, InspectedAct>()

  constructor(organisation: string, files: Files, log: string) {
    this.#organisation = organisation
    this.#files = files
    this.#log = log
  }

  /** In the order of the log. */
  async all(): Promise<readonly InspectedAct[]> {
    const paths = await this.#files.list('governance')
    const entries = paths.map((path) => Number(path.slice(path.lastIndexOf('/') + 1)))
    for (const entry of entries) if (!this.#known.has(entry)) await this.#read(entry)
    return [...this.#known.values()].toSorted((one, other) => one.entry - other.entry)
  }

  async #read(entry: number): Promise<void> {
    const bytes = await this.#files.read(`governance/${entry}`)
    const opening = bytes === undefined ? undefined : parsePublishedOpening(bytes)
    // Openings are published before the checkpoint that covers them; such a one comes with the next look.
    const leaf = await publishedEntry(this.#files, entry)
    if (opening === undefined || leaf === undefined) return
    const opened = openEntry(leaf, opening)
    if (!opened.ok || opened.record.class !== 'governance') return
    const { record } = opened
    const act = { organisation: this.#organisation, log: this.#log, entry, record }
    this.#known.set(entry, act)
  }
}
