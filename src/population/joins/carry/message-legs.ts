import { concatBytes } from '../../../bytes/index.ts'
import type { JoinRole } from '../../ledger/index.ts'
import { messageKind } from '../../psi/index.ts'
import type { CarryingParty } from '../join-parties.ts'
import type { RunLeg } from '../run/index.ts'
import { controlBytes } from './message-bounds.ts'

const toTally: readonly RunLeg[] = ['M1', 'M2', 'M3', 'M5', 'ABORT']
const fromPeer: readonly RunLeg[] = ['M1', 'M2', 'ABORT']
const fromTally: readonly RunLeg[] = ['M4', 'M6', 'ABORT']
const fromHolderToInspector: readonly RunLeg[] = ['M2', 'M3', 'M7']
const ofAudit: readonly RunLeg[] = ['M7']

/** Which legs one party of a run has for another, as the table of messages says. */
function legsBetween(from: CarryingParty, to: JoinRole): readonly RunLeg[] {
  if (from === to) return []
  if (from === 'inspector') return ofAudit
  if (to === 'inspector') return from === 'tally' ? ofAudit : fromHolderToInspector
  if (to === 'tally') return toTally
  return from === 'tally' ? fromTally : fromPeer
}

/** Whether a message of this leg is that party's to send, to whoever has this role. */
export function maySend(leg: RunLeg, from: CarryingParty, to: JoinRole): boolean {
  return legsBetween(from, to).includes(leg)
}

type Kind = NonNullable<ReturnType<typeof messageKind>>

const legOf: Readonly<Record<Kind, RunLeg>> = {
  commit: 'M1',
  blinded: 'M2',
  list: 'M2',
  remasked: 'M3',
  challenge: 'M4',
  openings: 'M5',
  result: 'M6',
  opening: 'M7',
  evidence: 'M7',
  audit: 'M7',
  audited: 'M7',
  abort: 'ABORT',
}

/**
 * Tells the leg of a message by its bytes, as they come: whatever the path says that it was sent to. Of a list its first bytes
 * say it; what is longer than a message of control and no list can be of an audit alone.
 */
export class LegTeller {
  readonly #parts: Uint8Array[] = []
  #kept = 0
  #length = 0

  add(bytes: Uint8Array): void {
    this.#length += bytes.length
    const part = bytes.slice(0, controlBytes - this.#kept)
    this.#kept += part.length
    if (part.length > 0) this.#parts.push(part)
  }

  /** `undefined` of what is no message of a join at all: that is for the step to say. After the last byte. */
  leg(): RunLeg | undefined {
    const kind = messageKind(concatBytes(...this.#parts))
    if (kind !== undefined) return legOf[kind]
    return this.#length > controlBytes ? 'M7' : undefined
  }
}
