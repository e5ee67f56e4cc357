export { batchPaths } from './batch-paths.ts'
export type { BatchPaths, BatchTree } from './batch-paths.ts'
export { emptyRoot, leafHash, nodeHash } from './merkle.ts'
export { batchNodeReader } from './node-reader.ts'
export type { NodeId, NodeReader, NodeRun } from './node-reader.ts'
export { consistencyProof, inclusionProof, proverFor } from './proof.ts'
export type { Prover } from './proof.ts'
export {
  bundleOfEntry,
  bundlePath,
  encodeBundle,
  newResources,
  resourcesOf,
  tileLevels,
  tilePath,
} from './tile.ts'
export type { BundleId, Resources, Tile, TileId, TileLevel } from './tile.ts'
export { storedTiles, tileCache, tileNodeReader } from './tile-node-reader.ts'
export type { ParsedTile, ReadTile, StoredLog, TileCache } from './tile-node-reader.ts'
export { appendLeaves, edgeTiles, emptyTree, loadTree, peaksFrom, rootHash } from './tree.ts'
export type { Appended, LogTree } from './tree.ts'
export { checkCount } from './tree-size.ts'
