export { releaseParquet, writeJoinParquet, writeReleaseParquet } from './release-parquet.ts'
