import {
  LogError,
  type LogSource,
  openCheckpoint,
  parsePolicy,
  parseVerifierKeys,
} from '../log/verify/index.ts'
import { decodeUtf8, encodeBase64 } from '../bytes/index.ts'
import {
  DrawLogChanged,
  type DrawTrust,
  type DrawVerdict,
  readDrawLog,
  verifyDraws,
} from '../oversight/index.ts'
import { bestEd25519, nodeMlDsa44 } from '../platform/index.ts'
import type { Files } from '../ports/index.ts'

/** Whose signatures count in the demo's logs. */
export function drawTrust(demo: { readonly vkeys: string; readonly policy: string }): DrawTrust {
  return {
    keys: parseVerifierKeys(demo.vkeys),
    policy: parsePolicy(demo.policy),
    ed25519: bestEd25519(),
    mlDsa44: nodeMlDsa44,
  }
}

/** How often a log is read again that was published meanwhile. */
const mostTries = 3

/** The draws of one published log. What a draw has come to stays, so it is computed once. */
export class PublishedDraws {
  readonly #files: Files
  readonly #origin: string
  readonly #trust: DrawTrust
  readonly #ended = new Map<number, DrawVerdict>()

  constructor(files: Files, origin: string, trust: DrawTrust) {
    this.#files = files
    this.#origin = origin
    this.#trust = trust
  }

  /** The verdict on the draw of each commitment; `null` for all that is open while the log is being published. */
  async verdicts(
    committed: readonly number[],
  ): Promise<readonly { readonly entry: number; readonly verdict: DrawVerdict | null }[]> {
    const read = committed.every((entry) => this.#ended.has(entry)) ? [] : await this.#read()
    for (const verdict of read)
      if (verdict.state === 'drawn' || verdict.state === 'void')
        this.#ended.set(verdict.index, verdict)
    return committed.map((entry) => ({
      entry,
      verdict: this.#ended.get(entry) ?? read.find(({ index }) => index === entry) ?? null,
    }))
  }

  async #read(): Promise<readonly DrawVerdict[]> {
    const source: LogSource = {
      read: (path) => this.#files.read(path),
      list: (below) => this.#list(below),
    }
    for (let tries = 0; tries < mostTries; tries += 1)
      try {
        const head = await this.#head()
        return verifyDraws(await readDrawLog(source, head, this.#trust))
      } catch (cause) {
        if (!(cause instanceof DrawLogChanged) && !(cause instanceof LogError)) throw cause
      }
    return []
  }

  async *#list(below: string): AsyncGenerator<string> {
    yield* await this.#files.list(below)
  }

  /** The newest checkpoint, as its log has signed it: everything that is read is held against its root. */
  async #head(): Promise<{
    readonly origin: string
    readonly size: number
    readonly root: string
  }> {
    const note = decodeUtf8((await this.#files.read('checkpoint')) ?? new Uint8Array())
    const { keys, policy, ...algorithms } = this.#trust
    const log = keys.filter(({ name }) => name === this.#origin)
    const witnesses = policy.witnesses.map(({ key }) => key)
    const { checkpoint } = openCheckpoint(note, { log, witnesses, ...algorithms })
    return { ...checkpoint, root: encodeBase64(checkpoint.root) }
  }
}
