import * as z from 'zod'
import { BytesError, readCanonicalJson } from '../../../bytes/index.ts'
import type { Side } from '../plan/index.ts'

const owned = z.looseObject({ owner: z.enum(['left', 'right']) })

/** Whose list a notice says that it is about, before the rest of it is read. */
export function listNoticeOwner(bytes: Uint8Array): Side | undefined {
  try {
    return owned.safeParse(readCanonicalJson(bytes)).data?.owner
  } catch (cause) {
    if (cause instanceof BytesError) return undefined
    throw cause
  }
}
