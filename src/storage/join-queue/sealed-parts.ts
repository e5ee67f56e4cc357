import { utf8 } from '../../bytes/index.ts'
import type { Aead, Files } from '../../ports/index.ts'
import { JoinQueueError } from './join-queue-error.ts'

/** Where sealed parts lie, and what seals them. */
export interface SealedPartsDeps {
  readonly files: Files
  readonly aead: Aead
  /** 32 bytes, of gateway and workers alone. */
  readonly key: Uint8Array
}

/** Which half of a part. */
export type PartHalf = 'order' | 'result'

/**
 * Orders and results in an untrusted place. Law: what is read is what was written for the same part and half under the same
 * key, or nothing (`spec/join-queue.md`).
 */
export class SealedParts {
  readonly #deps: SealedPartsDeps

  constructor(deps: SealedPartsDeps) {
    this.#deps = deps
  }

  /** Resolves once the half is stored. */
  async write(id: string, half: PartHalf, bytes: Uint8Array): Promise<void> {
    const { files, aead, key } = this.#deps
    await files.replace(pathOf(id, half), aead.seal(key, bytes, contextOf(id, half)))
  }

  /**
   * @throws {@link JoinQueueError} `PART_NOT_OPENED` when it is missing, changed, of another part or under another key
   */
  async read(id: string, half: PartHalf): Promise<Uint8Array> {
    const { files, aead, key } = this.#deps
    const sealed = await files.read(pathOf(id, half))
    const opened = sealed === undefined ? undefined : aead.open(key, sealed, contextOf(id, half))
    if (opened === undefined)
      throw new JoinQueueError(
        'PART_NOT_OPENED',
        `The ${half} of a part is missing, was changed, or is sealed with another key.`,
      )
    return opened
  }

  /** Removes both halves. */
  async remove(id: string): Promise<void> {
    const { files } = this.#deps
    await files.remove(pathOf(id, 'order'))
    await files.remove(pathOf(id, 'result'))
  }
}

function pathOf(id: string, half: PartHalf): string {
  if (!/^[0-9a-f]{32}$/.test(id)) throw new TypeError('the id of a part has 32 hexadecimal digits')
  return `parts/${id}.${half}`
}

function contextOf(id: string, half: PartHalf): Uint8Array {
  return utf8(`cloison-join-part/1 ${half} ${id}`)
}
