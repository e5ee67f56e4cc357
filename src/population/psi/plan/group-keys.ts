import { bucketCeiling, type DomainKey } from '../../../register/index.ts'
import type { JoinPlanContent, Side } from './join-plan.ts'

/** How many buckets of one width there are between bounds, both included. */
export function bucketCount({
  min,
  max,
  width,
}: {
  readonly min: number
  readonly max: number
  readonly width: number
}): number {
  return Math.ceil((max - min + 1) / width)
}

/** All lists of one key of each domain, the last domain fastest. */
export function productOfKeys(
  domains: readonly (readonly DomainKey[])[],
): readonly (readonly DomainKey[])[] {
  return domains.reduce<readonly (readonly DomainKey[])[]>(
    (lists, keys) => lists.flatMap((list) => keys.map((key) => [...list, key])),
    [[]],
  )
}

/** How many keys a group of a side has: one of each dimension, and the bucket for quantiles. */
function keysOfGroup({ stat, ...plan }: JoinPlanContent, side: Side): number {
  const isBucketed = stat.kind === 'quantiles' && stat.side === side
  return plan[side].by.length + (isBucketed ? 1 : 0)
}

/** What is wrong with a holder's groups: they must be all of one product, in its order. */
export function groupsProblem(plan: JoinPlanContent, side: Side): string | undefined {
  const { by, where, groups } = plan[side]
  if (new Set(by).size < by.length) return `${side}.by names an element twice`
  const keys = keysOfGroup(plan, side)
  if (groups.some((group) => group.length !== keys))
    return `${side}.groups must have ${keys} keys each`
  const domains = Array.from({ length: keys }, (_, at) => [
    ...new Set(groups.map((group) => group[at] ?? '')),
  ])
  if (JSON.stringify(productOfKeys(domains)) !== JSON.stringify(groups))
    return `${side}.groups must be all lists of keys, each once, the last element fastest`
  const filters = Object.values(where)
  if (filters.some((all) => new Set(all).size < all.length))
    return `${side}.where names a key twice`
  return bucketsProblem(plan, side, domains.at(-1) ?? [])
}

function bucketsProblem(
  { stat }: JoinPlanContent,
  side: Side,
  last: readonly DomainKey[],
): string | undefined {
  if (stat.kind === 'count') return undefined
  if (stat.min >= stat.max || !Number.isSafeInteger(stat.max - stat.min))
    return 'stat.min must be below stat.max, by less than 2^53'
  if (stat.kind !== 'quantiles' || stat.side !== side) return undefined
  const buckets = bucketCount(stat)
  if (buckets > bucketCeiling) return `stat.width gives over ${bucketCeiling} buckets`
  return buckets === last.length && last.every((key, at) => key === at)
    ? undefined
    : `${side}.groups must end with the buckets 0 to ${buckets - 1}`
}
