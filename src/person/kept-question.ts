import { utf8 } from '../bytes/index.ts'
import type { RecordKeys } from '../log/index.ts'
import type { Aead } from '../ports/index.ts'
import type { AskRow } from './exchange-store.ts'

/** What seals and opens what is kept of a question that this organisation asked. */
export interface KeptQuestionDeps {
  readonly aead: Aead
  readonly recordKeys: RecordKeys
}

/** Whose question it is, and when it was asked: its month names the key. */
export type KeptQuestion = Pick<AskRow, 'exchangeId' | 'createdAtMs'>

/** Seals a question or its outcome under the key of the month in which it was asked; `undefined` when that key is gone. */
export function sealKept(
  bytes: Uint8Array,
  { exchangeId, createdAtMs }: KeptQuestion,
  { aead, recordKeys }: KeptQuestionDeps,
): Uint8Array | undefined {
  const key = recordKeys.of(createdAtMs)
  return key && aead.seal(key, bytes, utf8(exchangeId))
}

/** Opens what {@link sealKept} sealed; `undefined` when it is not kept or its key is gone. */
export function openKept(
  sealed: Uint8Array | undefined,
  { exchangeId, createdAtMs }: KeptQuestion,
  { aead, recordKeys }: KeptQuestionDeps,
): Uint8Array | undefined {
  const key = recordKeys.of(createdAtMs)
  if (sealed === undefined || key === undefined) return undefined
  return aead.open(key, sealed, utf8(exchangeId))
}
