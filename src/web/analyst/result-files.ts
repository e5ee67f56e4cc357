import { canonicalJson, decodeUtf8 } from '../../bytes/index.ts'
import { releaseCsv, releaseFileBytes, releaseVega } from '../../population/index.ts'
import type { ReleaseFile } from '../../population/index.ts'
import { releaseSvg } from '../chart/table-svg.ts'
import type { Words } from '../messages/words.ts'
import type { PageContext, PageResult, PageRoute } from '../page-route.ts'
import { atDesk } from './as-analyst.ts'
import { chartWords } from './chart-words.ts'
import { keptTable } from './kept-table.ts'
import type { PopulationDesk } from './population-desk.ts'

type Made = Pick<Extract<PageResult, { kind: 'file' }>, 'name' | 'contentType' | 'body'>
type Make = (
  file: ReleaseFile,
  with_: { words: Words; desk: PopulationDesk },
) => Made | Promise<Made>

const files: readonly { readonly id: string; readonly name: string; readonly make: Make }[] = [
  {
    id: 'analyst.json',
    name: 'release.json',
    make: (file) => ({
      name: 'release.json',
      contentType: 'application/json',
      body: decodeUtf8(releaseFileBytes(file)),
    }),
  },
  {
    id: 'analyst.csv',
    name: 'release.csv',
    make: ({ release }) => ({
      name: 'release.csv',
      contentType: 'text/csv',
      body: decodeUtf8(releaseCsv(release)),
    }),
  },
  {
    id: 'analyst.parquet',
    name: 'release.parquet',
    make: async (file, { desk }) => ({
      name: 'release.parquet',
      contentType: 'application/vnd.apache.parquet',
      body: await desk.parquet(file),
    }),
  },
  {
    id: 'analyst.vega',
    name: 'release.vl.json',
    make: ({ release }, { words }) => ({
      name: 'release.vl.json',
      contentType: 'application/json',
      body: canonicalJson(releaseVega(release, chartWords(words, release))),
    }),
  },
  {
    id: 'analyst.svg',
    name: 'release.svg',
    make: ({ release }, { words }) => ({
      name: 'release.svg',
      contentType: 'image/svg+xml',
      body: releaseSvg(release, chartWords(words, release)),
    }),
  },
]

function serve(context: PageContext, make: Make): Promise<PageResult> {
  return atDesk(context, async ({ desk, analyst }) => {
    const table = await keptTable(desk, analyst, context.params['exchange'] ?? '')
    if (table?.state !== 'released') return { kind: 'missing' }
    return { kind: 'file', ...(await make(table.file, { words: context.words, desk })) }
  })
}

/** The files of a release. */
export const resultFileRoutes: readonly PageRoute[] = files.map(({ id, name, make }) => ({
  id,
  role: 'analyst',
  method: 'GET',
  path: `/results/:exchange/${name}`,
  run: (context) => serve(context, make),
}))
