export { askedRows, type StatisticRow, releaseRows, type Statistic } from './release-rows.ts'
export {
  type ColumnType,
  type DimensionColumn,
  dimensionColumns,
  fixedColumns,
  valuesOf,
} from './columns.ts'
export { joinFileBytes, type JoinReleaseFile, parseJoinFile } from './join-release-file.ts'
export { joinDimensions, joinReleaseForm, joinRows } from './join-rows.ts'
export { loudText, quietText, releaseCsv, tableCsv } from './release-csv.ts'
export {
  mostFileBytes,
  parseReleaseFile,
  type ReleaseFile,
  releaseFileBytes,
} from './release-file.ts'
export { releaseVega, tableVega, type VegaTexts } from './release-vega.ts'
export { releaseForm, type TableForm } from './table-form.ts'
