export { checkCanonical, checkList, maskReceived } from './check-points.ts'
export { drawOrder, drawPlaces } from './draw-places.ts'
export {
  isInTree,
  isLeafInTree,
  leafTree,
  listTree,
  type ListTree,
  type PathClaim,
  pointTree,
} from './list-tree.ts'
export { hasRepeated, sharedPlaces } from './point-order.ts'
