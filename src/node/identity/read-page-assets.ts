import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { type Asset, pageAssets } from '../../web/index.ts'
import { NodeError } from '../node-error.ts'

/** The scripts of the pages, bundled by `npm run build:browser`: beside the source or beside the build. */
function scriptPath(name: string): string {
  const places = ['../../../dist/web/assets/', '../../web/assets/'].map((place) =>
    fileURLToPath(new URL(`${place}${name}`, import.meta.url)),
  )
  const found = places.find((place) => existsSync(place))
  if (found === undefined)
    throw new NodeError(
      'PAGES_NOT_BUILT',
      'The scripts of the pages are not built; run "npm run build:browser" or ./demo.',
    )
  return found
}

/**
 * The files that pages refer to, as they are on disk.
 *
 * @throws {@link NodeError} `PAGES_NOT_BUILT`
 */
export async function readPageAssets(): Promise<ReadonlyMap<string, Asset>> {
  const style = createRequire(import.meta.url).resolve(
    'govuk-frontend/dist/govuk/govuk-frontend.min.css',
  )
  return pageAssets({
    designSystemStyle: await readFile(style, 'utf8'),
    pageScript: new Uint8Array(await readFile(scriptPath('page.js'))),
    verifyScript: new Uint8Array(await readFile(scriptPath('verify.js'))),
  })
}
