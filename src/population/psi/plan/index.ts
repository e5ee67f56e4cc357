export {
  asJoinPlan,
  type JoinHolder,
  type JoinPlan,
  joinPlanBytes,
  type JoinPlanContent,
  type JoinStat,
  joinPlanJson,
  type Padding,
  planHash,
  planTag,
  readJoinPlan,
  type Side,
} from './join-plan.ts'
export { bucketCount, productOfKeys } from './group-keys.ts'
export { planCost } from './plan-cost.ts'
export {
  type JoinPart,
  lawOfPart,
  type PartName,
  partNames,
  partsOf,
  tausOf,
} from './plan-parts.ts'
export {
  cellCount,
  cellLaws,
  groupAt,
  groupCount,
  groupLengths,
  leastSize,
  listGroupCount,
  type ListKind,
  paddingLaws,
  type PartCell,
  partCells,
  peerOf,
  sides,
  slotCount,
  slotsOf,
  slotsOfGroup,
  sumOf,
} from './plan-shape.ts'
