export {
  checkCanonical,
  checkList,
  checkReceived,
  type JoinProgress,
  maskReceived,
} from './check-points.ts'
export { drawOrder, drawPlaces } from './draw-places.ts'
export {
  isInTree,
  isLeafInTree,
  listTree,
  type ListTree,
  type PathClaim,
  pointTree,
  treePaths,
  treeRoot,
} from './list-tree.ts'
export {
  hasRepeated,
  type OrderedPoints,
  orderedPoints,
  sharedCount,
  visitShared,
} from './point-order.ts'
