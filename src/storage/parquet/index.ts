export {
  joinParquet,
  releaseParquet,
  writeJoinParquet,
  writeReleaseParquet,
} from './release-parquet.ts'
