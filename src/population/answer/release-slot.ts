const shortestMs = 500
/** People that a register is given a millisecond for. */
const peopleEachMs = 1_000

/** How long the slots of a register of this public size are, in milliseconds. */
export function slotLengthMs(populationSize: number): number {
  return Math.max(shortestMs, Math.ceil(populationSize / peopleEachMs))
}

/**
 * When a release may leave: the first multiple of the slot's length that is at least one whole slot after `fromMs`. By public
 * figures and the time of the reservation alone, so that the wait says nothing about the noise or the records.
 */
export function releaseSlotMs(fromMs: number, populationSize: number): number {
  const length = slotLengthMs(populationSize)
  return (Math.floor(fromMs / length) + 2) * length
}

/** The slot at which a release leaves that was ready at `readyMs`: its own, or the next multiple after it. */
export function slotAfter(slotMs: number, readyMs: number, populationSize: number): number {
  const length = slotLengthMs(populationSize)
  return readyMs <= slotMs ? slotMs : Math.ceil(readyMs / length) * length
}
