import type { UniformDraws } from '../../privacy/index.ts'

/** 0 … `count` − 1 in a uniformly random order (Fisher, Yates). */
export function drawOrder(draws: UniformDraws, count: number): Uint32Array {
  const order = new Uint32Array(count).map((_, at) => at)
  for (let last = count - 1; last > 0; last -= 1) {
    const other = draws.below(last + 1)
    const kept = order[last] ?? 0
    order[last] = order[other] ?? 0
    order[other] = kept
  }
  return order
}

/** `wanted` of the places 0 … `count` − 1, or all if there are fewer: uniform, without repetition, ascending (Floyd). */
export function drawPlaces(draws: UniformDraws, count: number, wanted: number): number[] {
  const drawn = new Set<number>()
  for (let upTo = Math.max(0, count - wanted); upTo < count; upTo += 1) {
    const place = draws.below(upTo + 1)
    drawn.add(drawn.has(place) ? upTo : place)
  }
  return [...drawn].toSorted((a, b) => a - b)
}
