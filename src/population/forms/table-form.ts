import type { DomainKey } from '../../register/index.ts'
import { type Release, releaseBytes, releaseDigest } from '../release/index.ts'
import { askedRows, releaseRows, type StatisticRow } from './release-rows.ts'

/** What files and charts of a table are made from, whatever was asked. */
export interface TableForm {
  /** The dimensions, slowest first: each by a name of its own. */
  readonly by: readonly string[]
  readonly cells: readonly { readonly key: readonly DomainKey[] }[]
  /** Every statistic of every cell. */
  readonly rows: readonly StatisticRow[]
  /** Of these, what was asked for. */
  readonly asked: readonly StatisticRow[]
  /** What the release is called; base64. */
  readonly digest: string
}

/** The form of a release over one register. */
export function releaseForm(release: Release): TableForm {
  return {
    by: release.query.by,
    cells: release.cells,
    rows: releaseRows(release),
    asked: askedRows(release),
    digest: releaseDigest(releaseBytes(release)),
  }
}
