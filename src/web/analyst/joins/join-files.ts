import { canonicalJson, decodeUtf8 } from '../../../bytes/index.ts'
import {
  isJoinRefuted,
  joinFileBytes,
  joinReleaseForm,
  tableCsv,
  tableVega,
} from '../../../population/index.ts'
import type { JoinReleaseFile } from '../../../population/index.ts'
import { tableSvg } from '../../chart/table-svg.ts'
import type { PageContext, PageResult, PageRoute } from '../../page-route.ts'
import { atJoins } from '../as-analyst.ts'
import { viewOf } from './join-page.ts'
import type { JoinTablesDesk } from './join-tables-desk.ts'
import { joinChartWords } from './join-words.ts'

/** What a file is made from. */
interface MadeFrom {
  readonly file: JoinReleaseFile
  readonly context: PageContext
  readonly joins: JoinTablesDesk
}

interface FileKind {
  readonly id: string
  readonly name: string
  readonly contentType: string
  readonly body: (from: MadeFrom) => string | Promise<Uint8Array>
}

const files: readonly FileKind[] = [
  {
    id: 'analyst.joinJson',
    name: 'release.json',
    contentType: 'application/json',
    body: ({ file }) => decodeUtf8(joinFileBytes(file)),
  },
  {
    id: 'analyst.joinCsv',
    name: 'release.csv',
    contentType: 'text/csv',
    body: ({ file }) => decodeUtf8(tableCsv(joinReleaseForm(file.release))),
  },
  {
    id: 'analyst.joinParquet',
    name: 'release.parquet',
    contentType: 'application/vnd.apache.parquet',
    body: ({ file, joins }) => joins.parquet(file),
  },
  {
    id: 'analyst.joinVega',
    name: 'release.vl.json',
    contentType: 'application/json',
    body: ({ file: { release }, context }) =>
      canonicalJson(tableVega(joinReleaseForm(release), joinChartWords(context, release))),
  },
  {
    id: 'analyst.joinSvg',
    name: 'release.svg',
    contentType: 'image/svg+xml',
    body: ({ file: { release }, context }) =>
      tableSvg(joinReleaseForm(release), joinChartWords(context, release)),
  },
]

function serve(context: PageContext, { name, contentType, body }: FileKind): Promise<PageResult> {
  return atJoins(context, async ({ joins }) => {
    const view = await viewOf(joins, context.params['join'] ?? '')
    if (view?.state !== 'released' || isJoinRefuted(view.proof)) return { kind: 'missing' }
    const file = { release: view.release, receipt: { ...view.place } }
    return { kind: 'file', name, contentType, body: await body({ file, context, joins }) }
  })
}

/** The files of a table over two registers. */
export const joinFileRoutes: readonly PageRoute[] = files.map((kind) => ({
  id: kind.id,
  role: 'analyst',
  method: 'GET',
  path: `/joins/:join/${kind.name}`,
  run: (context) => serve(context, kind),
}))
