export { releaseParquet, writeReleaseParquet } from './release-parquet.ts'
