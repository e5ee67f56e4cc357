import { createCipheriv } from 'node:crypto'

import type { CounterMode } from '../ports/index.ts'

/** AES-256 in counter mode by OpenSSL. */
export const aesCtr: CounterMode = {
  apply(key, block, bytes) {
    if (!Number.isSafeInteger(block) || block < 0)
      throw new RangeError(`there is no block ${block}`)
    const counter = new Uint8Array(16)
    new DataView(counter.buffer).setBigUint64(8, BigInt(block))
    return new Uint8Array(createCipheriv('aes-256-ctr', key, counter).update(bytes))
  },
}
