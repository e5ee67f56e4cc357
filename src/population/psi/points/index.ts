export { checkCanonical, checkList, maskReceived } from './check-points.ts'
export { drawOrder, drawPlaces } from './draw-places.ts'
export { isInTree, listTree, type ListTree, type PathClaim } from './list-tree.ts'
export { sharedPlaces } from './point-order.ts'
