import type { HolderState } from './holder-state.ts'
import type { TallyState } from './tally-state.ts'

/**
 * The state of a holder without its key, scalars, sealed tokens and lists, whose memory is overwritten: what is kept when the
 * audit is over, or when a plan has stopped. Nothing of the run can be opened from it any more.
 */
export function destroyHolder(state: HolderState): HolderState {
  const { secrets, made, taken } = state
  if (secrets !== undefined) {
    const { scalar, saltKey, dummies, rows, blanks, order, outputs } = secrets
    for (const bytes of [scalar, saltKey, dummies.s, dummies.unused, dummies.isUsed]) bytes.fill(0)
    for (const bytes of [rows.leaves, rows.slots, rows.sealKey, blanks]) bytes.fill(0)
    for (const places of [order, outputs]) places.fill(0)
  }
  for (const list of [made.blinded, made.remasked, made.audited, taken.blinded]) list?.fill(0)
  const { blinded: _own, remasked: _masked, audited: _audited, ...kept } = made
  const { blinded: _peers, ...heard } = taken
  return { ...state, secrets: undefined, made: kept, taken: heard }
}

/** The state of a tally without the lists; commitments, roots, openings and the result stay. */
export function destroyTally(state: TallyState): TallyState {
  const { 'left.remasked': one, 'right.remasked': other, ...kept } = state.taken
  for (const list of [one, other]) list?.fill(0)
  return { ...state, taken: kept }
}
