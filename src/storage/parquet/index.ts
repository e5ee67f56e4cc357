export { writeReleaseParquet } from './release-parquet.ts'
