export { edwardsToU, liftU, signOfX, uToEdwards } from './birational.ts'
export {
  bytesOf,
  curveSquare,
  FIELD_ORDER,
  fieldPower,
  GROUP_ORDER,
  numberOf,
  reduced,
} from './field.ts'
export { packedAt, packedCount, POINT_BYTES } from './join-group.ts'
export type { EdwardsGroup, JoinGroup } from './join-group.ts'
export { nobleJoinGroup } from './noble-join-group.ts'
export { gatherMaskedRows, identifierTag, maskBatchCeiling, maskTokens } from './mask-rows.ts'
export type { GroupTokens, MaskDeps, MaskedBatch, MaskingRun, MaskRequest } from './mask-rows.ts'
export type { MaskedRows } from './masked-rows.ts'
export { rowLeaf, rowLeaves, rowSalt } from './row-entry.ts'
export type { RowEntry } from './row-entry.ts'
export { openSlot, slotStride } from './token-slots.ts'
export { joinTierNames } from './join-tier-name.ts'
export type { JoinTierName } from './join-tier-name.ts'
