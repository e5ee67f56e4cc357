export { askedRows, type StatisticRow, releaseRows, type Statistic } from './release-rows.ts'
export {
  type ColumnType,
  type DimensionColumn,
  dimensionColumns,
  fixedColumns,
  valuesOf,
} from './columns.ts'
export { loudText, quietText, releaseCsv } from './release-csv.ts'
export {
  mostFileBytes,
  parseReleaseFile,
  type ReleaseFile,
  releaseFileBytes,
} from './release-file.ts'
export { releaseVega, type VegaTexts } from './release-vega.ts'
