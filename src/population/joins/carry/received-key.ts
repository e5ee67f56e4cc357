import { encodeHex } from '../../../bytes/index.ts'
import { JoinError, type JoinPlan, readCommit } from '../../psi/index.ts'
import type { CarryingParty } from '../join-parties.ts'

/** The key that another holder's M1 shows, hex; `null` for what shows none. Whether it is one is for the step to say. */
export function receivedKey(plan: JoinPlan, from: CarryingParty, bytes: Uint8Array): string | null {
  if (from !== 'left' && from !== 'right') return null
  try {
    return encodeHex(readCommit(plan, from, bytes).key)
  } catch (cause) {
    if (cause instanceof JoinError) return null
    throw cause
  }
}
