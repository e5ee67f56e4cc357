export { epochMapBuilder } from './epoch-map.ts'
export type { EpochMap, EpochMapBuilder, MapProof } from './epoch-map.ts'
export type { MapBlinding, MapContext, MapHead } from './map-hashes.ts'
